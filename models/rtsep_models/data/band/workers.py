"""Songs rendered in worker processes, each with a studio of its own, into a folder that others may read meanwhile."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context, parent_process
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rtsep_models.data.band.render import keep_song, song_path
from rtsep_models.data.band.song import LENGTH_S
from rtsep_models.data.band.splits import Split
from rtsep_models.data.band.studio import Studio, open_studio


@dataclass(frozen=True)
class Order:
    """What a worker needs to know; fields as in `open_studio`."""

    samples: Path
    out: Path
    split: Split
    voices_cache: Path | None = None
    length_s: tuple[float, float] = LENGTH_S


def render_songs(order: Order, seeds: range, workers: int = 1) -> None:
    """Render the songs of `seeds` into the folder of `order` in `workers` processes; what is there already is kept.

    Raises RtsepError for what the first worker that fails reports.
    """
    order.out.mkdir(parents=True, exist_ok=True)
    missing = [seed for seed in seeds if not song_path(order.out, seed).exists()]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Progress(*columns) as progress,
        ProcessPoolExecutor(workers, get_context("spawn"), initializer=_watch_parent) as pool,
    ):
        task = progress.add_task(f"{order.split} songs", total=len(seeds), completed=len(seeds) - len(missing))
        jobs = [pool.submit(_render, order, seed) for seed in missing]
        try:
            for job in as_completed(jobs):
                job.result()
                progress.advance(task)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _watch_parent() -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """Ends this process when the one that started it is killed; it would wait for more songs for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@lru_cache(maxsize=1)
def _studio(order: Order) -> Studio:
    return open_studio(order.samples, order.split, order.voices_cache, order.length_s)


def _render(order: Order, seed: int) -> None:
    keep_song(order.out, seed, _studio(order))
