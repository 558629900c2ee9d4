"""The table read backwards: the message that asks for a change, and the change that a published value tells of.

Nothing is listed here a second time. A message for a change is looked for among the rows that make changes of its type, from the
change's own fields, and taken only if the row makes that very change of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from rtsep.changes import Change
from rtsep.errors import ConfigError
from rtsep.osc.messages import Address, Argument, Value

Said = tuple[str, tuple[Value, ...]]
"""An address and what is sent to it."""


class Inverse:
    """Of a flat table. Any thread: it never changes."""

    def __init__(self, flat: Mapping[str, Address]) -> None:
        self._makers: dict[type, list[Address]] = {}
        told: set[tuple[object, ...]] = set()
        self._tellers: set[str] = set()
        for path, address in flat.items():
            made = sample(address)
            for kind in {type(change) for change in made}:
                self._makers.setdefault(kind, []).append(address)
            # Of two forms of one control the first in the table speaks for both.
            control = (type(made[-1]), *address.names.values()) if made else ()
            if address.message.read and made and control not in told:
                told.add(control)
                self._tellers.add(path)
        self._flat = flat

    def message(self, change: Change) -> Said:
        """What to send so that `change` is carried out. Raises ConfigError if no address does: a name or a value is wrong."""
        reason = None
        for address in self._makers.get(type(change), []):
            for values in _candidates(change, address):
                try:
                    if _sendable(address, values) and address.changes(values) == (change,):
                        return address.path, values
                except ConfigError as error:
                    # The address fits and the value does not: that is what to tell.
                    reason = reason or (error if _names(change, address) else None)
        raise reason or ConfigError(f"no address of this host stands for {change}; look at its stems and parameters")

    def change(self, path: str, values: tuple[object, ...]) -> Change | None:
        """What a published value says has changed; None if it is a status, or a second form of another address.

        Raises ConfigError if the values are not this address's.
        """
        if path not in self._tellers:
            return None
        # A row that makes several changes publishes the last.
        return self._flat[path].changes(values)[-1]


def sample(address: Address) -> tuple[Change, ...]:
    """Changes such as a message to `address` makes; none if it makes none."""
    if address.message.change is None:
        return ()
    return address.message.change(address.names, tuple(_example(a) for a in address.arguments if not a.rest))


def _example(argument: Argument) -> Value:
    if argument.kind == "s":
        return argument.choices[0] if argument.choices else ""
    low = argument.minimum or 0.0
    return int(low) if argument.kind == "i" else float(low)


@lru_cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _names(change: Change, address: Address) -> bool:
    """Whether the address's names are those of the change."""
    own = [str(getattr(change, name)) for name in _fields(type(change))]
    return all(any(value == field for field in own) for value in address.names.values() if value)


def _candidates(change: Change, address: Address) -> Iterator[tuple[Value, ...]]:
    """Values that might say `change` at `address`: its fields without those that are in the address, or fewer."""
    left: list[Any] = [getattr(change, name) for name in _fields(type(change))]
    for name in address.names.values():
        at = next((index for index, value in enumerate(left) if str(value) == name), None)
        if at is not None:
            del left[at]
    if len(left) == 1 and isinstance(left[0], tuple):
        yield left[0]
        return
    values = tuple(_value(value, argument) for value, argument in zip(left, address.arguments, strict=False))
    for count in range(len(values), -1, -1):
        if None not in values[:count]:
            yield values[:count]


def _value(value: Any, argument: Argument) -> Value:
    """A field as the argument's type. Empty is the first of choices that have no empty one."""
    if value == "" and argument.choices and "" not in argument.choices:
        return argument.choices[0]
    if isinstance(value, int | float):
        return int(value) if argument.kind == "i" and value == int(value) else float(value)
    return value


def _sendable(address: Address, values: tuple[Value, ...]) -> bool:
    """Whether a message of these values is no query."""
    return bool(values) or address.message.trigger
