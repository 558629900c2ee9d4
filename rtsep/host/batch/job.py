"""What a batch passes around between processes and machines: settings, jobs, progress, outcomes."""

from __future__ import annotations

from typing import Literal

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is done to every file alike."""

    separator: str
    parameters: dict[str, float] = {}
    channels: tuple[int, ...] = ()
    """Of the file, counted from 1; empty: all of them, and a mono file feeds all that the separator has."""
    format: str = "wav"


class Maker(msgspec.Struct, frozen=True, kw_only=True):
    """Settings and the very separator they mean: stems made by an equal one need not be made again."""

    settings: Settings
    version: str


class Job(msgspec.Struct, frozen=True):
    """One file, and the folder that its stems go to."""

    source: str
    folder: str


class Progressed(msgspec.Struct, frozen=True):
    """So far with a job, frames of its file."""

    job: Job
    frames: int
    total: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a job ended."""

    job: Job
    status: Literal["done", "skipped", "failed"]
    error: str = ""
    stems: dict[str, str] = {}
    """Paths by stem."""
    seconds: float = 0.0
    """Length of the file."""
    took_s: float = 0.0

    @property
    def speed(self) -> float:
        """Times real time, on its one thread; 0 if nothing was computed."""
        return self.seconds / self.took_s if self.took_s else 0.0


Event = Progressed | Outcome
