"""What players are handed: notes and hits in seconds, already humanised and swung."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np


@dataclass(frozen=True)
class Note:
    """A note in quarter-note beats: MIDI `pitch`, `velocity` from 0 to 1."""

    start: float
    beats: float
    pitch: float
    velocity: float


@dataclass(frozen=True)
class Hit:
    """A stroke in quarter-note beats on a `piece` of the kit ("kick", "snare", "hat_closed", ...), `velocity` 0 to 1."""

    start: float
    piece: str
    velocity: float


@dataclass(frozen=True)
class Clock:
    """From beats to seconds: tempo in quarter notes a minute; `swing` delays every second eighth (or sixteenth).

    `swing` is the share of a pair that its first half takes: 0.5 straight, 0.67 triplets.
    """

    tempo_bpm: float
    swing: float = 0.5
    swing_grid: float = 0.5

    @property
    def beat_s(self) -> float:
        """Length of a quarter note."""
        return 60.0 / self.tempo_bpm

    def seconds(self, beat: float) -> float:
        """When `beat` falls.

        >>> Clock(60.0, swing=2 / 3).seconds(1.5)
        1.6666666666666665
        """
        pair = 2 * self.swing_grid
        whole, rest = divmod(beat, pair)
        if rest < self.swing_grid:
            bent = rest * 2 * self.swing
        else:
            bent = pair * self.swing + (rest - self.swing_grid) * 2 * (1 - self.swing)
        return (whole * pair + bent) * self.beat_s


Played = TypeVar("Played", Note, Hit)


def humanise(
    notes: Iterable[Played], rng: np.random.Generator, clock: Clock, timing_s: float, velocity: float
) -> list[Played]:
    """The notes with normal deviations of onset (s) and of velocity (share of itself), in order of time."""
    moved: list[Played] = []
    for note in notes:
        late = float(np.clip(rng.normal(0.0, timing_s), -2 * timing_s, 2 * timing_s)) / clock.beat_s
        loud = float(np.clip(note.velocity * (1 + rng.normal(0.0, velocity)), 0.05, 1.0))
        moved.append(replace(note, start=max(0.0, note.start + late), velocity=loud))
    return sorted(moved, key=lambda note: note.start)
