"""What a hop costs, in fresh processes at the priority that the host asks for: one process for each repeat."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from rtsep.errors import SeparatorError
from rtsep.lab.bench.hopprocess import Answer, Request
from rtsep.lab.bench.report import HopFigures, Memory, Settings
from rtsep.lab.bench.times import of_durations, timeline
from rtsep.separators.api import RUNTIME_VARIABLE

SLOTS = 180
"""Stretches of a timeline."""


@contextlib.contextmanager
def runtime_named(runtime: str) -> Iterator[None]:
    """Child processes use that runtime; "" leaves it to the environment as it is, and to the separator."""
    before = os.environ.get(RUNTIME_VARIABLE)
    if runtime:
        os.environ[RUNTIME_VARIABLE] = runtime
    try:
        yield
    finally:
        if runtime and before is None:
            del os.environ[RUNTIME_VARIABLE]
        elif runtime and before is not None:
            os.environ[RUNTIME_VARIABLE] = before


def hop_answer(separator: str, runtime: str, sound: Path, settings: Settings) -> Answer:
    """One repeat of one separator; `sound` is a .npy file, (2, T). Raises SeparatorError, also if it hangs."""
    seconds = settings.seconds / settings.repeats
    request = Request(separator, settings.sample_rate, seconds, str(sound), settings.realtime, time.monotonic())
    with runtime_named(runtime):
        return ask(request, settings.limit_s)


def ask(request: Request, limit_s: float) -> Answer:
    """What a process of its own answers. Raises SeparatorError if it fails, dies, or takes `limit_s` longer than it should.

    In a session of its own: Ctrl-C is for us, and ends it with us.
    """
    patience_s = 2.0 * request.seconds + limit_s
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "rtsep.lab.bench.hopprocess"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            said, complaints = process.communicate(msgspec.json.encode(request), patience_s)
        except subprocess.TimeoutExpired:
            raise SeparatorError(
                f"separator {request.separator!r} hangs: no answer within {patience_s:.0f} s"
            ) from None
        finally:
            process.kill()
    if not said:
        last = complaints.decode(errors="replace").strip().splitlines()[-1:]
        reason = last[0] if last else f"its process ended with status {process.returncode}"
        raise SeparatorError(f"separator {request.separator!r} died: {reason}")
    found = msgspec.json.decode(said, type=Answer)
    if found.failed:
        raise SeparatorError(found.failed)
    return found


def hop_figures(answers: Sequence[Answer], settings: Settings) -> HopFigures:
    """What one or more repeats say."""
    seconds, sample_rate = settings.seconds / settings.repeats, settings.sample_rate
    flat, took, begun = (
        [np.array(getattr(answer, name), dtype=np.int64) for answer in answers]
        for name in ("flat_out_ns", "paced_ns", "begun_ns")
    )
    first = answers[0]
    period = 1e6 * first.hop / sample_rate
    skipped = sum(answer.skipped for answer in answers)
    longest, length_s = timeline(begun, took, seconds, SLOTS)
    memory = [answer.memory_mib for answer in answers]
    return HopFigures(
        computes_with=first.computes_with,
        hop=first.hop,
        period=period,
        scheduling=first.scheduling,
        start_s=float(np.median([answer.start_s for answer in answers])),
        load_s=float(np.median([answer.load_s for answer in answers])),
        memory_mib=Memory(*(float(np.median([getattr(m, f) for m in memory])) for f in Memory.__struct_fields__)),
        flat_out=of_durations(flat),
        paced=of_durations(took),
        real_time_factor=float(np.concatenate(flat).mean()) / 1e3 / period,
        due=sum(len(repeat) for repeat in took) + skipped,
        late=sum(answer.late for answer in answers),
        skipped=skipped,
        timeline=longest,
        timeline_s=length_s,
    )
