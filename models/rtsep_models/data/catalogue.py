"""From a configuration's sources to open songs. Thread: any; decoding can take minutes, once."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import platformdirs

from rtsep_models.data.album import album_songs
from rtsep_models.data.config import Kind, Source, Split, expand
from rtsep_models.data.medleydb import medleydb_songs
from rtsep_models.data.midi import midi_songs
from rtsep_models.data.musdb import musdb18_songs, musdb18hq_songs
from rtsep_models.data.songs import DataError, Original, Song, cached_path, decoded, open_song

READERS: Mapping[Kind, Callable[[Path, Split], Iterator[Original]]] = {
    "album": album_songs,
    "musdb18": musdb18_songs,
    "musdb18hq": musdb18hq_songs,
    "medleydb": medleydb_songs,
    "midi": midi_songs,
}


def cache_folder(cache: str) -> Path:
    """Where decoded songs are kept."""
    return expand(cache) if cache else platformdirs.user_cache_path("rtsep") / "songs"


def songs_of(source: Source, split: Split, cache: Path) -> Iterator[Song]:
    """The songs of one split, in the order of their names; decoded into `cache` where they were not yet.

    Raises DataError if the folder does not hold what its kind promises.
    """
    folder = expand(source.path)
    if source.kind == "band":
        yield from band_songs(folder, split)
    else:
        opened = _if_usable if source.kind == "midi" else decoded
        for original in READERS[source.kind](folder, split):
            song = opened(original, cache / source.kind)
            if song is not None:
                yield song


def _if_usable(original: Original, cache: Path) -> Song | None:
    """The song, or None if it cannot be decoded: among thousands of files from everywhere some are broken.

    What is wrong with one is said once, as a warning, and kept beside the songs.
    """
    reason = cached_path(original, cache).with_suffix(".txt")
    if reason.exists():
        return None
    try:
        return decoded(original, cache)
    except DataError as error:
        warnings.warn(f"left out: {error}", stacklevel=2)
        reason.parent.mkdir(parents=True, exist_ok=True)
        reason.write_text(f"{error}\n")
        return None


def band_songs(folder: Path, split: Split) -> Iterator[Song]:
    """Rendered songs in `folder`, whatever is whole at this moment: another process may be adding and removing songs.

    Songs that say they were made for another split are left out.
    """
    for path in sorted(folder.glob("*.npy")):
        try:
            song = open_song(path)
        except DataError:  # half written, or just removed: there is another look later
            continue
        if song.split in ("", split):
            yield song
