"""The album "everything is free": `<song>/{vocals,drums,bass,other}.opus` and `tracks.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from rtsep_models.data.config import Split
from rtsep_models.data.songs import DataError, Decoded, Song, keep_decoded

VALIDATION_SONGS = frozenset({"francium", "sodium"})
"""Never trained on."""


def album_songs(folder: Path, split: Split, cache: Path) -> Iterator[Song]:
    """The songs of one split by name, decoded once into `cache`. Songs without a `bass` stem may hide it in `other`.

    Raises DataError if the album is not in `folder` or a file of it is damaged.
    """
    try:
        tracks = json.loads((folder / "tracks.json").read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"album: {folder / 'tracks.json'} cannot be read ({error}); check the source's path") from error
    for track in sorted(tracks, key=lambda track: track["track"]):
        name = track["track"].lower()
        if (name in VALIDATION_SONGS) == (split == "train"):
            continue
        files = {stem: folder / entry["file"] for stem, entry in track["stems"].items()}
        yield keep_decoded(cache / f"album-{name}.npy", track["has_bass"], lambda files=files: _decode(files))


def _decode(files: dict[str, Path]) -> Decoded:
    stems: dict[str, np.ndarray] = {}
    rates = set()
    for stem, path in files.items():
        try:
            stems[stem], rate = soundfile.read(path, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise DataError(f"{path}: {error}; copy the album anew") from error
        rates.add(rate)
    if len(rates) != 1:
        raise DataError(
            f"stems of {next(iter(files.values())).parent} have sample rates {sorted(rates)}; they must agree"
        )
    return stems, rates.pop()
