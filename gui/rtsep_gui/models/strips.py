"""What a strip shows, beyond the values that it has from the state as they are."""

from __future__ import annotations

from dataclasses import dataclass

from rtsep.changes import QuickState, Record, Side, StemMute, StemSolo, new_take
from rtsep.control import EngineState, Level, Strip
from rtsep.errors import ConfigError
from rtsep.show.quick import quick
from rtsep.units import db_to_fader

OUTPUTS = 16
"""Device channels that are offered where the host does not tell how many there are."""
QUICK: tuple[tuple[str, QuickState], ...] = (
    ("Acapella", "acapella"),
    ("Instrumental", "instrumental"),
    ("Drums", "drums_only"),
    ("All", "all"),
)
SIDES: tuple[tuple[str, Side], ...] = (("A", "a"), ("–", ""), ("B", "b"))


def silenced(strip: Strip, state: EngineState) -> bool:
    """Whether the stem is silent by mute, kill or another's solo."""
    soloed = any(other.solo for other in state.strips)
    return strip.mute or strip.stem in state.show.kills or (soloed and not strip.solo)


def pad_words(strip: Strip, state: EngineState) -> str:
    """What a pad says of its stem, besides its name."""
    if strip.stem in state.show.kills:
        return "HELD"
    return "MUTE" if strip.mute else "SOLO" if strip.solo else ""


def output_text(channel: int, channels: int) -> str:
    """A stem's feed, counted from 1 as on the device.

    >>> output_text(-1, 2), output_text(2, 2), output_text(0, 1)
    ('Mix', '3–4', '1')
    """
    if channel < 0:
        return "Mix"
    return f"{channel + 1}–{channel + channels}" if channels > 1 else str(channel + 1)


def outputs(state: EngineState, chosen: int, most: int = OUTPUTS) -> list[tuple[str, int]]:
    """Feeds to choose from, as (text, first channel); the one in use is among them wherever it is.

    `most`: outputs of the device.
    """
    channels = state.separator.channels
    firsts = {-1, chosen, *range(0, most - channels + 1, channels)}
    return [(output_text(first, channels), first) for first in sorted(firsts)]


def going_on(state: EngineState) -> bool:
    """Whether a take is being written; a host that stopped one says why in the same place."""
    return bool(state.recording) and "stopped" not in state.recording


def record(state: EngineState) -> Record:
    """What the record button asks for."""
    return Record(None) if going_on(state) else new_take()


def quick_offered(name: QuickState, state: EngineState) -> bool:
    """Whether the separator has the stem that a quick state is about."""
    try:
        quick(name, [strip.stem for strip in state.strips], ())
    except ConfigError:
        return False
    return True


def quick_in_force(name: QuickState, state: EngineState) -> bool:
    """Whether a quick state would change nothing: that is how its button shows where the strips stand."""
    if not quick_offered(name, state):
        return False
    strips = {strip.stem: strip for strip in state.strips}
    for change in quick(name, list(strips), state.show.safe):
        match change:
            case StemMute(stem=stem, mute=on) if strips[stem].mute != on:
                return False
            case StemSolo(stem=stem, solo=on) if strips[stem].solo != on:
                return False
    return True


@dataclass(frozen=True)
class Bars:
    """A meter's lengths, each a place on the fader's way, so that one scale serves both."""

    rms: float = 0.0
    peak: float = 0.0
    hold: float = 0.0
    lit: bool = False


class MeterModel:
    """A meter and its clip light, which burns until it is clicked: the host counts clips, the click is remembered."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._clips = 0

    def bars(self, level: Level | None) -> Bars:
        """What to draw; nothing while nobody answers. A count that fell belongs to a host that began anew."""
        if level is None:
            return Bars()
        if self._seen is None or level.clips < self._seen:
            self._seen = 0
        self._clips = level.clips
        rms, peak, hold = (db_to_fader(value) for value in (level.rms_db, level.peak_db, level.hold_db))
        return Bars(rms, peak, hold, level.clips > self._seen)

    def clear(self) -> None:
        """Put the light out."""
        self._seen = self._clips

    @property
    def clips(self) -> int:
        """Samples beyond full scale since the light was put out."""
        return self._clips - (self._seen or 0)
