"""The album "everything is free": `<song>/{vocals,drums,bass,other}.opus` and `tracks.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from rtsep_models.data.config import Split
from rtsep_models.data.songs import DataError, Original, decode_files

VALIDATION_SONGS = frozenset({"francium", "sodium"})
"""Never trained on."""


def album_songs(folder: Path, split: Split) -> Iterator[Original]:
    """The songs of one split by name. Those without a `bass` stem may hide it in `other`.

    Raises DataError if the album is not in `folder`.
    """
    try:
        tracks = json.loads((folder / "tracks.json").read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"album: {folder / 'tracks.json'} cannot be read ({error}); check the source's path") from error
    for track in sorted(tracks, key=lambda track: track["track"]):
        name = track["track"].lower()
        if ("validation" if name in VALIDATION_SONGS else "train") == split:
            files = {stem: folder / entry["file"] for stem, entry in track["stems"].items()}
            yield Original(name, list(files.values()), partial(decode_files, files), bass_free=track["has_bass"])
