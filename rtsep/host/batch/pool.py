"""A batch over processes of this machine. Each is a slot that takes one job after the other, on one thread.

A slot whose process dies (a plugin that crashes, a machine without memory) fails its job and gets another process. Progress
comes through plain shared memory: no lock that a dying process could keep.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from rtsep.host.batch.job import Event, Job, Maker, Outcome, Progressed
from rtsep.host.batch.staging import sweep
from rtsep.host.batch.work import run_job

POLL_S = 0.1
ENDING_S = 5.0
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""What numerical libraries read when they are loaded."""


def run_local(jobs: Sequence[Job], maker: Maker, count: int) -> Iterator[Event]:
    """Do `jobs` in `count` processes: progress as it is made, and one outcome for each.

    Closing the iterator early ends the processes; of the jobs under way nothing is left.
    """
    waiting = list(jobs)[::-1]
    slots = [_Slot(maker) for _ in range(min(count, len(waiting)))]
    try:
        for slot in slots:
            slot.give(waiting.pop())
        while busy := [slot for slot in slots if slot.job]:
            ready = wait([slot.connection for slot in busy], POLL_S)
            for slot in busy:
                if slot.connection not in ready:
                    yield slot.progress()
                    continue
                outcome = slot.take()
                if waiting:
                    slot.give(waiting.pop())
                yield outcome
    finally:
        for slot in slots:
            slot.end()


class _Slot:
    """A process and the job it does."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._context = multiprocessing.get_context("spawn")
        self.job: Job | None = None
        self._start()

    def _start(self) -> None:
        self._frames: Any = self._context.RawArray("q", 2)
        self.connection, other = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(other, self._frames, self._maker), daemon=True)
        with _one_thread():
            self._process.start()
        other.close()

    def give(self, job: Job) -> None:
        """The next job; the process is idle."""
        self.job = job
        self._frames[:] = 0, 0
        with contextlib.suppress(ConnectionError):  # it died already, as `take` will find
            self.connection.send(job)

    def progress(self) -> Progressed:
        """Of the job under way."""
        assert self.job is not None
        return Progressed(self.job, *self._frames)

    def take(self) -> Outcome:
        """What came of the job; the process is idle again, a new one if it died."""
        assert self.job is not None
        try:
            outcome: Outcome = self.connection.recv()
        except (EOFError, ConnectionError):
            self.end()
            status = self._process.exitcode
            reason = f"its process died (status {status}); try it alone, or with fewer --jobs if memory is short"
            outcome = Outcome(job=self.job, status="failed", error=f"{self.job.source}: {reason}")
            self._start()
        self.job = None
        return outcome

    def end(self) -> None:
        """No process any more, and nothing of an unfinished job."""
        self.connection.close()
        self._process.terminate()
        self._process.join(ENDING_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self.job is not None:
            sweep(Path(self.job.folder))


@contextmanager
def _one_thread() -> Iterator[None]:
    """What is started within computes on one thread."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _serve(connection: Connection, frames: Any, maker: Maker) -> None:
    """A slot's process: jobs in, outcomes out. Ctrl-C, which everybody hears, is the parent's to act upon."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()

    def on_frames(done: int, total: int) -> None:
        frames[0], frames[1] = done, total

    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        connection.send(run_job(job, maker, on_frames))


def _follow_parent() -> None:
    """A batch that was killed goes on in nobody's name."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
