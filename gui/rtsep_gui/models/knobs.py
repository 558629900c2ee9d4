"""A separator's parameters as controls: label, range, law, and where on its way each stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rtsep.changes import Knob
from rtsep.control import EngineState
from rtsep.midi.scale import value_at, way_of
from rtsep.osc.messages import Argument, as_node
from rtsep.osc.table.separator import LATENT
from rtsep.spec import Parameter
from rtsep_gui.models.faders import Way

STEPS = 20
"""Of a wheel or an arrow key, through the whole way."""


def label(name: str) -> str:
    """A parameter's name for people.

    >>> label("drums_sensitivity"), label("dim/3/scale")
    ('drums sensitivity', 'scale')
    """
    return name.rsplit("/", 1)[-1].replace("_", " ")


@dataclass(frozen=True)
class LogWay(Way):
    """Equal ratios for equal ways."""

    def place(self, value: float) -> float:
        """Where a value stands."""
        return float(way_of(self._argument, value))

    def value(self, place: float) -> float:
        """What a place is worth."""
        return float(value_at(self._argument, place))

    def stepped(self, value: float, steps: float) -> float:
        """So many twentieths of the whole way on."""
        return self.value(self.place(value) + steps / STEPS)

    @property
    def _argument(self) -> Argument:
        return Argument("value", "f", "", self.minimum, self.maximum, law="log")


def way(parameter: Parameter) -> Way:
    """A parameter's way; dB are even here: the faders' law is for gains, and ends at 12 dB."""
    made = LogWay if parameter.law == "log" and parameter.minimum > 0.0 else Way
    low, high = parameter.minimum, parameter.maximum
    return made(low, high, parameter.default, (high - low) / STEPS)


@dataclass(frozen=True)
class KnobView:
    """One parameter at one value."""

    parameter: Parameter
    value: float
    path: str
    """Its OSC address."""

    @property
    def toggle(self) -> bool:
        """Whether it is only on or off."""
        return self.parameter.law == "toggle"

    @property
    def text(self) -> str:
        """Its value with its unit."""
        return self.text_of(self.value)

    def text_of(self, value: float) -> str:
        """A value as it is written here."""
        return f"{number(value, self.parameter.maximum - self.parameter.minimum)} {self.parameter.unit}".rstrip()

    def change(self, value: float) -> Knob:
        """What sets it to `value`, kept inside its range."""
        return Knob(self.parameter.name, min(max(value, self.parameter.minimum), self.parameter.maximum))

    @property
    def reset(self) -> Knob:
        """What sets it back."""
        return Knob(self.parameter.name, self.parameter.default)


def number(value: float, span: float) -> str:
    """A figure with as many digits as its range deserves, and no minus before a zero.

    >>> number(-0.001, 2.0), number(3.14159, 10.0), number(12.34, 48.0), number(440.0, 20000.0)
    ('0.00', '3.14', '12.3', '440')
    """
    digits = max(0, 3 - math.ceil(math.log10(max(span, 1e-9)))) if span < 1000.0 else 0
    digits = min(digits, 2)
    return f"{round(value, digits) + 0.0:.{digits}f}"


def knobs(state: EngineState) -> dict[str, KnobView]:
    """All parameters of the separator that plays, by name."""
    pairs = zip(state.separator.parameters, state.knobs, strict=False)
    return {p.name: KnobView(p, value, _path(p.name)) for p, value in pairs}


def plain_knobs(state: EngineState) -> list[KnobView]:
    """Those that are not a latent's."""
    return [view for name, view in knobs(state).items() if not name.startswith(LATENT)]


def _path(name: str) -> str:
    if name.startswith(LATENT):
        what, which, *rest = name.split("/")
        return f"/rtsep/latent/{what}/{as_node(which)}/{'/'.join(rest)}"
    return f"/rtsep/separator/param/{as_node(name)}"
