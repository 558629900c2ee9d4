"""The three C functions that kernels call: read the clock, wake a process, sleep. None of them blocks but the last."""

from __future__ import annotations

import sys
from typing import Any

from numba import njit, types

from rtsep.realtime.atomics import KERNEL, context_at, field_pointer, pointer_at

_INT32, _INT64, _VOID = types.int32, types.int64, types.voidptr

ALLOWED_CALLS: frozenset[str]
"""C functions that code reachable from the callback may call."""

if sys.platform == "win32":
    _release: Any = types.ExternalFunction("ReleaseSemaphore", _INT32(_VOID, _INT32, _VOID))
    _counter: Any = types.ExternalFunction("QueryPerformanceCounter", _INT32(_VOID))
    _frequency: Any = types.ExternalFunction("QueryPerformanceFrequency", _INT32(_VOID))
    ALLOWED_CALLS = frozenset({"ReleaseSemaphore", "QueryPerformanceCounter", "QueryPerformanceFrequency"})

    @njit(**KERNEL)
    def now_ns(context: Any) -> int:
        """Monotonic time in ns, the clock of `time.perf_counter_ns`."""
        _frequency(field_pointer(context, "clock"))
        frequency = context.clock[0]
        _counter(field_pointer(context, "clock"))
        ticks = context.clock[0]
        return ticks // frequency * 1_000_000_000 + ticks % frequency * 1_000_000_000 // frequency

    @njit(**KERNEL)
    def wake(context: Any, seat: int) -> None:
        """Post a seat's semaphore, if the context has one. Never blocks."""
        if context.wake[seat] != 0:
            _release(pointer_at(context.wake[seat]), 1, pointer_at(context.wake[seat] * 0))

else:
    _gettime: Any = types.ExternalFunction("clock_gettime", _INT32(_INT32, _VOID))
    _post: Any = types.ExternalFunction("sem_post", _INT32(_VOID))
    _MONOTONIC = 6 if sys.platform == "darwin" else 1
    ALLOWED_CALLS = frozenset({"clock_gettime", "sem_post"})

    @njit(**KERNEL)
    def now_ns(context: Any) -> int:
        """Monotonic time in ns, the clock of `time.monotonic_ns`."""
        _gettime(_MONOTONIC, field_pointer(context, "clock"))
        return context.clock[0] * 1_000_000_000 + context.clock[1]

    @njit(**KERNEL)
    def wake(context: Any, seat: int) -> None:
        """Post a seat's semaphore, if the context has one. Never blocks."""
        if context.wake[seat] != 0:
            _post(pointer_at(context.wake[seat]))


@njit("int64(uint64)", **KERNEL)
def clock_ns(context: int) -> int:
    """`now_ns` for Python callers, by the context's address."""
    return now_ns(context_at(context))


@njit("void(uint64, int64)", **KERNEL)
def post(context: int, seat: int) -> None:
    """`wake` for Python callers, by the context's address."""
    wake(context_at(context), seat)
