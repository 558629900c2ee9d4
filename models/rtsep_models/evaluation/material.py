"""Songs to be scored on: listed here without their sound, so that worker processes can be told which to load."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rtsep.demo.clip import load_clip
from rtsep.errors import ConfigError
from rtsep_models.data.catalogue import cache_folder, songs_of
from rtsep_models.data.config import ROOT_VARIABLE, Kind, Source, Split
from rtsep_models.data.songs import FULL_SCALE, Song
from rtsep_models.evaluation.excerpt import busiest
from rtsep_models.evaluation.ratios import Stem

ALBUM = "everything-is-free"
"""Folder of the CC0 album in `$RTSEP_DATA`."""
BAND_VARIABLE = "RTSEP_BAND"
"""Environment variable: the folder that `python -m rtsep_models.data.band` rendered `train` and `validation` into."""
LAYOUTS: tuple[tuple[str, Kind, Split], ...] = (
    ("tracks.json", "album", "validation"),
    ("*.npy", "band", "validation"),
    ("test/*.stem.mp4", "musdb18", "test"),
    ("test/*/mixture.wav", "musdb18hq", "test"),
    ("Metadata/*_METADATA.yaml", "medleydb", "test"),
)
"""What a folder is known by, and which of its songs were never trained on."""


@dataclass(frozen=True)
class Material:
    """An excerpt, decoded. `stems` (C, T) by name are those that the song tells apart; their sum is the song."""

    sample_rate: int
    start: int
    stems: dict[str, Stem]

    @property
    def mix(self) -> Stem:
        """(C, T)."""
        return np.stack(list(self.stems.values())).sum(axis=0)


@dataclass(frozen=True)
class Piece:
    """A song that can be loaded; without a source it is the clip inside the package."""

    name: str
    source: Source | None = None
    split: Split = "validation"

    def load(self, seconds: float = 0.0) -> Material:
        """All of it, or the `seconds` in which its rarest stem sounds most. Raises DataError, AudioFileError."""
        if self.source is None:
            clip = load_clip()
            start, end = busiest(list(clip.stems.values()), clip.sample_rate, seconds)
            return Material(clip.sample_rate, start, {name: stem[:, start:end] for name, stem in clip.stems.items()})
        song = next(song for song in _songs(self.source, self.split) if song.name == self.name)
        left = [stem[:, :1].T.astype(np.float32) for stem in song.stems.values() if stem.any()]
        start, end = busiest(left, song.sample_rate, seconds)
        stems = {name: np.ascontiguousarray(_float(stem[start:end]).T) for name, stem in song.stems.items()}
        if not song.known("bass"):
            stems["other"] = stems["other"] + stems.pop("bass")
        return Material(song.sample_rate, start, stems)


def find(places: Sequence[Path]) -> list[Piece]:
    """The songs in these folders that nothing was trained on. Without any folder: the validation songs of the album in
    $RTSEP_DATA and of the band in $RTSEP_BAND, or else the clip inside the package.

    Raises ConfigError if a folder's layout is unknown or it has no songs, DataError if they are damaged.
    """
    if not places:
        places = [place for place in (album_folder(), band_folder()) if place is not None and place.is_dir()]
        return find(places) if places else [Piece("demo clip")]
    return [piece for place in places for piece in _in(place)]


def album_folder() -> Path | None:
    """Where the environment says the album is."""
    return Path(os.environ[ROOT_VARIABLE]) / ALBUM if os.environ.get(ROOT_VARIABLE) else None


def band_folder() -> Path | None:
    """Where the environment says the band's validation songs are."""
    return Path(os.environ[BAND_VARIABLE]) / "validation" if os.environ.get(BAND_VARIABLE) else None


def _in(place: Path) -> list[Piece]:
    """The songs of one folder."""
    for pattern, kind, split in LAYOUTS:
        if next(place.glob(pattern), None) is not None:
            source = Source(kind, str(place.resolve()))
            pieces = [Piece(song.name, source, split) for song in _songs(source, split)]
            if pieces:
                return pieces
    known = ", ".join(pattern for pattern, _, _ in LAYOUTS)
    raise ConfigError(f"no songs to score on in {place}: there is none of {known}; name another folder with --songs")


def _songs(source: Source, split: Split) -> list[Song]:
    return list(songs_of(source, split, cache_folder("")))


def _float(samples: np.ndarray) -> Stem:
    return samples.astype(np.float32) / np.float32(FULL_SCALE)
