"""What a hand does to a fader or a knob: where it stands, when it holds, what a pixel, a notch or a key is worth."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rtsep.units import SILENCE_DB, db_to_fader, fader_to_db

FINE = 0.1
"""With Shift everything goes so much slower."""
PATIENCE = 8
"""New states after which a value that was asked for and did not come is given up; twenty come a second."""
NEAR = 1e-3
"""Of the whole way: values this close are the same."""
NOTCH = 0.012
"""Of the whole way: this close to its rest a dragged fader clicks into it."""
MINUS_INFINITY = "−∞"
GAIN_MARKS_DB = (12.0, 6.0, 0.0, -5.0, -10.0, -20.0, -30.0, -40.0, -60.0)
_SILENT = re.compile(r"^[-−]?(inf(inity)?|∞|off)$")


@dataclass(frozen=True)
class Way:
    """The way of a control from 0 to 1, and the values along it."""

    minimum: float
    maximum: float
    rest: float
    """Where a double click sets it, and where it has a notch."""
    step: float
    """Of a wheel's notch or an arrow key, in the value's unit."""
    gain: bool = False
    """A gain in dB by the faders' law; else the way is even."""

    def place(self, value: float) -> float:
        """Where a value stands."""
        if self.gain:
            return db_to_fader(value)
        return (min(max(value, self.minimum), self.maximum) - self.minimum) / (self.maximum - self.minimum)

    def value(self, place: float) -> float:
        """What a place is worth."""
        place = min(max(place, 0.0), 1.0)
        return fader_to_db(place) if self.gain else self.minimum + place * (self.maximum - self.minimum)

    def stepped(self, value: float, steps: float) -> float:
        """So many steps on. Below its marks a gain goes to silence, and from there comes back to the lowest."""
        if not self.gain:
            return min(max(value + steps * self.step, self.minimum), self.maximum)
        floor = GAIN_MARKS_DB[-1]
        if value < floor:
            return floor if steps > 0 else SILENCE_DB
        wanted = min(value + steps * self.step, self.maximum)
        return wanted if wanted >= floor else SILENCE_DB


GAIN = Way(SILENCE_DB, 12.0, 0.0, 1.0, gain=True)
PAN = Way(-1.0, 1.0, 0.0, 0.05)
CROSSFADE = Way(-1.0, 1.0, 0.0, 0.05)
DRY_WET = Way(0.0, 1.0, 1.0, 0.05)


class Grip:
    """One control: what it shows, and what it asks for. No clock: it counts the states that come."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.held = False
        self._state = way.rest
        self._wanted: float | None = None
        self._patience = 0
        self._place = 0.0

    @property
    def value(self) -> float:
        """What to show: the hand's value while it holds, and then until the host has it; else the host's."""
        return self._state if self._wanted is None else self._wanted

    def follow(self, value: float) -> None:
        """The host says where it stands."""
        self._state = value
        if self.held or self._wanted is None:
            return
        self._patience -= 1
        if self._patience <= 0 or abs(self.way.place(value) - self.way.place(self._wanted)) < NEAR:
            self._wanted = None

    def take(self) -> None:
        """A hand takes hold."""
        self.held = True
        self._place = self.way.place(self.value)
        self._wanted = self.value

    def drag(self, way: float, fine: bool) -> float:
        """The hand has moved by a part of the whole way; the value to ask for."""
        self._place = min(max(self._place + way * (FINE if fine else 1.0), 0.0), 1.0)
        near = abs(self._place - self.way.place(self.way.rest)) < NOTCH
        return self.ask(self.way.rest if near and not fine else self.way.value(self._place))

    def let_go(self) -> None:
        """The hand lets go."""
        self.held = False
        self._patience = PATIENCE

    def step(self, steps: float, fine: bool = False) -> float:
        """A wheel or a key; the value to ask for."""
        return self.ask(self.way.stepped(self.value, steps * (FINE if fine else 1.0)))

    def ask(self, value: float) -> float:
        """Show `value` until the host has it."""
        self._wanted = value
        self._patience = PATIENCE
        return value


def gain_text(gain_db: float) -> str:
    """A fader's read-out.

    >>> gain_text(-144.0), gain_text(0.0), gain_text(-6.04), gain_text(3.0)
    ('−∞', '0.0', '−6.0', '+3.0')
    """
    if gain_db <= SILENCE_DB:
        return MINUS_INFINITY
    rounded = round(gain_db, 1) + 0.0
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.1f}"


def typed_gain(text: str) -> float | None:
    """A gain as people write it, no more than the fader's; None if it is no number.

    >>> typed_gain("-6,5 dB"), typed_gain("−∞"), typed_gain("off"), typed_gain("99"), typed_gain("loud")
    (-6.5, -144.0, -144.0, 12.0, None)
    """
    plain = text.strip().lower().removesuffix("db").strip()
    if _SILENT.match(plain):
        return SILENCE_DB
    try:
        value = float(plain.replace("−", "-").replace(",", "."))
    except ValueError:
        return None
    return min(max(value, SILENCE_DB), GAIN.maximum) if math.isfinite(value) else None


def pan_text(pan: float) -> str:
    """A balance.

    >>> pan_text(0.0), pan_text(-1.0), pan_text(0.25)
    ('C', 'L 100', 'R 25')
    """
    percent = round(100 * abs(pan))
    return "C" if percent == 0 else f"{'L' if pan < 0 else 'R'} {percent}"
