"""One repeat of one separator's hops: `python -m rtsep.lab.bench.hopprocess`, a request on standard input, an answer on
standard output. Anything may go wrong in here; the process that asked goes on.
"""

from __future__ import annotations

import os
import sys
import time

import msgspec
import numpy as np
import psutil

from rtsep.errors import RtsepError
from rtsep.host.priority import RealtimeReport, below, raise_other_threads, raise_priority, settle_memory
from rtsep.lab.bench.report import Memory
from rtsep.lab.hopcost import flat_out_ns, paced, prepared
from rtsep.separators.api import Separator

MIB = 1 << 20
WARM_UP_S = 0.3


class Request(msgspec.Struct, frozen=True):
    """`sound`: a .npy file, (2, T); `began`: monotonic time at which the process was started, s."""

    separator: str
    sample_rate: int
    seconds: float
    sound: str
    realtime: bool
    began: float


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Durations in ns; or `failed`."""

    failed: str = ""
    computes_with: str = ""
    hop: int = 0
    scheduling: str = ""
    start_s: float = 0.0
    load_s: float = 0.0
    memory_mib: Memory = Memory(0.0, 0.0, 0.0)
    flat_out_ns: list[int] = []
    paced_ns: list[int] = []
    begun_ns: list[int] = []
    late: int = 0
    skipped: int = 0


def answer(request: Request) -> Answer:
    """Load, warm up, flat out, paced. Raises whatever the plugin raises."""
    before, begin = _resident_mib(), time.monotonic()
    if request.realtime:
        raise_priority("separator", priority=below(0))
    separator = prepared(request.separator, request.sample_rate)
    loaded, ready = _resident_mib(), time.monotonic()
    granted = _granted(separator, request)
    sound = np.load(request.sound)
    flat_out_ns(separator, sound, request.sample_rate, WARM_UP_S)
    separator.reset()
    flat = flat_out_ns(separator, sound, request.sample_rate, request.seconds / 2)
    separator.reset()
    on_time = paced(separator, sound, request.sample_rate, request.seconds)
    return Answer(
        computes_with=getattr(separator, "runtime", ""),
        hop=separator.spec.hop,
        scheduling=granted,
        start_s=ready - request.began,
        load_s=ready - begin,
        memory_mib=Memory(before, loaded, _resident_mib()),
        flat_out_ns=flat.tolist(),
        paced_ns=on_time.took_ns.tolist(),
        begun_ns=on_time.begun_ns.tolist(),
        late=on_time.late,
        skipped=on_time.skipped,
    )


def _granted(separator: Separator, request: Request) -> str:
    """Real time as in the host's separator process; what was granted, in words."""
    if not request.realtime:
        return str(RealtimeReport("separator", "normal", 0, False, False, ()))
    period_s = separator.spec.hop / request.sample_rate
    raised = raise_priority("separator", priority=below(0), period_s=period_s)
    raise_other_threads(raised)
    return str(settle_memory(raised))


def _resident_mib() -> float:
    return round(psutil.Process().memory_info().rss / MIB, 1)


def main() -> None:
    """Entry point of the process. What plugins print goes to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    try:
        found = answer(request)
    except RtsepError as error:
        found = Answer(failed=str(error))
    except Exception as error:
        found = Answer(failed=f"separator {request.separator!r} failed: {type(error).__name__}: {error}")
    with sink:
        sink.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
