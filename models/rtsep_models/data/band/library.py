"""The recorded samples of one split, decoded once and kept in memory. One library per worker process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from rtsep_models.data.band.splits import Split, in_split, wave_in_split
from rtsep_models.data.songs import SAMPLE_RATE, DataError

WINDOW = SAMPLE_RATE // 20
KEPT_SAMPLES = 2500


@dataclass(frozen=True, eq=False)
class Sample:
    """A recorded note or stroke: float32 (C, n) at 44.1 kHz from its onset on.

    `level` is the root mean square of its loudest 50 ms; `pitch` the MIDI note it sounds at, NaN where it has none.
    """

    audio: NDArray[np.float32]
    level: float
    pitch: float


class Library:
    """The manifest in `folder`, restricted to what `split` may use.

    Raises DataError when there is no manifest or a file of it cannot be read.
    """

    def __init__(self, folder: Path, split: Split) -> None:
        self.folder = folder
        self.split: Split = split
        try:
            lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise DataError(
                f"no sample manifest in {folder} ({error.strerror}); give the folder that holds it"
            ) from error
        self.entries = [
            entry for entry in map(json.loads, lines) if entry["kind"] == "wavetable_npz" or in_split(entry, split)
        ]
        self.licences = {entry["set"]: entry["licence"] for entry in self.entries}
        self.load = lru_cache(maxsize=KEPT_SAMPLES)(self._load)

    def select(self, category: str, name: str, start: str = "", kind: str = "") -> list[Mapping[str, Any]]:
        """Entries of the set `name` whose file name begins with `start` and whose kind contains `kind`."""
        return [
            entry
            for entry in self.entries
            if entry["category"] == category
            and entry["set"] == name
            and Path(entry["path"]).name.startswith(start)
            and kind in entry["kind"]
        ]

    def sets(self, category: str) -> list[str]:
        """Names of the sets of a category that this split may use, in order."""
        return sorted({entry["set"] for entry in self.entries if entry["category"] == category})

    def sample(self, entry: Mapping[str, Any]) -> Sample:
        """The decoded sample of a manifest entry."""
        return self.load(entry["path"], sounding_pitch(entry))

    def _load(self, path: str, pitch: float) -> Sample:
        try:
            audio, rate = soundfile.read(self.folder / path, dtype="float32", always_2d=True)
        except (OSError, soundfile.SoundFileError) as error:
            raise DataError(
                f"sample {path} cannot be read ({error}); restore it or remove its manifest line"
            ) from error
        audio = soxr.resample(audio, rate, SAMPLE_RATE, "HQ").T[:2]
        loud = np.abs(audio).max(axis=0)
        onset = int(np.argmax(loud > 0.02 * loud.max(initial=0.0)))
        audio = np.ascontiguousarray(audio[:, max(0, onset - 40) :])
        power = np.concatenate([[0.0], np.cumsum(np.mean(audio**2, axis=0, dtype=np.float64))])
        width = min(WINDOW, power.size - 1)
        level = float(np.sqrt(max(1e-12, (power[width:] - power[: power.size - width]).max() / WINDOW)))
        return Sample(audio, level, pitch)

    @cached_property
    def waves(self) -> NDArray[np.float32]:
        """Single-cycle waves (K, 1024) of this split, without offset, at unit root mean square."""
        found = [entry for entry in self.entries if entry["kind"] == "wavetable_npz"]
        if not found:
            phase = 2 * np.pi * np.arange(1024) / 1024
            saw = sum(np.sin(n * phase) / n for n in range(1, 40))
            square = sum(np.sin(n * phase) / n for n in range(1, 40, 2))
            return np.stack([saw, square]).astype(np.float32)
        with np.load(self.folder / found[0]["path"], allow_pickle=False) as stored:
            chosen = [wave_in_split(str(name), self.split) for name in stored["names"]]
            waves = stored["waves"][chosen].astype(np.float32)
        waves -= waves.mean(axis=1, keepdims=True)
        return waves / np.sqrt(np.mean(waves**2, axis=1, keepdims=True) + 1e-9)


def sounding_pitch(entry: Mapping[str, Any]) -> float:
    """The pitch at which an entry sounds: its note, corrected by a measured deviation of up to 30 cents.

    Estimates that are further off have mistaken the octave or a partial, low ones are not that exact.

    >>> sounding_pitch({"midi_note": 60, "midi_note_est": 59.9}), sounding_pitch({"midi_note": 36, "midi_note_est": 24.0})
    (59.9, 36.0)
    """
    note = entry.get("midi_note")
    if note is None:
        return float("nan")
    measured = entry.get("midi_note_est", note)
    return float(measured) if abs(measured - note) < 0.3 else float(note)
