"""A batch over a cluster: Dask's scheduler hands the same jobs to workers that see the same files."""

from __future__ import annotations

import importlib
import logging
import queue
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from rtsep.errors import ConfigError
from rtsep.host.batch.job import Event, Job, Maker, Outcome, Progressed
from rtsep.host.batch.staging import sweep
from rtsep.host.batch.work import run_job

LOCAL = "local"
"""Instead of a scheduler's address: one that is started here for this batch."""
TELL_S = 0.5
CONNECT_S = "20s"


def run_cluster(jobs: Sequence[Job], maker: Maker, address: str, count: int) -> Iterator[Event]:
    """Do `jobs` on the cluster at `address`: progress as it is told, and one outcome for each.

    For `local`, `count` worker processes are started here. Files are found by their absolute paths, on every machine. Closing
    the iterator early calls off what has not begun. Raises ConfigError if no scheduler answers.
    """
    events: queue.SimpleQueue[Any] = queue.SimpleQueue()
    topic = f"rtsep-{secrets.token_hex(8)}"  # the scheduler may serve other batches too
    left: dict[str, Job] = {}
    try:
        with _client(address, count) as client:
            client.subscribe_topic(topic, lambda event: events.put(Progressed(jobs[event[1][0]], *event[1][1:])))
            futures = [
                client.submit(_work, topic, index, _anywhere(job), maker, pure=False) for index, job in enumerate(jobs)
            ]
            left |= {future.key: job for future, job in zip(futures, jobs, strict=True)}
            for future in futures:
                future.add_done_callback(events.put)
            while left:
                event = events.get()
                yield event if isinstance(event, Progressed) else _outcome(event, left.pop(event.key))
    finally:
        if address == LOCAL:  # its workers have ended with it; others end what they are at
            for job in left.values():
                sweep(Path(job.folder))


def _anywhere(job: Job) -> Job:
    """The same with paths that do not hang on where a process was started."""
    return Job(str(Path(job.source).absolute()), str(Path(job.folder).absolute()))


def _outcome(future: Any, job: Job) -> Outcome:
    """Dask gives up a job that took several workers down."""
    if future.status == "finished":
        outcome: Outcome = future.result()
        stems = {stem: str(Path(job.folder) / Path(path).name) for stem, path in outcome.stems.items()}
        return msgspec.structs.replace(outcome, job=job, stems=stems)
    error = future.exception() if future.status == "error" else None
    reason = f"{type(error).__name__}: {error}" if error else "the scheduler was lost; the same command goes on"
    return Outcome(job=job, status="failed", error=f"{job.source}: {reason}")


@contextmanager
def _client(address: str, count: int) -> Iterator[Any]:
    dask = importlib.import_module("distributed")  # an optional extra
    if address == LOCAL:
        settings: dict[str, Any] = {"n_workers": count, "threads_per_worker": 1, "dashboard_address": None}
        with dask.LocalCluster(silence_logs=logging.CRITICAL, **settings) as cluster, dask.Client(cluster) as client:
            yield client
        return
    try:
        client = dask.Client(address, timeout=CONNECT_S)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"no Dask scheduler answers at {address}: {error}; start one with 'dask scheduler', and 'dask worker' on each machine"
        ) from error
    with client:
        yield client


def _work(topic: str, index: int, job: Job, maker: Maker) -> Outcome:
    """On a worker, in one of its threads. Progress is told to `topic`."""
    worker, told = importlib.import_module("distributed").get_worker(), 0.0

    def on_frames(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > TELL_S:
            told = time.monotonic()
            worker.log_event(topic, (index, done, total))

    return run_job(job, maker, on_frames)
