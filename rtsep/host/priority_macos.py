"""macOS: the time-constraint policy, as in Apple's Technical Note TN2169. Never run by its authors."""

from __future__ import annotations

import ctypes

THREAD_TIME_CONSTRAINT_POLICY = 2  # <mach/thread_policy.h>


class _TimeConstraint(ctypes.Structure):
    """thread_time_constraint_policy_data_t; times in units of mach_absolute_time."""

    _fields_ = (
        ("period", ctypes.c_uint32),
        ("computation", ctypes.c_uint32),
        ("constraint", ctypes.c_uint32),
        ("preemptible", ctypes.c_uint32),
    )


class _Timebase(ctypes.Structure):
    """mach_timebase_info_data_t: nanoseconds = ticks * numer / denom."""

    _fields_ = (("numer", ctypes.c_uint32), ("denom", ctypes.c_uint32))


def schedule(priority: int, period_s: float) -> tuple[str, int, str]:
    """Policy, priority (always 0) and, if refused, why. The calling thread; `priority` means nothing here.

    The kernel is promised that every `period_s` half of that is computed, done by the period's end. A thread that
    breaks its promise grossly is demoted by the kernel, not stopped.
    """
    try:
        libc = ctypes.CDLL(None)
        libc.pthread_self.restype = ctypes.c_void_p
        libc.pthread_mach_thread_np.argtypes = (ctypes.c_void_p,)
        libc.pthread_mach_thread_np.restype = ctypes.c_uint32
        libc.thread_policy_set.argtypes = (ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_uint32)
        timebase = _Timebase()
        libc.mach_timebase_info(ctypes.byref(timebase))
        period = round(period_s * 1e9 * timebase.denom / timebase.numer)
        promise = _TimeConstraint(period, period // 2, period, 1)
        words = ctypes.sizeof(promise) // ctypes.sizeof(ctypes.c_int)
        thread = libc.pthread_mach_thread_np(libc.pthread_self())
        status = libc.thread_policy_set(thread, THREAD_TIME_CONSTRAINT_POLICY, ctypes.byref(promise), words)
    except (OSError, AttributeError, ZeroDivisionError) as error:
        return "normal", 0, f"time-constraint policy: {error}"
    if status != 0:
        return "normal", 0, f"time-constraint policy: kern_return_t {status}"
    return "time-constraint", 0, ""


def schedule_others(policy: str, priority: int) -> None:
    """Threads ask for themselves here, each with its own period: the others stay as they are."""


def lock_memory(only_touched_pages: bool) -> str:
    """Always why not: mlockall exists in the C library and returns ENOSYS."""
    return "memory not locked: macOS has no mlockall"
