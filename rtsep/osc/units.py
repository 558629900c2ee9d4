"""What a packet asks for: changes, answers and services that belong together; and the order in which a round has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from rtsep.changes import Change, DeskChange
from rtsep.errors import ConfigError
from rtsep.osc.codec import Received
from rtsep.osc.index import Index, UnknownAddressError
from rtsep.osc.messages import Address, Value
from rtsep.osc.patterns import is_pattern
from rtsep.osc.peers import Peer

_DESK = frozenset(get_args(DeskChange))


@dataclass(eq=False)
class Unit:
    """What applies as one: a message, or a bundle for one time."""

    peer: Peer
    path: str
    """Of its first message."""
    changes: list[Change] = field(default_factory=list)
    sets: list[tuple[Address, tuple[object, ...]]] = field(default_factory=list)
    """Readable addresses that it writes, and what."""
    queries: list[str] = field(default_factory=list)
    services: list[tuple[Address, tuple[Value, ...]]] = field(default_factory=list)
    pressed: bool = False
    """Whether it writes what cannot be read: doing that twice is not doing it once."""
    single: bool = False
    """A message that came by itself, not in a bundle with others."""

    @property
    def desk_only(self) -> bool:
        """Whether it only sets the mixing desk: then it does not matter what it is applied together with."""
        return all(type(change) in _DESK for change in self.changes) and not self.services

    @property
    def replaceable(self) -> bool:
        """Whether a later one to the same address takes its place."""
        return self.single and bool(self.sets) and not self.pressed


def understood(peer: Peer, messages: Sequence[Received], index: Index) -> Unit:
    """What messages that belong together ask for.

    Raises UnknownAddressError, or ConfigError if one does not fit: then none is carried out.
    """
    unit = Unit(peer, messages[0].path, single=len(messages) == 1)
    for message in messages:
        _add(unit, message, index)
    return unit


def _add(unit: Unit, message: Received, index: Index) -> None:
    address = index.flat.get(message.path)
    if address is not None:
        if message.values or address.message.trigger or address.message.read is None:
            _write(unit, address, message.values)
        else:
            unit.queries.append(message.path)
    elif is_pattern(message.path):
        _add_pattern(unit, message, index.matching(message.path))
    elif message.values:
        raise UnknownAddressError(f"there is no address {message.path}")
    else:
        index.readable(message.path)
        unit.queries.append(message.path)


def _add_pattern(unit: Unit, message: Received, found: Iterable[Address]) -> None:
    """With values: sets what can be set. Without: asks for what can be read, or else presses what can be pressed."""
    writable = [address for address in found if address.message.change]
    if not message.values and any(address.message.read for address in found):
        unit.queries.append(message.path)
    elif not writable:
        raise ConfigError(f"{message.path}: nothing that matches can be written")
    else:
        for address in writable:
            _write(unit, address, message.values)


def _write(unit: Unit, address: Address, values: tuple[object, ...]) -> None:
    row = address.message
    if row.sent:
        raise ConfigError(f"{address.path} is sent to clients, not by them")
    if row.change is None and row.read is None:
        unit.services.append((address, address.accept(values)))
        return
    unit.changes += address.changes(values)
    if row.read is None:
        unit.pressed = True
    else:
        unit.sets.append((address, values))


class Round:
    """The units of one round, in order; of plain sets by one client of one address only the last, in its place."""

    def __init__(self) -> None:
        self._units: dict[object, Unit] = {}
        self._stretch = 0
        self._last: object = None
        self.messages = 0

    def add(self, unit: Unit, messages: int) -> None:
        """One more. What is not for the mixing desk alone may look at it: what came before stays before."""
        self.messages += messages
        what = (unit.peer, unit.path) if unit.replaceable else unit
        if not unit.desk_only and what != self._last:
            self._stretch += 1
        self._last = what
        slot = (self._stretch, what)
        self._units.pop(slot, None)
        self._units[slot] = unit

    def units(self) -> list[Unit]:
        """All of them."""
        return list(self._units.values())
