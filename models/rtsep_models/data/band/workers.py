"""Songs rendered in worker processes, each with a studio of its own, into a folder that others may read meanwhile."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rtsep_models.data.band.render import keep_song, song_path
from rtsep_models.data.band.splits import Split
from rtsep_models.data.band.studio import Studio, open_studio

_studios: list[Studio] = []
"""The one studio of a worker process; empty in the process that started them."""


def render_songs(
    samples: Path, out: Path, split: Split, seeds: range, workers: int = 1, voices_cache: Path | None = None
) -> None:
    """Render the songs of `seeds` into `out` in `workers` processes; those that are there already are kept.

    Raises RtsepError for what the first worker that fails reports.
    """
    out.mkdir(parents=True, exist_ok=True)
    missing = [seed for seed in seeds if not song_path(out, seed).exists()]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    settings = (samples, split, voices_cache)
    with (
        Progress(*columns) as progress,
        ProcessPoolExecutor(workers, get_context("spawn"), initializer=_open, initargs=settings) as pool,
    ):
        task = progress.add_task(f"{split} songs", total=len(seeds), completed=len(seeds) - len(missing))
        jobs = [pool.submit(_render, out, seed) for seed in missing]
        try:
            for job in as_completed(jobs):
                job.result()
                progress.advance(task)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _open(samples: Path, split: Split, voices_cache: Path | None) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _studios.append(open_studio(samples, split, voices_cache))


def _leave_with_parent() -> None:
    """Ends this process when the one that started it is killed; it would wait for more songs for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _render(out: Path, seed: int) -> None:
    keep_song(out, seed, _studios[0])
