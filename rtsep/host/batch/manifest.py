"""The note beside finished stems: what made them, of what. A folder without a true one is not finished."""

from __future__ import annotations

from pathlib import Path

import msgspec

from rtsep import __version__
from rtsep.errors import AudioFileError
from rtsep.host.batch.job import Job, Maker, Settings
from rtsep.host.batch.stems import Written
from rtsep.separators.registry import create, registered

MANIFEST = "separation.json"


class Source(msgspec.Struct, frozen=True):
    """The file that was separated, as it was then."""

    name: str
    bytes: int
    modified_ns: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What `separation.json` says. Names are of files in its own folder."""

    rtsep: str
    made_by: Maker
    runtime: str
    source: Source
    sample_rate: int
    frames: int
    stems: dict[str, str]
    """File names by stem."""
    sizes: dict[str, int]
    """Bytes by file name."""


def made_by(settings: Settings) -> Maker:
    """The separator that `settings` mean here and now. Raises SeparatorError if there is none.

    Its version is what it says of itself (see `rtsep.separators.api`), else that of the package it comes from.
    """
    point = registered().get(settings.separator)
    said = getattr(create(settings.separator), "version", "")
    package = point.dist if point else None
    return Maker(settings=settings, version=said or (f"{package.name} {package.version}" if package else ""))


def source_of(path: str) -> Source:
    """Raises AudioFileError if there is no such file."""
    try:
        facts = Path(path).stat()
    except OSError as error:
        raise AudioFileError(f"{path} cannot be read ({error.strerror}); check the path") from None
    return Source(Path(path).name, facts.st_size, facts.st_mtime_ns)


def write_manifest(place: Path, maker: Maker, source: Source, written: Written) -> None:
    """Vouch for the stems in `place`; `source` as it was before it was read. Raises OSError."""
    manifest = Manifest(
        rtsep=__version__,
        made_by=maker,
        runtime=written.runtime,
        source=source,
        sample_rate=written.sample_rate,
        frames=written.frames,
        stems=written.stems,
        sizes={name: (place / name).stat().st_size for name in written.stems.values()},
    )
    (place / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in `folder`; None if there is none that can be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def finished(job: Job, maker: Maker) -> Manifest | None:
    """The manifest of a job that `maker` has done already; None if the file, its stems or the settings are others by now."""
    folder = Path(job.folder)
    manifest = read_manifest(folder)
    if manifest is None or manifest.made_by != maker:
        return None
    try:
        sizes = {name: (folder / name).stat().st_size for name in manifest.stems.values()}
        return manifest if sizes == manifest.sizes and source_of(job.source) == manifest.source else None
    except (OSError, AudioFileError):
        return None
