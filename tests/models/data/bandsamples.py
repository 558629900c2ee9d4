"""A tiny sample folder in the layout of the real one, for tests: sines for notes, bursts of noise for drums."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from rtsep_models.data.band.voices import SungNote

RATE = 48000
DRUM_KINDS = ("kick", "snare", "hihat_closed", "hihat_open", "crash", "ride", "tom", "sidestick", "clap")


def write_samples(folder: Path) -> Path:
    """A manifest with a kit, a bass and a guitar for either split."""
    entries: list[dict[str, Any]] = []
    for kit in ("sm_drums", "dm_casio_rz1", "virtuosity_drums", "oramics_linn_lm2"):
        for rank, kind in enumerate(DRUM_KINDS):
            burst = np.random.default_rng(rank).standard_normal(RATE // 5) * np.exp(-np.arange(RATE // 5) / 1500)
            entries.append(_write(folder, "drums", kit, f"{kind}_1", kind, 0.5 * burst / np.abs(burst).max()))
    for category, sets in (
        ("bass", ("growlybass", "swagbass")),
        ("other", ("emilyguitar_di", "salamander_grand", "gretsch_clean_guitar", "splendid_grand")),
    ):
        for name in sets:
            for note in (28, 40, 52, 64):
                kind = "pick_sustain" if category == "bass" else "guitar"
                entries.append({**_write(folder, category, name, f"n{note}", kind, _tone(note)), "midi_note": note})
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, entries)))
    return folder


def _tone(note: float) -> NDArray[np.float64]:
    time_s = np.arange(2 * RATE) / RATE
    hertz = 440 * 2 ** ((note - 69) / 12)
    return 0.3 * np.exp(-time_s) * sum(np.sin(2 * np.pi * n * hertz * time_s) / n for n in range(1, 6))


def _write(folder: Path, category: str, name: str, stem: str, kind: str, audio: NDArray[np.float64]) -> dict[str, Any]:
    path = Path(category, name, f"{stem}.flac")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(folder / path, audio, RATE)
    duration_s = audio.size / RATE
    return {
        "path": path.as_posix(),
        "category": category,
        "set": name,
        "kind": kind,
        "licence": "CC0-1.0",
        "duration_s": duration_s,
    }


class Whistler:
    """A singer who whistles: a sine at every note."""

    def sing(self, notes: Sequence[SungNote], rng: np.random.Generator, duration_s: float) -> NDArray[np.float32]:
        """One line (T,) at 44.1 kHz."""
        line = np.zeros(round(duration_s * 44100), np.float32)
        for note in notes:
            span = line[round(note.start_s * 44100) : round((note.start_s + note.duration_s) * 44100)]
            span[:] = 0.2 * np.sin(2 * np.pi * 440 * 2 ** ((note.midi - 69) / 12) / 44100 * np.arange(span.size))
        return line

    def scream(
        self, rng: np.random.Generator, starts_durations_s: Sequence[tuple[float, float]], duration_s: float
    ) -> NDArray[np.float32]:
        """Every growl is a low whistle."""
        return self.sing([SungNote(start, length, 36.0, 1.0) for start, length in starts_durations_s], rng, duration_s)

    def choir(self, notes: Sequence[SungNote], rng: np.random.Generator, duration_s: float) -> NDArray[np.float32]:
        """The last of the notes that sound together."""
        return self.sing(notes, rng, duration_s)
