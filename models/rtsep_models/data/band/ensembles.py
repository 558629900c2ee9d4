"""Voices used as they were recorded: choirs on one vowel, growls and screams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from rtsep_models.data.band.singers import load_audio
from rtsep_models.data.band.singing import SungNote

REACH = 4.0
"""Semitones a choir's sample is moved at most beyond what octaves do."""
SIMILAR = 12
"""A growl is one of so many recorded ones nearest in length."""
TOGETHER_S = 1.6
"""Notes that together last no longer are one growl."""
_SEAM_S = 0.12


class Recorded:
    """Recordings of one split by what they are good for. One thread at a time."""

    def __init__(self, samples: Path, entries: Sequence[Mapping[str, Any]], sample_rate: int) -> None:
        self._samples, self._rate = samples, sample_rate
        self.choirs = [entry for entry in entries if entry.get("ensemble", False) and "midi_note" in entry]
        kinds = {"vowel", "phrase", "shout"}
        self.growls = [e for e in entries if e["kind"] in kinds and "growl" in e.get("style", "")]

    def choir(self, notes: Sequence[SungNote], rng: np.random.Generator, size: int) -> np.ndarray:
        """All notes, which may overlap, on one vowel: (`size`,) float64. Needs `choirs`."""
        voices = sorted({(entry["voice"], entry["vowel"]) for entry in self.choirs})
        chosen = voices[rng.integers(len(voices))]
        entries = [entry for entry in self.choirs if (entry["voice"], entry["vowel"]) == chosen]
        pitches = np.array([entry["midi_note"] for entry in entries])
        attack_s, release_s = rng.uniform(0.04, 0.3), rng.uniform(0.15, 0.6)
        audio = [load_audio(self._samples, entry, self._rate) for entry in entries]
        track = np.zeros(size)
        for note in notes:
            low, high = pitches.min() - REACH, max(pitches.max() + REACH, pitches.min() - REACH + 12)
            midi = note.midi - 12 * np.ceil((note.midi - high) / 12) if note.midi > high else note.midi
            midi += 12 * max(0, np.ceil((low - midi) / 12))
            nearest = int(np.argmin(np.abs(pitches - midi)))
            moved = soxr.resample(audio[nearest], 2 ** ((midi - pitches[nearest]) / 12), 1.0)
            held = _held(moved, round((note.duration_s + release_s) * self._rate), round(_SEAM_S * self._rate))
            time_s = np.arange(held.size) / self._rate
            shape = np.clip(time_s / attack_s, 0, 1) * np.clip((note.duration_s + release_s - time_s) / release_s, 0, 1)
            _add(track, held * shape**2 * note.velocity, round(note.start_s * self._rate))
        return track

    def growl(
        self, starts_durations_s: Sequence[tuple[float, float]], rng: np.random.Generator, size: int
    ) -> np.ndarray:
        """Recorded growls over each (start, duration), close ones together: (`size`,) float64. Needs `growls`."""
        throat = float(rng.uniform(0.85, 1.15))
        track = np.zeros(size)
        lengths = np.array([entry["duration_s"] for entry in self.growls]) / throat
        for start_s, duration_s in _joined(starts_durations_s):
            near = np.argsort(np.abs(np.log(lengths / duration_s)))[:SIMILAR]
            audio = load_audio(self._samples, self.growls[int(rng.choice(near))], self._rate)
            audio = soxr.resample(audio, throat, 1.0)[: round(1.1 * duration_s * self._rate)]
            fade = np.clip((audio.size - np.arange(audio.size)) / (0.05 * self._rate), 0, 1)
            _add(track, fade * audio / max(np.abs(audio).max(), 1e-9), round(start_s * self._rate))
        return track


def _joined(starts_durations_s: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Neighbours of up to `TOGETHER_S` as one: growls are recorded as words and phrases."""
    joined: list[tuple[float, float]] = []
    for start_s, duration_s in sorted(starts_durations_s):
        if joined and start_s - sum(joined[-1]) < 0.1 and start_s + duration_s - joined[-1][0] < TOGETHER_S:
            joined[-1] = (joined[-1][0], start_s + duration_s - joined[-1][0])
        else:
            joined.append((start_s, duration_s))
    return joined


def roughened(audio: np.ndarray, sample_rate: int, rng: np.random.Generator) -> np.ndarray:
    """A voice (T,) made to growl: its level shaken irregularly 40 to 90 times a second, then overdriven."""
    knots = np.cumsum(rng.uniform(1 / 180, 1 / 80, int(audio.size / sample_rate * 180) + 2))
    shake = np.interp(np.arange(audio.size) / sample_rate, knots, rng.uniform(-1, 1, knots.size))
    return np.tanh(audio * (1 + 0.9 * shake) * 0.6 / max(np.sqrt(np.mean(audio**2)), 1e-9))


def _held(audio: np.ndarray, size: int, seam: int) -> np.ndarray:
    """`audio` (T,) continued to `size` samples by its own middle, joined over `seam` samples at equal power."""
    begin, end = int(0.3 * audio.size), int(0.85 * audio.size)
    if end - begin < 2 * seam or audio.size >= size:
        return audio[:size]
    held, rise = audio[:end].copy(), np.sqrt(np.linspace(0, 1, seam))
    while held.size < size:
        more = audio[begin:end].copy()
        held[-seam:] = held[-seam:] * rise[::-1] + more[:seam] * rise
        held = np.concatenate([held, more[seam:]])
    return held[:size]


def _add(track: np.ndarray, audio: np.ndarray, begin: int) -> None:
    audio = audio[: max(0, track.size - begin)]
    track[begin : begin + audio.size] += audio
