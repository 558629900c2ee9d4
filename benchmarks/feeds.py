"""Music for benchmarks: songs of the shared data, true stems and their mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.report import ROOT
from rtsep.demo.clip import load_clip
from rtsep_models.evaluation.excerpt import busiest

DATA = ROOT.parent / "shared" / "data" / "everything-is-free"
PEAK = 0.9
STEMS = ("vocals", "drums", "bass", "other")


@dataclass(frozen=True, eq=False)
class Song:
    """`stems` are float32 (2, T), equally long; `mix` is their sum, and never clips."""

    name: str
    rate: int
    stems: dict[str, NDArray[np.float32]]

    @property
    def mix(self) -> NDArray[np.float32]:
        """The song, (2, T)."""
        return np.stack(list(self.stems.values())).sum(axis=0)


def available() -> list[str]:
    """Names of the songs that are there; none where the shared data are not."""
    return sorted(folder.name for folder in DATA.iterdir() if folder.is_dir()) if DATA.is_dir() else []


def load_song(name: str, seconds: float = 0.0) -> Song:
    """A song, or the `seconds` of it in which its rarest stem sounds most. Raises FileNotFoundError if it is absent."""
    paths = {stem: DATA / name / f"{stem}.opus" for stem in STEMS}
    there = {stem: path for stem, path in paths.items() if path.exists()}
    if not there:
        raise FileNotFoundError(f"no stems of {name!r} in {DATA}")
    stems, rate = {}, 0
    for stem, path in there.items():
        data, rate = soundfile.read(path, dtype="float32", always_2d=True)
        stems[stem] = np.broadcast_to(data.T[:2], (2, len(data)))
    start, end = busiest(list(stems.values()), rate, seconds)
    stems = {name: np.ascontiguousarray(stem[:, start:end]) for name, stem in stems.items()}
    peak = float(np.abs(np.sum(list(stems.values()), axis=0)).max())
    scale = np.float32(min(1.0, PEAK / peak) if peak else 1.0)
    return Song(name, rate, {name: scale * stem for name, stem in stems.items()})


def any_song(seconds: float) -> Song:
    """A real song where there is one, else the demo clip."""
    names = available()
    if names:
        return load_song("sodium" if "sodium" in names else names[0], seconds)
    clip = load_clip()
    return Song("demo clip", clip.sample_rate, dict(clip.stems))
