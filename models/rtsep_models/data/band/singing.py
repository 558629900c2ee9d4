"""How a line is sung: which frames of the recorded voice sound when, how high, how loud.

The way from speech to singing follows T. Saitou et al., "Speech-to-singing synthesis", 2007, as in `rtsep.demo.phrasing`:
vowels stretched over their notes, consonants left as they are and placed before the beat; glides, overshoot, vibrato
and drift on the pitch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rtsep.demo.phrasing import FRAME_S, SHORTEST_CONSONANT, glide
from rtsep_models.data.band.manner import Manner
from rtsep_models.data.band.syllables import Syllable

SILENCE_S = 0.03
"""Consonants are stretched over a shorter gap than this; a longer one is silent."""


@dataclass(frozen=True)
class SungNote:
    """One note of a line: seconds, MIDI pitch (A4 = 69), velocity from 0 to 1."""

    start_s: float
    duration_s: float
    midi: float
    velocity: float

    @property
    def end_s(self) -> float:
        return self.start_s + self.duration_s


@dataclass(frozen=True)
class Sung:
    """A syllable and the notes it is sung on, in order and without gaps worth a breath."""

    syllable: Syllable
    notes: tuple[SungNote, ...]

    @property
    def start_s(self) -> float:
        return self.notes[0].start_s

    @property
    def end_s(self) -> float:
        return self.notes[-1].end_s


def frame_map(phrase: Sequence[Sung], late_s: float, speaks: bool) -> tuple[np.ndarray, np.ndarray]:
    """Knots (seconds of the song, frame numbers of the singer): every vowel on its note, consonants before the beat.

    The frame number is NaN where the singer is silent between two syllables.
    """
    first = phrase[0]
    song = [first.start_s + late_s - (first.syllable.vowel - first.syllable.start) * FRAME_S]
    frame = [float(first.syllable.start)]
    for this, following in pairwise(phrase):
        before, after = this.syllable, following.syllable
        onset, release, until = this.start_s + late_s, this.end_s + late_s, following.start_s + late_s
        coda_s, tail_s = (before.end - before.release) * FRAME_S, (after.vowel - after.start) * FRAME_S
        tail_s += coda_s
        room_s = max(0.4 * (until - onset), until - onset - 0.12)
        stop = min(release, until - min(tail_s, max(SHORTEST_CONSONANT * tail_s, room_s)))
        stop = _hold(song, frame, before, onset, stop, speaks)
        pace = min(1.0, (until - stop) / max(tail_s, 1e-9))
        ends, begins = stop + pace * coda_s, until - pace * (tail_s - coda_s)
        if begins - ends > SILENCE_S:
            song += [ends, ends + 1e-4, begins - 1e-4, begins]
            frame += [float(before.end), np.nan, np.nan, float(after.start)]
        elif after.start != before.end:  # not spoken in a row: one coda ends and another onset begins at once
            song += [begins - 1e-4, begins]
            frame += [float(before.end), float(after.start)]
    last = phrase[-1]
    onset, release = last.start_s + late_s, last.end_s + late_s
    coda_s = (last.syllable.end - last.syllable.release) * FRAME_S
    stop = max(onset + 0.5 * (release - onset), release - 0.5 * coda_s)
    stop = _hold(song, frame, last.syllable, onset, stop, speaks)
    song.append(stop + coda_s)
    frame.append(float(last.syllable.end))
    return np.maximum.accumulate(np.array(song)) + 1e-7 * np.arange(len(song)), np.array(frame)


def _hold(song: list[float], frame: list[float], syllable: Syllable, onset: float, stop: float, speaks: bool) -> float:
    """Knots of one vowel: its edges at their own pace, its middle stretched over the rest. Returns where it ends."""
    length = syllable.release - syllable.vowel
    if speaks:
        stop = min(stop, onset + 1.6 * length * FRAME_S)
    stop = max(stop, onset + 0.04)
    scale = min(1.0, 0.6 * (stop - onset) / (0.5 * length * FRAME_S))
    edge_s = 0.25 * length * FRAME_S * scale
    song += [onset, onset + edge_s, stop - edge_s, stop]
    frame += [syllable.vowel + share * length for share in (0.0, 0.25, 0.75, 1.0)]
    return stop


def pitch_curve(phrase: Sequence[Sung], times_s: np.ndarray, manner: Manner, rng: np.random.Generator) -> np.ndarray:
    """MIDI pitch (N,) at `times_s`, `FRAME_S` apart."""
    notes = [note for sung in phrase for note in sung.notes]
    starts = np.array([note.start_s for note in notes])
    lengths = np.array([note.duration_s for note in notes])
    index = np.clip(np.searchsorted(starts, times_s + 0.03, side="right") - 1, 0, len(notes) - 1)
    curve = glide(np.array([note.midi for note in notes])[index], manner.glide_hz)
    since = times_s - starts[index]
    rise = np.clip((since - manner.vibrato_delay_s) / 0.35, 0.0, 1.0)
    cents = manner.vibrato_cents * rng.uniform(0.6, 1.2, len(notes)) * (lengths > manner.vibrato_delay_s + 0.15)
    rate = manner.vibrato_hz * (1 + 0.05 * _wander(times_s, 0.25, rng))
    vibrato = rise * cents[index] * np.sin(2 * np.pi * np.cumsum(rate) * FRAME_S)
    is_scooped = rng.random(len(notes)) < manner.scoop
    is_scooped[1:] &= starts[1:] - starts[:-1] - lengths[:-1] > 0.02
    depth = np.where(is_scooped, rng.uniform(50, 250, len(notes)), 0.0)
    scoop = -depth[index] * np.exp(-np.maximum(0.0, since + 0.04) / rng.uniform(0.03, 0.08))
    fall = -rng.choice([0.0, 0.0, 40.0, 150.0]) * np.clip((times_s - notes[-1].end_s + 0.12) / 0.2, 0.0, 1.0)
    drift = manner.drift_cents * _wander(times_s, 0.12, rng) + manner.rasp_cents * rng.standard_normal(times_s.size)
    return curve + (vibrato + scoop + fall + drift) / 100


def _wander(times_s: np.ndarray, step_s: float, rng: np.random.Generator) -> np.ndarray:
    """Slow noise (N,) of unit variance at its knots, `step_s` apart."""
    knots = np.arange(times_s[0], times_s[-1] + 2 * step_s, step_s)
    return np.interp(times_s, knots, rng.standard_normal(knots.size))


def gain_curve(phrase: Sequence[Sung], times_s: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Level (N,) in dB at `times_s`: velocity, a swell on long notes, an end that dies away, a slow drift."""
    notes = [note for sung in phrase for note in sung.notes]
    index = np.searchsorted([note.start_s for note in notes], times_s + 0.04, side="right") - 1
    index = np.clip(index, 0, len(notes) - 1)
    velocity = np.array([note.velocity for note in notes])[index]
    lengths = np.array([note.duration_s for note in notes])[index]
    place = np.clip((times_s - np.array([note.start_s for note in notes])[index]) / lengths, 0, 1)
    swell = np.where(lengths > 0.5, 1.5 * np.sin(np.pi * place) - 3.0 * place**3, 0.0)
    ending = np.clip((times_s - notes[-1].end_s + 0.06) / 0.16, 0.0, 1.0)
    gain_db = 16.0 * (velocity - 0.7) + swell + 0.8 * _wander(times_s, 0.15, rng) - 40.0 * ending**1.5
    smooth = np.hanning(13)
    return np.convolve(np.pad(gain_db, 6, mode="edge"), smooth / smooth.sum(), "valid")
