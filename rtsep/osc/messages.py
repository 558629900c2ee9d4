"""What a row of the table is: an address, its arguments, what it asks of the engine and what it reads there.

A `Message` is a row, with names in braces; `addresses` gives its paths for the stems and parameters of a state. Pure values:
server, client, OSCQuery, MIDI, patches and the documentation are made from them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rtsep.changes import Change
from rtsep.control import EngineState
from rtsep.errors import ConfigError
from rtsep.spec import Law

Kind = Literal["f", "i", "s"]
Value = float | int | str
Names = Mapping[str, str]
"""What stands for the braces of a pattern."""

ROUNDING = 1e-6
"""Of a range: overshoot that is float32's fault and not the sender's."""
_RESERVED = re.compile(r"[^\w.:+-]")


@dataclass(frozen=True)
class Argument:
    """One argument: OSC type, unit, range. `rest`: any number of these. `optional`: may be left out."""

    name: str
    kind: Kind
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    law: Law = "linear"
    optional: bool = False
    rest: bool = False

    def accept(self, value: object, path: str) -> Value:
        """`value` as this argument's type. Raises ConfigError naming path, value and limit."""
        if self.kind == "s":
            if not isinstance(value, str):
                raise ConfigError(f"{path}: {self.name} is {value!r}, must be a string")
            if self.choices and value not in self.choices:
                raise ConfigError(f"{path}: {self.name} is {value!r}, must be one of {', '.join(self.choices)}")
            return value
        if not isinstance(value, bool | int | float):
            raise ConfigError(f"{path}: {self.name} is {value!r}, must be a number")
        number = float(value)
        if not math.isfinite(number):
            raise ConfigError(f"{path}: {self.name} is {number}; send a finite number")
        if self.kind == "i" and number != round(number):
            raise ConfigError(f"{path}: {self.name} is {number}, must be a whole number")
        if self.minimum is not None and self.maximum is not None:
            spare = ROUNDING * (self.maximum - self.minimum)
            if not self.minimum - spare <= number <= self.maximum + spare:
                raise ConfigError(
                    f"{path}: {self.name} is {number:g}, must be {self.minimum:g}..{self.maximum:g} {self.unit}".rstrip()
                )
            number = min(max(number, self.minimum), self.maximum)
        return int(number) if self.kind == "i" else number


PRESS = Argument("press", "i", minimum=0, maximum=1, law="toggle", optional=True)
"""Of a trigger: nothing or 1 does it, 0 (a button let go) does nothing."""


def once(state: EngineState) -> Iterable[Names]:
    """One address, without names."""
    return ({},)


@dataclass(frozen=True)
class Message:
    """A row of the table.

    `change` makes the engine's changes from the names and the accepted values; `read` the values from a state. A row with
    neither belongs to whoever serves: subscriptions, errors, learning. `over` lists the names for a state; `ranged` the
    arguments where they depend on it. `push`: sent to subscribers when it changes, with the meters, or only when asked for.
    """

    pattern: str
    about: str
    arguments: tuple[Argument, ...] = ()
    change: Callable[[Names, tuple[Value, ...]], tuple[Change, ...]] | None = None
    read: Callable[[EngineState, Names], tuple[Value, ...]] | None = None
    over: Callable[[EngineState], Iterable[Names]] = once
    ranged: Callable[[EngineState, Names], tuple[Argument, ...]] | None = None
    push: Literal["change", "meter", "never"] = "change"
    trigger: bool = False
    """Does something even without arguments, where others are queries."""
    sent: bool = False
    """A row of the server's own that goes to clients, not from them."""

    @property
    def access(self) -> int:
        """As OSCQuery counts: 1 readable, 2 writable, 3 both."""
        readable = self.read is not None or self.sent
        writable = self.change is not None or (self.read is None and not self.sent)
        return readable + 2 * writable


@dataclass(frozen=True)
class Address:
    """A row of the table with its names filled in."""

    path: str
    message: Message
    names: Names = field(default_factory=dict)
    arguments: tuple[Argument, ...] = ()

    @property
    def kinds(self) -> str:
        """OSC type tag without the comma."""
        return "".join(argument.kind for argument in self.arguments)

    def accept(self, values: Iterable[object]) -> tuple[Value, ...]:
        """Values as this address's types. Raises ConfigError if there are too few, too many, or one that does not fit."""
        given = list(values)
        rest = self.arguments[-1] if self.arguments and self.arguments[-1].rest else None
        least = sum(not (argument.optional or argument.rest) for argument in self.arguments)
        if len(given) < least or (rest is None and len(given) > len(self.arguments)):
            wanted = " ".join(f"[{a.name}]" if a.optional or a.rest else a.name for a in self.arguments) or "none"
            raise ConfigError(f"{self.path} has {len(given)} arguments, takes: {wanted}")
        each = [*self.arguments[: len(given)], *[rest] * (len(given) - len(self.arguments))]
        return tuple(a.accept(value, self.path) for a, value in zip(each, given, strict=True) if a is not None)

    def changes(self, values: Iterable[object]) -> tuple[Change, ...]:
        """What a message to this address asks for. Raises ConfigError if it cannot be written or a value does not fit."""
        if self.message.change is None:
            raise ConfigError(f"{self.path} can only be read; send it without arguments")
        accepted = self.accept(values)
        if self.message.arguments == (PRESS,) and accepted == (0,):
            return ()
        return self.message.change(self.names, accepted)

    def read(self, state: EngineState) -> tuple[Value, ...]:
        """Its present values. Raises ConfigError if it cannot be read."""
        if self.message.read is None:
            raise ConfigError(f"{self.path} can only be written")
        return self.message.read(state, self.names)


def as_node(name: str) -> str:
    """A name as a part of an address.

    >>> as_node("lead vocals/1")
    'lead_vocals_1'
    """
    return _RESERVED.sub("_", name) or "_"


def addresses(table: Iterable[Message], state: EngineState) -> dict[str, Address]:
    """The flat table for the stems and parameters of a state, by path."""
    flat: dict[str, Address] = {}
    for message in table:
        for names in message.over(state):
            path = message.pattern.format_map({key: as_node(name) for key, name in names.items()})
            ranged = message.ranged(state, names) if message.ranged else message.arguments
            flat[path] = Address(path, message, names, ranged)
    return flat
