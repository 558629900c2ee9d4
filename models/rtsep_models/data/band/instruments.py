"""Pitched instruments: recorded notes re-pitched, and a synthesiser of single-cycle waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rtsep_models.data.band.kernels import add_sample, add_wave
from rtsep_models.data.band.library import Library, Sample
from rtsep_models.data.band.notes import Clock, Note
from rtsep_models.data.songs import SAMPLE_RATE

FloatArray = NDArray[np.float32]
NOTE_LEVEL = 0.1
"""Level of the loudest 50 ms of a note of full velocity."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """Recorded notes by pitch; of each pitch, from soft to loud. `release_s` is how long a note takes to stop."""

    pitches: NDArray[np.float64]
    notes: tuple[tuple[Sample, ...], ...]
    release_s: float

    def play(
        self, notes: Sequence[Note], clock: Clock, cents: float, length: int, rng: np.random.Generator
    ) -> FloatArray:
        """The notes, float32 (2, `length`); those beyond the recorded range are folded into it by octaves."""
        track = np.zeros((2, length), np.float32)
        for note in notes:
            pitch = note.pitch + cents / 100
            while pitch > self.pitches[-1] + 7:
                pitch -= 12
            while pitch < self.pitches[0] - 7:
                pitch += 12
            layers = self.notes[int(np.argmin(np.abs(self.pitches - pitch)))]
            last = len(layers) - 1
            rank = int(np.clip(round(note.velocity * last + rng.normal(0, 0.25) * (last > 0)), 0, last))
            sample = layers[rank]
            gain = NOTE_LEVEL * note.velocity**1.3 / sample.level
            start_s = clock.seconds(note.start)
            span = max(0.03, clock.seconds(note.start + note.beats) - start_s)
            ratio = float(2 ** ((pitch - sample.pitch) / 12))
            release = max(1, int(self.release_s * SAMPLE_RATE))
            add_sample(
                track, sample.audio, start_s * SAMPLE_RATE, ratio, (gain, gain), int(span * SAMPLE_RATE), release
            )
        return track


def sampled(library: Library, entries: Sequence[Mapping[str, Any]], release_s: float) -> Sampled | None:
    """The instrument that `entries` of the manifest make up; None if none of them has a pitch."""
    by_note: dict[int, list[Sample]] = {}
    for entry in entries:
        sample = library.sample(entry)
        if not np.isnan(sample.pitch):
            by_note.setdefault(round(sample.pitch), []).append(sample)
    if not by_note:
        return None
    order = sorted(by_note)
    layers = tuple(tuple(sorted(by_note[note], key=lambda sample: sample.level)) for note in order)
    return Sampled(np.array([np.mean([s.pitch for s in group]) for group in layers], np.float64), layers, release_s)


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


def random_synth(library: Library, kind: str, rng: np.random.Generator) -> Synth:
    """A patch for "pad", "pluck", "lead", "bass" or "eight-o-eight"."""
    wave = library.waves[int(rng.integers(len(library.waves)))]
    if rng.random() < 0.4:  # half of all synthesisers are saws
        wave = _saw(wave.size)
    u = rng.uniform
    if kind == "pad":
        return Synth(
            wave,
            4,
            u(0.002, 0.008),
            u(0.1, 0.6),
            1.0,
            u(0.3, 0.9),
            u(0.7, 1.0),
            u(500, 3000),
            u(-1, 1),
            u(0.5, 2),
            u(0.8, 1.8),
        )
    if kind == "pluck":
        return Synth(
            wave,
            2,
            u(0, 0.005),
            0.003,
            u(0.1, 0.4),
            u(0.08, 0.3),
            u(0, 0.3),
            u(400, 2500),
            u(1, 4),
            u(0.05, 0.3),
            u(0.3, 1.5),
        )
    if kind == "lead":
        return Synth(
            wave,
            int(rng.integers(1, 4)),
            u(0, 0.01),
            u(0.004, 0.03),
            0.6,
            u(0.08, 0.25),
            u(0.6, 1),
            u(1200, 6000),
            u(0, 2),
            u(0.1, 0.5),
            u(0.4, 1.6),
            0.5,
            -float(u(0, 1)),
        )
    if kind == "eight-o-eight":
        sine = np.sin(2 * np.pi * np.arange(wave.size) / wave.size).astype(np.float32) * 1.414
        return Synth(
            sine,
            1,
            0.0,
            0.003,
            u(0.5, 1.5),
            u(0.05, 0.2),
            u(0.2, 0.6),
            u(400, 2000),
            1.0,
            0.1,
            1.6,
            0.0,
            float(u(0, 12)),
        )
    return Synth(
        wave,
        int(rng.integers(1, 4)),
        u(0, 0.012),
        0.004,
        u(0.2, 0.8),
        u(0.03, 0.1),
        u(0.4, 0.9),
        u(150, 1200),
        u(0, 4),
        u(0.05, 0.4),
        u(0.4, 1.8),
        0.3,
    )


def _saw(size: int) -> FloatArray:
    return (1.732 * (2 * np.arange(size) / size - 1)).astype(np.float32)
