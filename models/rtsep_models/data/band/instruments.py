"""Pitched instruments made of recorded notes, re-pitched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rtsep_models.data.band.kernels import add_sample
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
