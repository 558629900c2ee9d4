"""Stems appear in their folder when they are whole, all at once: until then they are written beside it, under a hidden name."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rtsep.host.batch.manifest import MANIFEST, read_manifest
from rtsep.host.batch.stems import telling


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A place to write what shall be found in `folder` once the body has ended well; without it nothing changes there.

    Raises AudioFileError if the disk does not take it.
    """
    with telling(str(folder), "written", "make room or choose another folder with --output"):
        sweep(folder)
        place = folder.with_name(f"{_prefix(folder)}{secrets.token_hex(4)}")
        place.mkdir(parents=True)
        try:
            yield place
            _settle(place, folder)
        finally:
            shutil.rmtree(place, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what writers of `folder` left that were killed."""
    for place in folder.parent.glob(f"{_prefix(folder)}*"):
        shutil.rmtree(place, ignore_errors=True)


def _prefix(folder: Path) -> str:
    """Short, whatever the folder's name: that may be as long as names can be."""
    return f".partial-{hashlib.sha256(folder.name.encode()).hexdigest()[:12]}-"


def _settle(place: Path, folder: Path) -> None:
    """Move everything to its place, the manifest last: before it is there, nothing looks finished.

    All of it is on the disk by then: after a power cut, names without their contents would look finished too.
    """
    for path in place.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    folder.mkdir(exist_ok=True)
    before = read_manifest(folder)
    (folder / MANIFEST).unlink(missing_ok=True)
    names = sorted((path.name for path in place.iterdir()), key=lambda name: (name == MANIFEST, name))
    for name in (set(before.stems.values()) if before else set()) - set(names):
        if Path(name).name == name:  # stems of another separator, or in another format
            (folder / name).unlink(missing_ok=True)
    for name in names:
        os.replace(place / name, folder / name)
