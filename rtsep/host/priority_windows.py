"""Windows: the Multimedia Class Scheduler's "Pro Audio" task, or else a time-critical thread. Never run by its authors.

The libraries are loaded with `ctypes.CDLL`: 64-bit Windows has one calling convention.
"""

from __future__ import annotations

import ctypes

HIGH_PRIORITY_CLASS = 0x80  # <winbase.h>; REALTIME_PRIORITY_CLASS would starve the mouse, the disks and the driver
THREAD_PRIORITY_TIME_CRITICAL = 15


def schedule(priority: int, period_s: float) -> tuple[str, int, str]:
    """Policy, its own priority and, if refused, why. The calling thread; neither argument means anything here.

    "Pro Audio" also keeps the scheduler's hands off the 20 % of time that Windows reserves for everything else. The
    handle that it returns is never given back: it holds until the thread ends, which is what is wanted.
    """
    try:
        kernel = ctypes.CDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.GetCurrentThread.restype = ctypes.c_void_p
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.SetThreadPriority.argtypes = (ctypes.c_void_p, ctypes.c_int)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), HIGH_PRIORITY_CLASS)
        if _pro_audio():
            return "Pro Audio", 0, ""
        refusal = "Pro Audio: the Multimedia Class Scheduler Service refused or is not running"
        if kernel.SetThreadPriority(kernel.GetCurrentThread(), THREAD_PRIORITY_TIME_CRITICAL):
            return "time-critical", THREAD_PRIORITY_TIME_CRITICAL, refusal
    except (OSError, AttributeError) as error:
        return "normal", 0, f"thread priority: {error}"
    return "normal", 0, refusal


def schedule_others(policy: str, priority: int) -> None:
    """The process has a class of its own; the other threads' place within it is theirs to ask for."""


def lock_memory(only_touched_pages: bool) -> str:
    """Always why not: VirtualLock pins ranges, not processes, and only within the working set's small minimum."""
    return "memory not locked: Windows offers it for single ranges only"


def _pro_audio() -> bool:
    avrt = ctypes.CDLL("avrt")
    avrt.AvSetMmThreadCharacteristicsW.argtypes = (ctypes.c_wchar_p, ctypes.POINTER(ctypes.c_uint32))
    avrt.AvSetMmThreadCharacteristicsW.restype = ctypes.c_void_p
    task_index = ctypes.c_uint32(0)
    return bool(avrt.AvSetMmThreadCharacteristicsW("Pro Audio", ctypes.byref(task_index)))
