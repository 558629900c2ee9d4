"""Notes to sound by way of a Standard MIDI File and fluidsynth (for `rtsep.demo.render` only)."""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from rtsep.demo.clip import SAMPLE_RATE
from rtsep.demo.score import BEAT_S, DURATION_S, TEMPO_BPM
from rtsep.errors import RtsepError

SOUND_FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
DRUM_CHANNEL = 9
TICKS_PER_BEAT = 960
SAMPLES = round(DURATION_S * SAMPLE_RATE)
"""Length of every track."""


@dataclass(frozen=True)
class Note:
    """A note: `start` and `beats` in quarter notes, MIDI `pitch`, `velocity` 1 to 127."""

    start: float
    beats: float
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Part:
    """What one player plays: a General MIDI program (or a drum kit, on `DRUM_CHANNEL`) and its notes."""

    program: int
    notes: tuple[Note, ...]
    channel: int = 0


def _variable_length(value: int) -> bytes:
    """MIDI's variable-length quantity.

    >>> _variable_length(0x80).hex()
    '8100'
    """
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(0x80 | (value & 0x7F))
    return bytes(reversed(out))


def midi_file(part: Part) -> bytes:
    """The part as a format 0 Standard MIDI File."""
    end = round(DURATION_S / BEAT_S * TICKS_PER_BEAT)
    events = [(0, 0, bytes([0xC0 | part.channel, part.program]))]
    for note in part.notes:
        start = max(0, round(note.start * TICKS_PER_BEAT))
        stop = max(start + 1, round((note.start + note.beats) * TICKS_PER_BEAT))
        events.append((start, 2, bytes([0x90 | part.channel, note.pitch, max(1, min(127, note.velocity))])))
        events.append((stop, 1, bytes([0x80 | part.channel, note.pitch, 0])))
    track = b"\x00\xff\x51\x03" + round(60e6 / TEMPO_BPM).to_bytes(3, "big")
    now = 0
    # At one tick a note ends (1) before the next one of the same pitch begins (2).
    for tick, _, message in sorted(events):
        track += _variable_length(tick - now) + message
        now = tick
    track += _variable_length(max(0, end - now)) + b"\xff\x2f\x00"
    header = b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS_PER_BEAT)
    return header + b"MTrk" + struct.pack(">I", len(track)) + track


def play(part: Part) -> np.ndarray:
    """The part played dry, float64 (2, T), T the whole clip.

    Raises `RtsepError` when fluidsynth or the sound font is not installed.
    """
    audio = synthesise(midi_file(part), SOUND_FONT, SAMPLE_RATE)
    missing = max(0, SAMPLES - audio.shape[1])
    return np.pad(audio, [(0, 0), (0, missing)])[:, :SAMPLES].astype(np.float64)


def synthesise(midi: bytes, sound_font: Path, sample_rate: int) -> np.ndarray:
    """A Standard MIDI File played dry by fluidsynth, float32 (2, T), with the tail of its last notes.

    Raises `RtsepError` when fluidsynth or the sound font is not installed, or when fluidsynth fails.
    """
    if shutil.which("fluidsynth") is None or not sound_font.exists():
        raise RtsepError(
            f"fluidsynth or its sound font {sound_font.name} is missing; "
            "run: apt-get install fluidsynth fluid-soundfont-gm timgm6mb-soundfont"
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "part.mid"), Path(folder, "part.wav")
        source.write_bytes(midi)
        flags = ["-ni", "-q", "-R", "0", "-C", "0", "-g", "0.4", "-r", str(sample_rate), "-T", "wav", "-O", "float"]
        flags += ["-o", "synth.dynamic-sample-loading=1"]
        command = ["fluidsynth", *flags, "-F", str(target), str(sound_font), str(source)]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        if finished.returncode != 0 or not target.exists():
            raise RtsepError(f"fluidsynth failed: {finished.stderr.strip().splitlines()[-1:]}")
        audio, _ = soundfile.read(target, dtype="float32", always_2d=True)
    return audio.T


def humanise(notes: Iterable[Note], seed: int, timing_s: float, velocity: float) -> tuple[Note, ...]:
    """The notes with normal deviations of onset (seconds) and velocity (share of itself)."""
    rng = np.random.default_rng(seed)
    shifted = []
    for note in notes:
        late = float(np.clip(rng.normal(0.0, timing_s), -2 * timing_s, 2 * timing_s)) / BEAT_S
        loud = round(note.velocity * (1 + rng.normal(0.0, velocity)))
        shifted.append(Note(max(0.0, note.start + late), note.beats, note.pitch, max(1, min(127, loud))))
    return tuple(shifted)
