"""Fades: how a desk gets from here to there in time, control by control; a hand on one takes it out.

Faders move along the law of `units.fader_to_db`, everything else linearly.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from rtsep.changes import (
    Bypass,
    Crossfade,
    DeskChange,
    DryWet,
    Knob,
    MixGain,
    StemGain,
    StemMute,
    StemPan,
    StemSide,
    StemSolo,
)
from rtsep.show.look import Control, control
from rtsep.units import db_to_fader, fader_to_db

STEP_S = 0.01
"""As long as the mixer's own ramp."""


@dataclass(frozen=True)
class Track:
    """One control on its way; faders as fader positions. Times in seconds of the show's clock."""

    start: float
    goal: float
    begin_s: float
    end_s: float

    def at(self, now_s: float) -> float:
        """Where it is.

        >>> Track(0.0, 2.0, 10.0, 14.0).at(11.0)
        0.5
        """
        if now_s >= self.end_s:
            return self.goal
        share = (now_s - self.begin_s) / (self.end_s - self.begin_s)
        return self.start + (self.goal - self.start) * max(share, 0.0)


def moved(key: Control, value: float) -> DeskChange:
    """A control of a fade at a value of its track."""
    kind, name = key
    if kind is StemGain:
        return StemGain(name, fader_to_db(value))
    if kind is MixGain:
        return MixGain(fader_to_db(value))
    if kind is StemPan:
        return StemPan(name, value)
    return Knob(name, value) if kind is Knob else DryWet(value) if kind is DryWet else Crossfade(value)


_CARRIED: dict[type, type] = {StemMute: StemGain, StemSolo: StemGain, StemSide: StemGain, Bypass: DryWet}
"""Switches, and the control that fades on their behalf."""


@dataclass(frozen=True)
class Fade:
    """A fade under way to scene `number`."""

    number: int
    end_s: float
    tracks: dict[Control, Track]
    last: dict[Control, DeskChange]
    """What is so at its end, exactly; every track is in here too."""

    def at(self, now_s: float) -> tuple[DeskChange, ...]:
        """Where its controls are; at its end the last changes."""
        if now_s >= self.end_s:
            return tuple(self.last.values())
        return tuple(moved(key, track.at(now_s)) for key, track in self.tracks.items())

    def without(self, hand: DeskChange, now_s: float) -> Fade:
        """The fade after a performer has moved one of its controls: that one is theirs from now on.

        Who takes a switch finds the gain that faded on its behalf on the way to its own value.
        """
        key = control(hand)
        tracks = {other: track for other, track in self.tracks.items() if other != key}
        last = {other: change for other, change in self.last.items() if other != key}
        carrier = (_CARRIED.get(key[0], type(None)), key[1])
        if carrier in tracks:
            track, goal = tracks[carrier], _value(last[carrier])
            tracks[carrier] = Track(track.at(now_s), goal, min(now_s, self.end_s), track.end_s)
        return replace(self, tracks=tracks, last=last)

    def only(self, there: Collection[Control]) -> Fade:
        """The fade of those controls that are there."""
        tracks = {key: track for key, track in self.tracks.items() if key in there}
        return replace(self, tracks=tracks, last={key: c for key, c in self.last.items() if key in there})


def _value(change: DeskChange) -> float:
    """The value that a track has for a change."""
    match change:
        case StemGain(gain_db=level) | MixGain(gain_db=level):
            return db_to_fader(level)
        case StemPan(pan=value) | Knob(value=value) | DryWet(dry_wet=value) | Crossfade(position=value):
            return value
    raise TypeError(f"{type(change).__name__} does not fade")
