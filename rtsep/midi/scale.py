"""Between a control's way, 0..1, and the values of an OSC address, by its law. Pure.

linear, toggle    straight
log               equal ratios for equal ways
decibel           the faders' law, `rtsep.units`: three quarters is 0 dB
choices           evenly spaced, in their order
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rtsep.errors import ConfigError
from rtsep.midi.assignments import Assignment
from rtsep.osc.messages import Address, Argument, Value
from rtsep.units import FADER_DB, db_to_fader, fader_to_db


@dataclass(frozen=True)
class Scale:
    """Of one assignment: where its control's ends lie on the whole way of the argument."""

    argument: Argument
    bottom: float = 0.0
    top: float = 1.0

    def value(self, fraction: float) -> Value:
        """What the address gets when the control stands at `fraction` of its own way."""
        return value_at(self.argument, self.bottom + fraction * (self.top - self.bottom))

    def fraction(self, value: Value) -> float:
        """Where the control would stand for `value`; its nearer end where it does not reach."""
        return min(max((way_of(self.argument, value) - self.bottom) / (self.top - self.bottom), 0.0), 1.0)

    @property
    def steps(self) -> int:
        """Into how many steps whole numbers and choices divide the control's way; 0: it is continuous."""
        if self.argument.kind == "f":
            return 0
        least, most = _range(self.argument)
        return max(round((most - least) * abs(self.top - self.bottom)), 1)


def scale(assignment: Assignment, address: Address) -> Scale | None:
    """The scale of an assignment; None for what has no range, such as a trigger. Raises ConfigError."""
    if not address.arguments or address.message.trigger:
        return None
    argument = address.arguments[0]
    if len(address.arguments) > 1 or argument.rest or (not argument.choices and argument.minimum is None):
        return None
    ends = [
        default if given is None else way_of(argument, argument.accept(given, assignment.path))
        for given, default in ((assignment.low, 0.0), (assignment.high, 1.0))
    ]
    if ends[0] == ends[1]:
        raise ConfigError(f"{assignment.path}: low and high are the same for a fader's law; let them differ")
    return Scale(argument, *ends)


def value_at(argument: Argument, way: float) -> Value:
    """The value at `way`, 0..1, of an argument's range."""
    way = min(max(way, 0.0), 1.0)
    if argument.choices:
        return argument.choices[round(way * (len(argument.choices) - 1))]
    least, most = _range(argument)
    if argument.law == "decibel" and most > FADER_DB[0][1]:
        low, high = db_to_fader(least), db_to_fader(most)
        value = fader_to_db(low + way * (high - low))
    elif argument.law == "log" and least > 0.0:
        value = least * (most / least) ** way
    else:
        value = least + way * (most - least)
    value = min(max(value, least), most)
    return round(value) if argument.kind == "i" else value


def way_of(argument: Argument, value: Value) -> float:
    """Where `value` lies on the way through an argument's range, 0..1.

    >>> decibels = Argument("gain", "f", "dB", -144.0, 12.0, law="decibel")
    >>> way_of(decibels, 0.0), way_of(decibels, -144.0), value_at(decibels, 0.75)
    (0.75, 0.0, 0.0)
    """
    if argument.choices:
        return argument.choices.index(str(value)) / max(len(argument.choices) - 1, 1)
    least, most = _range(argument)
    number = float(value)
    if argument.law == "decibel" and most > FADER_DB[0][1]:
        low, high = db_to_fader(least), db_to_fader(most)
        way = (db_to_fader(number) - low) / (high - low)
    elif argument.law == "log" and least > 0.0:
        way = math.log(max(number, least) / least) / math.log(most / least)
    else:
        way = (number - least) / (most - least) if most > least else 0.0
    return min(max(way, 0.0), 1.0)


def _range(argument: Argument) -> tuple[float, float]:
    if argument.choices:
        return 0.0, float(len(argument.choices) - 1)
    return (0.0, 1.0) if argument.minimum is None or argument.maximum is None else (argument.minimum, argument.maximum)
