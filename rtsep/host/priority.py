"""Asks the operating system for real-time treatment, and says honestly how much of it was granted."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass, replace
from typing import Literal

if sys.platform == "linux":
    from rtsep.host.priority_linux import lock_memory, schedule, schedule_others
elif sys.platform == "darwin":
    from rtsep.host.priority_macos import lock_memory, schedule, schedule_others
else:
    from rtsep.host.priority_windows import lock_memory, schedule, schedule_others

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

    def __str__(self) -> str:
        """One line, as the shared block carries it."""
        return "; ".join((f"{self.policy} {self.priority}", *self.refusals))


def raise_priority(role: Role, *, priority: int | None, period_s: float = 0.003) -> RealtimeReport:
    """Raise the calling thread. Call it before the plugin is loaded: threads started afterwards inherit.

    Never raises. A network's worker threads belong with their master, and they start as soon as it is loaded.

    `priority` is SCHED_FIFO's, 1-99: `below()` for the separator. None leaves the thread as it is, as for the audio
    process's main thread where that only watches, since JACK schedules its callback thread itself. PortAudio's ALSA thread
    inherits from the thread that opens the stream, so there a priority is worth giving.

    `period_s` is the hop. Only macOS wants to know, and threads do not inherit there: call it again once it is known.

    Linux is tested; the macOS and Windows parts follow their vendors' documentation and have never been run.
    """
    policy, granted, refused = ("normal", 0, "") if priority is None else schedule(priority, period_s)
    return RealtimeReport(role, policy, granted, False, False, (refused,) if refused else ())


def raise_other_threads(report: RealtimeReport) -> None:
    """Give what `report` says was granted to the process's other threads too, where that can be done. Never raises."""
    if report.policy != "normal":
        schedule_others(report.policy, report.priority)


def settle_memory(report: RealtimeReport, *, disable_gc: bool = False) -> RealtimeReport:
    """Lock the process's memory, take what lives now out of the garbage collector's sight. `report` with that added.

    Call it once everything long-lived is loaded. Never raises.

    `disable_gc` switches collection off altogether; only for a loop that makes no reference cycles, as each of them
    would then leak.
    """
    # The separator's libraries map far more than they touch (CUDA reserves terabytes of addresses), so that there only
    # pages in use are pinned. The audio process is small: all of it, stacks included, is brought in at once.
    not_locked = lock_memory(only_touched_pages=report.role == "separator")
    gc.collect()
    gc.freeze()
    if disable_gc:
        gc.disable()
    return replace(
        report,
        memory_locked=not not_locked,
        gc_frozen=gc.get_freeze_count() > 0,
        refusals=(*report.refusals, not_locked) if not_locked else report.refusals,
    )


def go_realtime(
    role: Role, *, priority: int | None = None, period_s: float = 0.003, disable_gc: bool = False
) -> RealtimeReport:
    """Both at once, for a process that loads nothing and starts no threads of its own in between: the audio process."""
    return settle_memory(raise_priority(role, priority=priority, period_s=period_s), disable_gc=disable_gc)
