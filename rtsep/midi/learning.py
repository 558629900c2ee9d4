"""Learning: from the first movements of a control to a proposal of what it is and how it plays an address. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from rtsep.errors import ConfigError
from rtsep.midi.assignments import PAIRS, Assignment, Control, Mode
from rtsep.midi.decode import Touch
from rtsep.osc.messages import Address

GATHER_S = 0.4
"""How long a moving control is listened to: fine halves and encoders give themselves away."""
_NEAR = 8
"""Clicks that an encoder reports at once while it is turned with care."""


@dataclass
class Learner:
    """Listens for the control that shall play `address`."""

    address: Address
    began: float = 0.0
    touches: list[Touch] = field(default_factory=list)

    def hear(self, touch: Touch, now: float) -> None:
        """A control moved. The first one counts, with the halves that belong to it; the release of a button does not."""
        if touch.kind == "cc14" or (touch.kind == "note" and not touch.pressed):
            return
        if not self.touches:
            self.began = now
        elif (touch.port, touch.channel) != (self.touches[0].port, self.touches[0].channel):
            return
        self.touches.append(touch)

    def done(self, now: float) -> bool:
        """Whether enough was heard."""
        return bool(self.touches) and (self.touches[0].kind == "note" or now - self.began >= GATHER_S)

    def proposal(self, port: str) -> Assignment:
        """The assignment, of a control at `port` (a part of its name). Raises ConfigError if it cannot play the address."""
        control = _control(self.touches, port)
        values = [touch.value for touch in self.touches if touch.number == self.touches[0].number]
        return Assignment(
            path=self.address.path,
            mode=proposed_mode(self.address, control, values),
            control=control.control,
            number=control.number,
            channel=control.channel,
            port=control.port,
        )


def _control(touches: list[Touch], port: str) -> Control:
    """Which control the touches are of."""
    first = next((touch for touch in touches if touch.kind == "nrpn"), touches[0])
    kind, number = first.kind, first.number
    heard = {touch.number for touch in touches if touch.kind == "cc"}
    if kind == "cc" and number < 2 * PAIRS and {number % PAIRS, number % PAIRS + PAIRS} <= heard:
        kind, number = "cc14", number % PAIRS
    return Control(control=kind, number=number, channel=first.channel, port=port)


def proposed_mode(address: Address, control: Control, values: list[int]) -> Mode:
    """How a control that sent `values` may play an address. Raises ConfigError if it cannot."""
    if address.message.trigger:
        return "trigger"
    if address.message.pattern.endswith("/kill"):
        return "momentary"
    argument = address.arguments[0] if address.arguments else None
    button = control.control == "note" or (control.control == "cc" and set(values) <= {0, 127})
    if argument is not None and argument.law == "toggle":
        return "latched" if button else "absolute"
    if control.control == "note":
        if argument is not None and argument.choices:
            return "latched"
        raise ConfigError(f"{control} is a button and cannot play {address.path}; move a knob or a fader")
    return (control.control == "cc" and encoder(values)) or "absolute"


def encoder(values: list[int]) -> Mode | None:
    """The dialect of an endless encoder: it says the same small step again and again, where a knob never repeats itself.

    >>> encoder([1, 1, 1, 2]), encoder([65, 65, 65]), encoder([65, 65, 65, 1, 1]), encoder([1, 2, 3, 4])
    ('twos_complement', 'binary_offset', 'signed_bit', None)
    """
    again = sum(before == after for before, after in pairwise(values))
    if len(values) < 3 or 2 * again < len(values) - 1:
        return None
    right = any(1 <= value <= _NEAR for value in values)
    middle_left = any(64 - _NEAR <= value < 64 for value in values)
    middle_right = any(64 < value <= 64 + _NEAR for value in values)
    left = any(value >= 128 - _NEAR for value in values)
    match right, middle_left, middle_right, left:
        case (True, False, True, False):
            return "signed_bit"
        case (False, _, _, False) if middle_left or middle_right:
            return "binary_offset"
        case (_, False, False, _) if right or left:
            return "twos_complement"
    return None
