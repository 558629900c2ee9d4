"""What a MIDI map is made of: controls, and what each of them plays. Pure values, as they stand in the file."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from rtsep.errors import ConfigError

Kind = Literal["cc", "cc14", "nrpn", "pitch", "note"]
Mode = Literal["absolute", "twos_complement", "signed_bit", "binary_offset", "latched", "momentary", "trigger"]
RELATIVE = ("twos_complement", "signed_bit", "binary_offset")
BUTTONS = ("latched", "momentary", "trigger")
PAIRS = 32
"""Controllers below this have their fine half so much above them."""


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """One knob, fader, key or button of a controller.

    >>> str(Control(control="cc14", number=1, channel=3, port="nano"))
    'cc14 1, channel 3, nano'
    """

    control: Kind
    number: Annotated[int, msgspec.Meta(ge=0, le=16383)] = 0
    """Of the controller (cc14: of its coarse half), the note or the NRPN; a pitch wheel has none."""
    channel: Annotated[int, msgspec.Meta(ge=1, le=16)] | None = None
    """None: any."""
    port: str = ""
    """A part of the port's name; empty: any."""

    def __str__(self) -> str:
        words = self.control if self.control == "pitch" else f"{self.control} {self.number}"
        channel = "any channel" if self.channel is None else f"channel {self.channel}"
        return ", ".join(filter(None, (words, channel, self.port)))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The controllers or notes that it is heard by."""
        return (self.number, self.number + PAIRS) if self.control == "cc14" else (self.number,)

    def overlaps(self, other: Control) -> bool:
        """Whether one movement could be both.

        >>> Control(control="cc", number=33).overlaps(Control(control="cc14", number=1, channel=2))
        True
        """
        kinds = {"cc14": "cc"}
        return (
            kinds.get(self.control, self.control) == kinds.get(other.control, other.control)
            and bool(set(self.numbers) & set(other.numbers))
            and (self.channel is None or other.channel is None or self.channel == other.channel)
            and (self.port in other.port or other.port in self.port)
        )


class Assignment(Control, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A control and the OSC address that it plays."""

    path: str
    mode: Mode = "absolute"
    low: float | None = None
    """What the control's lower end, or the released button, stands for; None: the address's least."""
    high: float | None = None
    takeover: bool = True
    """A knob or fader takes no effect until it meets the value; false for motor faders."""
    step: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)] = 1 / 128
    """Of a relative encoder: share of the way for one click."""
    value: float | str | None = None
    """What a trigger sends, where the address wants something."""

    def __post_init__(self) -> None:
        limits: dict[Kind, int] = {"cc": 127, "cc14": PAIRS - 1, "nrpn": 16383, "pitch": 0, "note": 127}
        most = limits[self.control]
        if self.number > most:
            raise ConfigError(f"{self.path}: {self.control} number is {self.number}, must be 0..{most}")
        if self.low is not None and self.low == self.high:
            raise ConfigError(f"{self.path}: low and high are both {self.low:g}; let them differ, or leave them out")
        if self.control == "note" and self.mode not in BUTTONS:
            raise ConfigError(
                f"{self.path}: mode is {self.mode} but a note is a button; use one of {', '.join(BUTTONS)}"
            )
        if self.mode in RELATIVE and self.control != "cc":
            raise ConfigError(f"{self.path}: mode {self.mode} needs a 'cc', not {self.control!r}")

    @property
    def source(self) -> Control:
        """The control alone."""
        return Control(control=self.control, number=self.number, channel=self.channel, port=self.port)


class MidiMap(msgspec.Struct, frozen=True, kw_only=True):
    """All assignments."""

    version: Literal[1] = 1
    assignments: tuple[Assignment, ...] = ()

    def learned(self, new: Assignment) -> MidiMap:
        """With `new` in place of whatever else its control played."""
        kept = (old for old in self.assignments if not old.source.overlaps(new.source))
        return MidiMap(assignments=(*kept, new))

    def forgotten(self, path: str) -> MidiMap:
        """Without what plays `path`. Raises ConfigError if nothing does."""
        kept = tuple(old for old in self.assignments if old.path != path)
        if len(kept) == len(self.assignments):
            played = ", ".join(sorted({old.path for old in kept})) or "none"
            raise ConfigError(f"no MIDI control plays {path}; those that one plays: {played}")
        return MidiMap(assignments=kept)
