"""Scores systems on songs: a system is a registered separator by name, or a folder of estimates."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from rtsep.errors import SeparatorError
from rtsep.separators.registry import create
from rtsep_models.evaluation.estimates import is_folder, recorded, streamed
from rtsep_models.evaluation.material import Piece
from rtsep_models.evaluation.scores import SongScore, merged, score


@dataclass(frozen=True)
class Job:
    """One system on one song."""

    system: str
    piece: Piece
    seconds: float = 0.0
    """Length of the excerpt; 0: the whole song."""
    pictures: Path | None = None
    """Folder for a spectrogram."""
    parameters: tuple[tuple[str, float], ...] = ()
    """Of a separator, by name; those left out stand at their defaults."""


def check(systems: Iterable[str], pictures: Path | None) -> None:
    """Find out before anything is computed whether the systems exist and what drawing needs is installed.

    Raises SeparatorError.
    """
    for system in systems:
        if not is_folder(system):
            create(system)
    if pictures is not None:
        import_module("rtsep_models.evaluation.pictures")


def run(job: Job) -> SongScore:
    """Separate or read the estimates, and score. Raises SeparatorError, AudioFileError."""
    song = job.piece.load(job.seconds)
    if is_folder(job.system):
        estimates = recorded(Path(job.system), job.piece.name, song)
    else:
        estimates = streamed(job.system, song.mix, song.sample_rate, dict(job.parameters))
    missing = sorted(set(song.stems) - set(estimates))
    if missing:
        raise SeparatorError(
            f"{job.system!r} gives {', '.join(estimates)}, but {job.piece.name!r} also has {', '.join(missing)}; "
            "compare it on songs with its stems"
        )
    if job.pictures is not None:
        # Here, not above: matplotlib is in an extra.
        from rtsep_models.evaluation.pictures import draw

        label = Path(job.system).name
        draw(
            job.pictures / f"{job.piece.name}-{label}.png",
            f"{job.piece.name}, {label}",
            song.sample_rate,
            *merged(estimates, song.stems),
        )
    return score(job.piece.name, song.sample_rate, estimates, song.stems)


def run_all(jobs: Iterable[Job], processes: int) -> Iterator[tuple[Job, SongScore]]:
    """Every job and its score, as they are done: in worker processes of one thread each, or here if `processes` is 1.

    Raises what a job raises, and then gives up the others.
    """
    if processes == 1:
        yield from ((job, run(job)) for job in jobs)
        return
    os.environ["OMP_NUM_THREADS"] = "1"  # of the workers, which read it when their libraries load
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        futures = {pool.submit(run, job): job for job in jobs}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)
