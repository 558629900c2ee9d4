"""Sound files for batches, and what became of them."""

from __future__ import annotations

from pathlib import Path

import soundfile
from support import noise

from rtsep.host.batch.job import Job, Outcome, Settings
from rtsep.host.batch.manifest import MANIFEST

DELAY = Settings(separator="delay")
AWKWARD = {
    "one.wav": (1, 2, 44100),
    "odd/mono.wav": (4411, 1, 48000),
    "odd/low.wav": (3001, 2, 22050),
    "prime.wav": (70_001, 2, 44100),
    "block.wav": (1280, 2, 48000),
}
"""Frames, channels, rate by name."""


def write(root: Path, name: str, frames: int = 1000, channels: int = 2, rate: int = 44100, seed: int = 0) -> Path:
    """Noise in a float file below `root`."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, noise(frames, channels, seed), rate, subtype="FLOAT")
    return path


def album(root: Path) -> Path:
    """All of AWKWARD, and a file that is no sound."""
    for seed, (name, shape) in enumerate(AWKWARD.items()):
        write(root, name, *shape, seed=seed)
    (root / "text.wav").write_text("no sound")
    return root


def job(root: Path, name: str, output: str = "out") -> Job:
    """Of a file below `root`."""
    return Job(str(root / name), str(root / output / Path(name).stem))


def stems_of(folder: Path) -> dict[str, bytes]:
    """Everything below `folder` but manifests, by path."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def statuses(outcomes: list[Outcome]) -> dict[str, str]:
    """By file name."""
    return {Path(outcome.job.source).name: outcome.status for outcome in outcomes}
