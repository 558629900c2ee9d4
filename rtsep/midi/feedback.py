"""What LEDs, LED rings and motor faders get to see: only what differs from what they show. One thread's."""

from __future__ import annotations

from collections.abc import Mapping

from rtsep.midi.assignments import BUTTONS, PAIRS, Assignment, Control
from rtsep.midi.ports import MidiUnavailableError, Output

Shown = tuple[bytes, ...]
"""The messages that put a control to where it should stand."""


def shown(assignment: Assignment, fraction: float, channel: int) -> Shown:
    """For a control on `channel`, from 1, at `fraction` of its way.

    >>> [part.hex() for part in shown(Assignment(path="/x", control="cc14", number=1), 0.5, 1)]
    ['b00140', 'b02100']
    """
    at = (assignment.channel or channel) - 1
    number = assignment.number
    fine = round(fraction * 16383)
    if assignment.mode in BUTTONS or assignment.control == "note":
        return (
            bytes((0x90 + at if assignment.control == "note" else 0xB0 + at, number % 128, 127 * (fraction >= 0.5))),
        )
    match assignment.control:
        case "pitch":
            return (bytes((0xE0 + at, fine & 127, fine >> 7)),)
        case "cc14":
            halves = ((number, fine >> 7), (number + PAIRS, fine & 127))
        case "nrpn":
            halves = ((99, number >> 7), (98, number & 127), (6, fine >> 7), (38, fine & 127))
        case _:
            halves = ((number, round(fraction * 127)),)
    return tuple(bytes((0xB0 + at, *half)) for half in halves)


def dark(assignment: Assignment, channel: int) -> Shown:
    """What ends a button's light; nothing for what has none."""
    return shown(assignment, 0.0, channel) if assignment.mode in BUTTONS else ()


class Feedback:
    """Open outputs, and what each of them shows."""

    def __init__(self) -> None:
        self._outputs: dict[str, Output] = {}
        self._shows: dict[str, dict[Control, Shown]] = {}

    def opened(self, port: str, output: Output) -> None:
        """A port came: nobody knows what it shows."""
        self._outputs[port], self._shows[port] = output, {}

    def lost(self, port: str) -> None:
        """A port went."""
        self._outputs.pop(port, None)
        self._shows.pop(port, None)

    def stands(self, control: Control, at: Shown | None) -> None:
        """A hand moved the control: this is what it shows now; None: nobody knows."""
        for shows in self._shows.values():
            if at is None:
                shows.pop(control, None)
            else:
                shows[control] = at

    def show(self, wanted: Mapping[Control, Shown]) -> list[str]:
        """Send what differs; the ports that take nothing more."""
        broken: list[str] = []
        for port, output in self._outputs.items():
            shows = self._shows[port]
            try:
                for control, messages in wanted.items():
                    if shows.get(control) != messages and self._meant(control, port):
                        for message in messages:
                            output.send(message)
                        shows[control] = messages
            except MidiUnavailableError:
                broken.append(port)
        return broken

    def _meant(self, control: Control, port: str) -> bool:
        """Whether a control is at this port; a controller's output may be named otherwise than its input."""
        known = any(control.port in name for name in self._outputs)
        return control.port in port or (not known and len(self._outputs) == 1)
