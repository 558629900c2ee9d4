"""One job of a batch, wherever it runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Literal

from rtsep.errors import RtsepError, SeparatorError
from rtsep.host.batch.job import Job, Maker, Outcome
from rtsep.host.batch.manifest import Manifest, finished, made_by, source_of, write_manifest
from rtsep.host.batch.staging import staged
from rtsep.host.batch.stems import OnFrames, Written, write_stems


def run_job(job: Job, maker: Maker, on_frames: OnFrames) -> Outcome:
    """Do it; whatever goes wrong is in the outcome."""
    begin = time.perf_counter()
    try:
        found = made_by(maker.settings)
        if found != maker:
            raise SeparatorError(
                f"separator {maker.settings.separator!r} is {found.version!r} where it runs, and {maker.version!r} where the "
                "batch was started; install the same on every machine"
            )
        with staged(Path(job.folder)) as place:
            source = source_of(job.source)
            written = write_stems(job.source, place, maker.settings, on_frames)
            write_manifest(place, maker, source, written)
    except RtsepError as error:
        return Outcome(job=job, status="failed", error=str(error))
    except Exception as error:
        return Outcome(job=job, status="failed", error=f"{job.source}: {type(error).__name__}: {error}")
    return concluded(job, "done", written, time.perf_counter() - begin)


def concluded(job: Job, status: Literal["done", "skipped"], about: Written | Manifest, took_s: float = 0.0) -> Outcome:
    """The outcome of a job whose stems are there."""
    stems = {stem: str(Path(job.folder) / name) for stem, name in about.stems.items()}
    return Outcome(job=job, status=status, stems=stems, seconds=about.frames / about.sample_rate, took_s=took_s)


def without_finished(jobs: list[Job], maker: Maker) -> tuple[list[Job], list[Outcome]]:
    """What is to do, and what `maker` has done already."""
    todo, done = [], []
    for job in jobs:
        manifest = finished(job, maker)
        if manifest is None:
            todo.append(job)
        else:
            done.append(concluded(job, "skipped", manifest))
    return todo, done
