"""One assignment at play: what a movement of its control does to its address. No input or output; one thread's."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from rtsep.changes import Change
from rtsep.control import EngineState
from rtsep.errors import ConfigError
from rtsep.midi.assignments import BUTTONS, RELATIVE, Assignment, Mode
from rtsep.midi.decode import Source, Touch
from rtsep.midi.scale import Scale, scale
from rtsep.osc.messages import Address, Value

MEETS = 1.5 / 128
"""A knob that stands as near as this to the value, as a share of its way, has met it."""
SAME = 1e-6
"""Of the way: values that differ by less are the same."""


def clicks(mode: Mode, value: int) -> int:
    """What an encoder has turned, in clicks, positive to the right.

    >>> clicks("twos_complement", 127), clicks("signed_bit", 66), clicks("binary_offset", 65)
    (-1, -2, 1)
    """
    match mode:
        case "twos_complement":
            return value - 128 if value > 63 else value
        case "signed_bit":
            return -(value - 64) if value > 63 else value
        case "binary_offset":
            return value - 64
    return 0


@dataclass
class Moved:
    """What a control did since it was last looked at, however often: the last position, clicks added up, presses counted."""

    last: Touch
    turned: int = 0
    presses: int = 0


@dataclass
class Hand:
    """An assignment, its address in this engine, and where its control was. Raises ConfigError if the two do not fit."""

    assignment: Assignment
    address: Address
    scale: Scale | None = field(init=False)
    fraction: float | None = None
    """Where the control stood last; None: nobody knows."""
    given: float | None = None
    """What it gave the engine last, on the control's way: as long as that stands, the control has the value."""
    held: dict[Source, bool] = field(default_factory=dict)
    """Buttons that are down, each control for itself where one assignment hears several."""
    channel: int = 1
    """It was heard on last."""
    _rest: float = 0.0
    """Of an encoder: the part of a step that has not been taken."""

    def __post_init__(self) -> None:
        path = self.address.path
        if self.address.message.change is None:
            raise ConfigError(
                f"{path} changes nothing in the engine, so no control can play it; choose another address"
            )
        self.scale = scale(self.assignment, self.address)
        if self.assignment.mode == "trigger":
            self._trigger()
        elif self.scale is None:
            raise ConfigError(f"{path} has no range to be played; give mode 'trigger', and 'value' if it takes one")

    def gather(self, touch: Touch, moved: Moved | None) -> Moved:
        """`moved` with one touch more."""
        moved = moved or Moved(touch)
        moved.last, self.channel = touch, touch.channel
        mode = self.assignment.mode
        if mode in RELATIVE:
            moved.turned += clicks(mode, touch.value)
        elif mode in BUTTONS:
            # A second note on without a note off is a press; a controller that goes on above the middle is not.
            moved.presses += touch.pressed and (touch.kind == "note" or not self.held.get(touch.source, False))
            self.held[touch.source] = touch.pressed
        return moved

    def changes(self, moved: Moved, state: EngineState) -> tuple[Change, ...]:
        """What the engine is to do."""
        match self.assignment.mode:
            case "trigger":
                return self._trigger() if moved.presses else ()
            case "latched":
                return self._send(1.0 - round(self.at(state))) if moved.presses % 2 else ()
            case "momentary":
                return self._send(float(self.down))
            case "absolute":
                return self._move(moved.last.fraction, state)
        return self._turn(moved.turned, state)

    @property
    def down(self) -> bool:
        """Whether a button is held."""
        return any(self.held.values())

    def release(self, port: str = "") -> tuple[Change, ...]:
        """What lets go of a momentary button that nobody can let go of any longer: its port (empty: any) is gone."""
        was = self.down
        self.held = {source: held for source, held in self.held.items() if port and source[0] != port}
        self.fraction = self.given = None
        return self._send(0.0) if was and not self.down and self.assignment.mode == "momentary" else ()

    def at(self, state: EngineState) -> float:
        """Where the control should stand for the engine's present value, 0..1; 0 if it cannot be read."""
        if self.scale is None or self.address.message.read is None:
            return 0.0
        return self.scale.fraction(self.address.read(state)[0])

    def _send(self, fraction: float) -> tuple[Change, ...]:
        assert self.scale is not None
        value = self.scale.value(fraction)
        self.given = self.scale.fraction(value)
        return self.address.changes([value])

    def _trigger(self) -> tuple[Change, ...]:
        values: list[Value] = [] if self.assignment.value is None else [self.assignment.value]
        try:
            return self.address.changes(values)
        except ConfigError as error:
            raise ConfigError(f"{error}; give the assignment a fitting 'value'") from None

    def _move(self, fraction: float, state: EngineState) -> tuple[Change, ...]:
        before, self.fraction = self.fraction, fraction
        if self.assignment.takeover and self.address.message.read is not None:
            now = self.at(state)
            has = self.given is not None and abs(now - self.given) <= SAME
            crossed = before is not None and (before - now) * (fraction - now) <= 0.0
            if not (has or crossed or abs(fraction - now) <= MEETS):
                self.given = None
                return ()
        return self._send(fraction)

    def _turn(self, turned: int, state: EngineState) -> tuple[Change, ...]:
        assert self.scale is not None
        if not turned:
            return ()
        now, steps = self.at(state), self.scale.steps
        if not steps:
            return self._send(min(max(now + turned * self.assignment.step, 0.0), 1.0))
        if turned * self._rest < 0:
            self._rest = 0.0
        # Whole numbers: one for a click where there are few of them, else as many as the step makes.
        self._rest += turned * max(1.0, steps * self.assignment.step)
        whole = math.trunc(self._rest)
        self._rest -= whole
        return self._send(min(max(now + whole / steps, 0.0), 1.0))
