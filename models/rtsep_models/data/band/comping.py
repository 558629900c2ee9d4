"""What one player of "other" plays through a song: a pattern over the chords, or a melody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rtsep_models.data.band.melody import sing_phrases
from rtsep_models.data.band.notes import Note, humanise
from rtsep_models.data.band.patterns import PATTERNS, Shape
from rtsep_models.data.band.song import Song


def play_part(
    role: str, song: Song, low: int, threshold: float, presence: float, rng: np.random.Generator
) -> list[Note]:
    """The notes of one player of "other" in the sections loud enough for `threshold`, by time.

    `low` is the lowest MIDI note of the register, `presence` the chance to play in such a section; one is always played.
    """
    sections = [s for s in song.stretches("other") if s.energy >= threshold and rng.random() < presence]
    sections = sections or list(song.stretches("other")[-1:])
    if role == "lead":
        return humanise(sing_phrases(song, sections, low + 7, rng, 0.8), rng, song.clock, 0.008, 0.08)
    shape, pattern = Shape(rng), PATTERNS[role]
    notes: list[Note] = []
    for section in sections:
        level = 0.65 + 0.35 * section.energy
        for chord in song.chords:
            if section.first <= chord.start / song.beats_per_bar < section.end:
                notes += [replace(n, velocity=n.velocity * level) for n in pattern(chord, low, shape)]
    return humanise(notes, rng, song.clock, 0.006, 0.08)
