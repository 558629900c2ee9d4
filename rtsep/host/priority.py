"""Asks the operating system for real-time treatment, and says honestly how much of it was granted."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from typing import Literal

if sys.platform == "linux":
    from rtsep.host.priority_linux import lock_memory, schedule
elif sys.platform == "darwin":
    from rtsep.host.priority_macos import lock_memory, schedule
else:
    from rtsep.host.priority_windows import lock_memory, schedule

Role = Literal["audio", "separator"]

SEPARATOR_PRIORITY = 52
"""SCHED_FIFO priority: below JACK's clients, which run 5 below their server (55 under `jackd -P 60`), above a desktop's and
most of the kernel's threaded interrupts' (50). A separator that overruns must never hold up the callback that covers for
it: as FIFO threads of equal priority do not preempt each other, at 55 it did (161 xruns in 5 s with two busy threads, at 52
one)."""


def below(callback_priority: int) -> int:
    """The separator's priority under a callback's own; 0: unknown, take `SEPARATOR_PRIORITY`.

    >>> below(0), below(55), below(5), below(1)
    (52, 52, 2, 1)
    """
    return min(SEPARATOR_PRIORITY, max(1, callback_priority - 3)) if callback_priority else SEPARATOR_PRIORITY


@dataclass(frozen=True)
class RealtimeReport:
    """What was granted to the calling thread and its process.

    `policy` is "SCHED_FIFO", "nice", "time-constraint", "Pro Audio", "time-critical" or "normal"; `priority` is that
    policy's own number, 0 where it has none. `refusals` says what was not granted and why, one short line each.
    """

    role: Role
    policy: str
    priority: int
    memory_locked: bool
    gc_frozen: bool
    refusals: tuple[str, ...]


def go_realtime(
    role: Role, *, priority: int | None = None, period_s: float = 0.003, disable_gc: bool = False
) -> RealtimeReport:
    """Raise the calling thread, lock the process's memory, take what lives now out of the garbage collector's sight.

    Call it on the thread that does the work, once everything long-lived is loaded. Never raises.

    `priority` (SCHED_FIFO, 1-99) defaults to `SEPARATOR_PRIORITY` for the separator and to none at all for audio: the
    audio process's main thread only watches, and JACK schedules its callback thread itself. PortAudio's ALSA thread
    inherits from the thread that opens the stream, so there a priority is worth giving. Threads and children started
    afterwards inherit: a network's worker threads belong with their master, so call this before they start.

    `period_s` is the hop, which macOS wants to know. `disable_gc` switches collection off altogether; only for a loop
    that makes no reference cycles, as each of them would then leak.

    Linux is tested; the macOS and Windows parts follow their vendors' documentation and have never been run.
    """
    if priority is None and role == "separator":
        priority = SEPARATOR_PRIORITY
    policy, granted, refused = ("normal", 0, "") if priority is None else schedule(priority, period_s)
    # The separator's libraries map far more than they touch (CUDA reserves terabytes of addresses), so that there only
    # pages in use are pinned. The audio process is small: all of it, stacks included, is brought in at once.
    not_locked = lock_memory(only_touched_pages=role == "separator")
    gc.collect()
    gc.freeze()
    if disable_gc:
        gc.disable()
    return RealtimeReport(
        role=role,
        policy=policy,
        priority=granted,
        memory_locked=not not_locked,
        gc_frozen=gc.get_freeze_count() > 0,
        refusals=tuple(reason for reason in (refused, not_locked) if reason),
    )
