"""What a client knows of a host: its state when it asked, and every value published since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import numpy as np

from rtsep.changes import Change
from rtsep.control import EngineState
from rtsep.errors import ConfigError, RemoteError
from rtsep.osc.flat import Flat
from rtsep.osc.inverse import Inverse
from rtsep.osc.messages import Address, Value

STATE = "/rtsep/state"
RESHAPING = "/rtsep/separator/load"
"""Published when another separator plays, and with it other addresses are there."""
Published = tuple[str, tuple[Value, ...]]


def decoded(values: tuple[object, ...]) -> EngineState:
    """The state in an answer to STATE. Raises RemoteError if it is not one of this version's."""
    try:
        return msgspec.json.decode(str(values[0]), type=EngineState)
    except (msgspec.DecodeError, IndexError) as error:
        raise RemoteError(f"the host's state cannot be read ({error}); is it of another version of rtsep?") from None


def short(value: object) -> Value:
    """A number as OSC's 32 bits carry it, in its shortest decimal form; other values as they are.

    >>> short(-6.099999904632568), short(-6.1), short(3), short("a")
    (-6.1, -6.1, 3, 'a')
    """
    if isinstance(value, float):
        return float(str(np.float32(value)))
    return value if isinstance(value, int) else str(value)


class Hearing:
    """Turns what a host sends into what is new. One thread."""

    def __init__(self) -> None:
        self._flat = Flat()
        self.addresses: Mapping[str, Address] = {}
        self._inverse = Inverse({})
        self._known: dict[str, tuple[Value, ...]] = {}

    def state(self, state: EngineState) -> Iterator[Published]:
        """Begin from a state, or begin anew: what is not as it was known. The first time nothing is."""
        flat = self._flat.at(state)
        if flat is not self.addresses:
            self.addresses, self._inverse = flat, Inverse(flat)
        known, self._known = self._known, dict(self._read(state))
        for path, values in self._known.items():
            if path in known and known[path] != values:
                yield path, values

    def value(self, path: str, values: tuple[object, ...]) -> Published | None:
        """A published value, if it is new."""
        now = tuple(short(value) for value in values)
        if self._known.get(path) == now:
            return None
        self._known[path] = now
        return path, now

    def change(self, published: Published) -> Change | None:
        """What it says has changed; None for a status."""
        try:
            return self._inverse.change(*published)
        except ConfigError:
            return None  # of the separator before

    def _read(self, state: EngineState) -> Iterator[Published]:
        for path, address in self.addresses.items():
            if address.message.read and address.message.push == "change":
                yield path, tuple(short(value) for value in address.read(state))
