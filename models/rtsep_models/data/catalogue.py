"""From a configuration's sources to open songs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import platformdirs

from rtsep.errors import ConfigError
from rtsep_models.data.album import album_songs
from rtsep_models.data.config import Source, Split, expand
from rtsep_models.data.songs import DataError, Song, open_song


def cache_folder(cache: str) -> Path:
    """Where decoded songs are kept."""
    return expand(cache) if cache else platformdirs.user_cache_path("rtsep") / "songs"


def songs_of(source: Source, split: Split, cache: Path) -> Iterator[Song]:
    """The songs of one split, in the order of their names.

    Raises DataError if the folder does not hold what its kind promises.
    """
    folder = expand(source.path)
    if source.kind == "band":
        return band_songs(folder)
    if source.kind == "album":
        return album_songs(folder, split, cache)
    raise ConfigError(f"source {source.path!r}: kind {source.kind!r} cannot be read yet; use 'album' or 'band'")


def band_songs(folder: Path) -> Iterator[Song]:
    """Rendered songs in `folder`, whatever is whole at this moment: another process may be adding and removing songs.

    Training and validation songs lie in folders of their own.
    """
    for path in sorted(folder.glob("*.npy")):
        try:
            yield open_song(path)
        except DataError:  # half written, or just removed: there is another look later
            continue
