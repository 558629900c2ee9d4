"""From MIDI bytes to movements of controls: running pairs of 14 bits, NRPN, pitch, notes. One thread's, no input or output.

A pair's halves come in either order, or only one of them. Which, the stream itself tells:

    coarse fine | coarse fine      the standard's order; a new coarse half puts the fine one at 0 until that comes
    fine coarse | fine coarse      a fine half that comes first waits for its coarse one
    fine | fine | coarse fine      two fine halves running: a sender that leaves out what stays, in the standard's order
    coarse | coarse                coarse halves alone: seven bits, stretched over the whole range

A half without its partner counts by itself after `SETTLE_S`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from rtsep.midi.assignments import PAIRS, Kind

SETTLE_S = 0.01
"""How long one half of a pair waits for the other: eight messages on a cable of 31250 baud."""
_NULL = 127

Source = tuple[str, int, Kind, int]
"""Port, channel from 1, kind, number."""


@dataclass(frozen=True)
class Touch:
    """A control stands at `value` of 0..`most`."""

    port: str
    channel: int
    kind: Kind
    number: int
    value: int
    most: int = 127

    @property
    def source(self) -> Source:
        """Which control."""
        return self.port, self.channel, self.kind, self.number

    @property
    def fraction(self) -> float:
        """Its way from bottom to top, 0..1."""
        return self.value / self.most

    @property
    def pressed(self) -> bool:
        """As a button: notes at any velocity, controllers from the middle up."""
        return self.value > 0 if self.kind == "note" else 2 * self.value > self.most


@dataclass
class _Pair:
    """The two halves of one control."""

    coarse: int = 0
    fine: int = 0
    waiting: Literal["", "coarse", "fine"] = ""
    since: float = 0.0
    fine_alone: bool = False
    """Fine halves come without coarse ones, so none of them is waited for."""
    coarse_alone: bool = False
    """No fine half was ever heard, though coarse ones were."""
    heard_fine: bool = False
    loose: bool = False
    """The last thing heard is a fine half whose coarse one is overdue, or does not come."""

    @property
    def value(self) -> int:
        """14 bits."""
        return self.coarse << 7 | (self.fine if self.heard_fine else self.coarse)

    def hear_coarse(self, value: int, now: float) -> bool:
        """Whether the value is complete."""
        if self.waiting == "fine":
            self.coarse, self.waiting = value, ""
            return True
        self.coarse_alone = self.coarse_alone or (self.waiting == "coarse" and not self.heard_fine)
        if value != self.coarse and not self.loose:
            self.fine = 0
        self.coarse, self.waiting, self.since, self.loose = value, "coarse", now, False
        if self.coarse_alone:
            self.waiting = ""
        return self.coarse_alone

    def hear_fine(self, value: int, now: float) -> bool:
        """Whether the value is complete."""
        self.fine_alone = self.fine_alone or self.waiting == "fine"
        complete = self.waiting == "coarse" or self.fine_alone
        self.fine, self.heard_fine, self.coarse_alone, self.loose = value, True, False, False
        self.waiting, self.since = "" if complete else "fine", now
        return complete

    def settle(self) -> int:
        """The value without the half that was waited for."""
        self.loose = self.waiting == "fine"
        self.coarse_alone = not self.heard_fine
        self.waiting = ""
        return self.value


@dataclass
class Decoder:
    """All controls of all ports."""

    pairs: frozenset[int] = frozenset()
    """Coarse controllers that are heard as 14 bits as well."""
    _pairs: dict[Source, _Pair] = field(default_factory=dict)
    _nrpn: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def waiting(self) -> bool:
        """Whether half a pair waits for `settle`."""
        return any(pair.waiting for pair in self._pairs.values())

    def feed(self, port: str, raw: bytes, now: float) -> Iterator[Touch]:
        """What one message says; `now` in seconds of any one clock. What is no control says nothing."""
        if len(raw) != 3:
            return
        status, channel = raw[0] & 0xF0, (raw[0] & 0x0F) + 1
        match status:
            case 0x80:
                yield Touch(port, channel, "note", raw[1], 0)
            case 0x90:
                yield Touch(port, channel, "note", raw[1], raw[2])
            case 0xE0:
                yield Touch(port, channel, "pitch", 0, raw[2] << 7 | raw[1], 16383)
            case 0xB0:
                yield Touch(port, channel, "cc", raw[1], raw[2])
                yield from self._controller(port, channel, raw[1], raw[2], now)

    def settle(self, now: float) -> Iterator[Touch]:
        """Halves that have waited long enough."""
        for source, pair in self._pairs.items():
            if pair.waiting and now - pair.since >= SETTLE_S:
                yield Touch(*source, pair.settle(), 16383)

    def lost(self, port: str) -> None:
        """Forget what a port has said: it is gone."""
        self._pairs = {source: pair for source, pair in self._pairs.items() if source[0] != port}
        self._nrpn = {key: number for key, number in self._nrpn.items() if key[0] != port}

    def _controller(self, port: str, channel: int, number: int, value: int, now: float) -> Iterator[Touch]:
        key = (port, channel)
        coarse, fine = self._nrpn.get(key, (_NULL, _NULL))
        match number:
            case 99:
                self._nrpn[key] = (value, fine)
            case 98:
                self._nrpn[key] = (coarse, value)
            case 100 | 101:
                self._nrpn.pop(key, None)
            case 6 | 38 if (coarse, fine) != (_NULL, _NULL):
                yield from self._half((port, channel, "nrpn", coarse << 7 | fine), number == 6, value, now)
        if number < 2 * PAIRS and number % PAIRS in self.pairs:
            yield from self._half((port, channel, "cc14", number % PAIRS), number < PAIRS, value, now)

    def _half(self, source: Source, is_coarse: bool, value: int, now: float) -> Iterable[Touch]:
        pair = self._pairs.setdefault(source, _Pair())
        complete = pair.hear_coarse(value, now) if is_coarse else pair.hear_fine(value, now)
        return (Touch(*source, pair.value, 16383),) if complete else ()
