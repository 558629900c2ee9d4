"""From what the user names to jobs: files, and folders whose layout is kept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from rtsep.errors import AudioFileError
from rtsep.host.batch.job import Job
from rtsep.host.batch.manifest import MANIFEST

SUFFIXES = frozenset(
    (".aif", ".aifc", ".aiff", ".au", ".caf", ".flac", ".mp3", ".oga", ".ogg", ".opus", ".rf64", ".snd", ".w64", ".wav")
)
"""What a file in a folder is taken for a sound by; a file that is named may be called anything."""


def plan(named: Iterable[str], output: Path) -> list[Job]:
    """One job for each file named and each sound below a folder named, in the order of their names.

    `FOLDER/live/song.flac` goes to `OUTPUT/live/song/`. Hidden files, whatever lies in `output`, and stems that a batch
    made (they have a manifest) are passed over.
    Raises AudioFileError if a folder holds no sound, or if two files would go to the same folder.
    """
    jobs: dict[Path, Job] = {}
    for source, place in (found for name in named for found in _found(name, output)):
        folder = output / place
        if folder in jobs:
            raise AudioFileError(
                f"{jobs[folder].source} and {source} would both go to {folder}; separate them in two calls"
            )
        jobs[folder] = Job(str(source), str(folder))
    return list(jobs.values())


def _found(name: str, output: Path) -> Iterator[tuple[str | Path, Path]]:
    """Files, and where below the output each belongs."""
    root = Path(name)
    if not root.is_dir():
        yield name, Path(root.stem)
        return
    sounds = sorted(_sounds(root, output.resolve()))
    if not sounds:
        raise AudioFileError(f"no sound files in {root} (looked for {', '.join(sorted(SUFFIXES))}); check the path")
    for path in sounds:
        yield path, path.relative_to(root).with_suffix("")


def _sounds(root: Path, output: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(root):
        place = Path(parent)
        if MANIFEST in files:  # the output may be the folder itself: stems are not to be separated in their turn
            files = []
        folders[:] = [name for name in folders if name[0] != "." and (place / name).resolve() != output]
        yield from (place / name for name in files if name[0] != "." and Path(name).suffix.lower() in SUFFIXES)
