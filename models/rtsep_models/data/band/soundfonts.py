"""General MIDI instruments by way of fluidsynth: several parts of a song in one call."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import mido
import numpy as np
from numpy.typing import NDArray

from rtsep.demo.midi import DRUM_CHANNEL, synthesise
from rtsep_models.data.songs import SAMPLE_RATE, DataError

FOLDERS = tuple(map(Path, ("/usr/share/sounds/sf2", "/usr/share/soundfonts", "/usr/local/share/soundfonts")))
SOUND_FONT_LICENCES = {"FluidR3_GM.sf2": "MIT (FluidR3)", "TimGM6mb.sf2": "GPL-2.0 (TimGM6mb)"}
TICKS_PER_SECOND = 1920
BEND_RANGE_CENTS = 200
GAP_S = 1.0


@dataclass(frozen=True)
class Event:
    """A note of a part: onset and length in seconds, MIDI `pitch`, `velocity` 1 to 127."""

    start_s: float
    duration_s: float
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Part:
    """What one General MIDI program plays; on `drums`, `program` is the kit and pitches are its pieces."""

    program: int
    events: tuple[Event, ...]
    drums: bool = False


def find_sound_font(name: str, folders: Sequence[Path] = FOLDERS) -> Path:
    """The sound font called `name` in one of the `folders` where systems keep them.

    Raises DataError when it or fluidsynth is not installed.
    """
    remedy = "run: apt-get install fluidsynth fluid-soundfont-gm timgm6mb-soundfont"
    if shutil.which("fluidsynth") is None:
        raise DataError(f"fluidsynth is not installed; {remedy}")
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    raise DataError(f"sound font {name} is not installed; {remedy}")


def render_parts(parts: Sequence[Part], font: Path, length: int, cents: float) -> list[NDArray[np.float32]]:
    """Each part played dry, float32 (2, `length`), tuned `cents` away from 440 Hz (not the drums).

    One run of fluidsynth plays them one after the other: loading the sound font costs as much as a part does.
    """
    if not parts:
        return []
    span_s = length / SAMPLE_RATE + GAP_S
    messages: list[tuple[int, int, mido.Message]] = []
    for rank, part in enumerate(parts):
        messages += _messages(part, rank * span_s, span_s, cents)
    messages.sort(key=lambda item: item[:2])
    track = mido.MidiTrack()
    now = 0
    for tick, _, message in messages:
        track.append(message.copy(time=tick - now))
        now = tick
    file = mido.MidiFile(ticks_per_beat=TICKS_PER_SECOND // 2, tracks=[track])  # 120 beats a minute, MIDI's default
    buffer = io.BytesIO()
    file.save(file=buffer)
    audio = synthesise(buffer.getvalue(), font, SAMPLE_RATE)
    played = np.zeros((len(parts), 2, length), np.float32)
    for rank, row in enumerate(played):
        piece = audio[:, round(rank * span_s * SAMPLE_RATE) :][:, :length]
        row[:, : piece.shape[1]] = piece
    return list(played)


def _messages(part: Part, offset_s: float, span_s: float, cents: float) -> list[tuple[int, int, mido.Message]]:
    """(tick, order within the tick, message) of one part that begins at `offset_s` and is silenced after `span_s`."""
    channel = DRUM_CHANNEL if part.drums else 0
    first, last = round(offset_s * TICKS_PER_SECOND), round((offset_s + span_s) * TICKS_PER_SECOND) - 1
    bend = 0 if part.drums else round(8192 * cents / BEND_RANGE_CENTS)
    found = [
        (first, 0, mido.Message("program_change", channel=channel, program=part.program)),
        (first, 1, mido.Message("pitchwheel", channel=channel, pitch=bend)),
        (last, 4, mido.Message("control_change", channel=channel, control=120, value=0)),
    ]
    for event in part.events:
        start = first + max(0, round(event.start_s * TICKS_PER_SECOND))
        stop = min(last, start + max(1, round(event.duration_s * TICKS_PER_SECOND)))
        if start < last:
            velocity = max(1, min(127, event.velocity))
            found.append((start, 3, mido.Message("note_on", channel=channel, note=event.pitch, velocity=velocity)))
            found.append((stop, 2, mido.Message("note_off", channel=channel, note=event.pitch)))
    return found
