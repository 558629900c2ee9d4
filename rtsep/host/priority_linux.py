"""Linux: SCHED_FIFO, or else a nicer nice value; mlockall where it cannot do harm."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
from pathlib import Path

NICE = -11
"""What PulseAudio and PipeWire ask for their own threads."""

MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT = 1, 2, 4  # <asm-generic/mman.h>; all the machines that PyTorch runs on share it
CAP_IPC_LOCK = 14  # bit number, <linux/capability.h>


def schedule(priority: int, period_s: float) -> tuple[str, int, str]:
    """Policy, priority and, where that is not what was asked for, why. `period_s` is not needed here.

    Acts on the calling thread alone: pid 0 means that, to the kernel, for the scheduler and the nice value alike.
    """
    limit = _raise_to_hard_limit(resource.RLIMIT_RTPRIO)
    wanted = max(os.sched_get_priority_min(os.SCHED_FIFO), min(priority, os.sched_get_priority_max(os.SCHED_FIFO)))
    if _fifo(wanted):
        return "SCHED_FIFO", wanted, ""
    if 0 < limit < wanted and _fifo(limit):
        return "SCHED_FIFO", limit, f"SCHED_FIFO {wanted}: RLIMIT_RTPRIO allows {limit}"
    refusal = f"SCHED_FIFO {wanted}: not permitted, RLIMIT_RTPRIO is {limit}; see 'rtsep doctor'"
    try:
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
    except OSError:
        return "normal", 0, refusal
    return "nice", NICE, refusal


def schedule_others(policy: str, priority: int) -> None:
    """Give every thread of this process the caller's policy ("SCHED_FIFO" or "nice") and priority. Never raises."""
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):  # it has just ended
            if policy == "SCHED_FIFO":
                os.sched_setscheduler(int(task.name), os.SCHED_FIFO, os.sched_param(priority))
            else:
                os.setpriority(os.PRIO_PROCESS, int(task.name), priority)


def lock_memory(only_touched_pages: bool) -> str:
    """Keep this process's memory from being paged out. Empty, or why not.

    Undone by exec, not inherited by fork: each process asks for itself.
    """
    # MCL_FUTURE under a finite RLIMIT_MEMLOCK is a trap: from the moment the limit is reached every later mmap, so
    # every larger malloc and every new thread's stack, FAILS, and the process dies on stage for want of memory that
    # the machine has. A page fault now and then is the lesser evil, so it is all or nothing.
    limit = _raise_to_hard_limit(resource.RLIMIT_MEMLOCK)
    if limit != resource.RLIM_INFINITY and not may_lock_without_limit():
        return f"memory not locked: RLIMIT_MEMLOCK is {limit // 1024} KiB, must be unlimited; see 'rtsep doctor'"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlockall(MCL_CURRENT | MCL_FUTURE | (MCL_ONFAULT if only_touched_pages else 0)) != 0:
        return f"memory not locked: {os.strerror(ctypes.get_errno())}"
    return ""


def may_lock_without_limit() -> bool:
    """True with CAP_IPC_LOCK in force, as root usually has it; containers often take it away even from root."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return False
    held = next((line.split()[1] for line in status.splitlines() if line.startswith("CapEff:")), "0")
    return bool(int(held, 16) >> CAP_IPC_LOCK & 1)


def _fifo(priority: int) -> bool:
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(priority))
    except OSError:
        return False
    return True


def _raise_to_hard_limit(kind: int) -> int:
    """The limit now in force; anybody may raise the soft one as far as the hard one."""
    soft, hard = resource.getrlimit(kind)
    try:
        resource.setrlimit(kind, (hard, hard))
    except (OSError, ValueError):
        return soft
    return hard
