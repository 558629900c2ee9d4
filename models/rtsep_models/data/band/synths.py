"""A subtractive synthesiser of single-cycle waves, and patches drawn for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rtsep_models.data.band.instruments import NOTE_LEVEL, FloatArray
from rtsep_models.data.band.kernels import add_wave
from rtsep_models.data.band.library import Library
from rtsep_models.data.band.notes import Clock, Note
from rtsep_models.data.songs import SAMPLE_RATE


@dataclass(frozen=True, eq=False)
class Synth:
    """A patch of the wave synthesiser; fields as in `kernels.add_wave`, with times in seconds and cutoff in Hz."""

    wave: FloatArray
    voices: int
    detune: float
    attack_s: float
    decay_s: float
    release_s: float
    sustain: float
    cutoff_hz: float
    opening: float
    closing_s: float
    damping: float
    tracking: float = 0.5
    glide_semitones: float = 0.0

    def play(
        self, notes: Sequence[Note], clock: Clock, cents: float, length: int, rng: np.random.Generator
    ) -> FloatArray:
        """The notes, float32 (2, `length`)."""
        track = np.zeros((2, length), np.float32)
        tables: dict[int, FloatArray] = {}
        for note in notes:
            frequency = 440.0 * 2 ** ((note.pitch - 69 + cents / 100) / 12)
            octave = int(np.log2(frequency / 16.0))
            if octave not in tables:
                tables[octave] = band_limited(self.wave, int(0.45 * SAMPLE_RATE / (16.0 * 2 ** (octave + 1))))
            start_s = clock.seconds(note.start)
            span = max(0.03, clock.seconds(note.start + note.beats) - start_s)
            cutoff = self.cutoff_hz * (frequency / 220.0) ** self.tracking * (0.5 + 0.5 * note.velocity)
            rate = float(SAMPLE_RATE)
            add_wave(
                track,
                tables[octave],
                int(start_s * rate),
                int(span * rate),
                (frequency * 2 ** (self.glide_semitones / 12) / rate, frequency / rate),
                (float(self.voices), self.detune),
                (self.attack_s * rate, self.decay_s * rate, self.release_s * rate, self.sustain),
                (cutoff / rate, self.opening, self.closing_s * rate, self.damping),
                NOTE_LEVEL * note.velocity / self.voices**0.5,
            )
        return track


def band_limited(wave: FloatArray, harmonics: int) -> FloatArray:
    """One cycle (n,) with its harmonics above `harmonics` removed, so that it does not alias."""
    spectrum = np.fft.rfft(wave)
    spectrum[max(1, harmonics) + 1 :] = 0.0
    return np.fft.irfft(spectrum, wave.size).astype(np.float32)


PATCHES: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "pad": {
        "voices": (4, 4), "detune": (0.002, 0.008), "attack_s": (0.1, 0.6), "decay_s": (1.0, 1.0), "release_s": (0.3, 0.9),
        "sustain": (0.7, 1.0), "cutoff_hz": (500, 3000), "opening": (-1, 1), "closing_s": (0.5, 2), "damping": (0.8, 1.8),
    },
    "pluck": {
        "voices": (2, 2), "detune": (0, 0.005), "attack_s": (0.003, 0.003), "decay_s": (0.1, 0.4), "release_s": (0.08, 0.3),
        "sustain": (0, 0.3), "cutoff_hz": (400, 2500), "opening": (1, 4), "closing_s": (0.05, 0.3), "damping": (0.3, 1.5),
    },
    "lead": {
        "voices": (1, 3), "detune": (0, 0.01), "attack_s": (0.004, 0.03), "decay_s": (0.6, 0.6), "release_s": (0.08, 0.25),
        "sustain": (0.6, 1), "cutoff_hz": (1200, 6000), "opening": (0, 2), "closing_s": (0.1, 0.5), "damping": (0.4, 1.6),
        "tracking": (0.5, 0.5), "glide_semitones": (-1, 0),
    },
    "bass": {
        "voices": (1, 3), "detune": (0, 0.012), "attack_s": (0.004, 0.004), "decay_s": (0.2, 0.8), "release_s": (0.03, 0.1),
        "sustain": (0.4, 0.9), "cutoff_hz": (150, 1200), "opening": (0, 4), "closing_s": (0.05, 0.4), "damping": (0.4, 1.8),
        "tracking": (0.3, 0.3),
    },
    "eight-o-eight": {
        "voices": (1, 1), "detune": (0, 0), "attack_s": (0.003, 0.003), "decay_s": (0.5, 1.5), "release_s": (0.05, 0.2),
        "sustain": (0.2, 0.6), "cutoff_hz": (400, 2000), "opening": (1, 1), "closing_s": (0.1, 0.1), "damping": (1.6, 1.6),
        "tracking": (0, 0), "glide_semitones": (0, 12),
    },
}  # fmt: skip
"""Ranges that a patch's settings are drawn from."""


def random_synth(library: Library, kind: str, rng: np.random.Generator) -> Synth:
    """A patch of a kind of `PATCHES`: a saw or one of the library's waves; "eight-o-eight" is a falling sine."""
    wave = library.waves[int(rng.integers(len(library.waves)))]
    phase = np.arange(wave.size) / wave.size
    if rng.random() < 0.4:  # half of all synthesisers are saws
        wave = (1.732 * (2 * phase - 1)).astype(np.float32)
    if kind == "eight-o-eight":
        wave = (1.414 * np.sin(2 * np.pi * phase)).astype(np.float32)
    settings = dict(PATCHES[kind])
    low, high = settings.pop("voices")
    voices = int(rng.integers(int(low), int(high) + 1))
    drawn = {
        name: float(rng.uniform(*limits)) if limits[0] != limits[1] else limits[0] for name, limits in settings.items()
    }
    return Synth(wave, voices, **drawn)
