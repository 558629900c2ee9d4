"""The separator process: `python -m rtsep.host.separator_process BLOCK SEAT`. Loads one plugin, runs it when woken."""

from __future__ import annotations

import os
import sys
import time

import numpy as np

from rtsep.control import short_name
from rtsep.errors import RtsepError
from rtsep.host import config as configuration
from rtsep.host.memory import limit_memory
from rtsep.host.priority import RealtimeReport, below, raise_other_threads, raise_priority, settle_memory
from rtsep.host.worker import Worker
from rtsep.realtime.atomics import CONTEXT
from rtsep.realtime.stems import note
from rtsep.separators.api import Separator
from rtsep.separators.registry import create
from rtsep.separators.resample import adapt
from rtsep.shared.block import Block, attach
from rtsep.shared.events import STARTED, now_ns
from rtsep.shared.semaphore import Semaphore

REHEARSAL_S, LONGEST_REHEARSAL_S = 0.4, 1.0
REHEARSAL_HOPS = 100
"""What long hops are given more time for."""
WARM_UP_HOPS = 40
WARM_UP_S = 3.0
"""Bounds the warm-up of networks that take long for a hop: a start must not take minutes."""
IDLE_S = 0.1


def rehearse(separator: Separator, sample_rate: float) -> tuple[int, int]:
    """p99.9 and mean of the compute time of one hop in ns, on noise at -20 dBFS, after a warm-up. Leaves it reset.

    Hops are measured at the pace that they will come at: a processor that has idled in between is slower and its caches
    are cold, so that flat out the same hop may take a quarter of the time. Warms up for `WARM_UP_HOPS` or `WARM_UP_S`,
    measures for `REHEARSAL_S`, or for as long as `REHEARSAL_HOPS` take up to `LONGEST_REHEARSAL_S`, but at least one hop
    each. So one that takes seconds for a hop is known after two or three.
    """
    spec = separator.spec
    generator = np.random.default_rng(0)
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)

    def timed(limit_s: float, most: int = sys.maxsize, period_s: float = 0.0) -> list[int]:
        """Compute times of up to `most` hops, ns, each begun `period_s` after the one before or as soon as that has ended; none
        begins later than `limit_s` from now, but the first."""
        times: list[int] = []
        end = time.perf_counter() + limit_s
        while not times or (len(times) < most and time.perf_counter() < end):
            mix = generator.normal(0.0, 0.1, (spec.channels, spec.hop)).astype(np.float32)
            begin = time.perf_counter_ns()
            separator.process(mix, out)
            times.append(time.perf_counter_ns() - begin)
            time.sleep(max(0.0, min(period_s - 1e-9 * times[-1], end - time.perf_counter())))
        return times

    timed(WARM_UP_S, most=WARM_UP_HOPS)
    period_s = spec.hop / sample_rate
    counted = timed(min(max(REHEARSAL_S, REHEARSAL_HOPS * period_s), LONGEST_REHEARSAL_S), period_s=period_s)
    separator.reset()
    # "lower": of a hundred hops the worst would be it otherwise, and one stall of the machine would stay for the whole show.
    return int(np.percentile(counted, 99.9, method="lower")), int(np.mean(counted))


def load(block: Block, name: str) -> Separator:
    """A plugin, adapted to the device's rate and prepared. Raises RtsepError and whatever the plugin raises."""
    rate = round(block.get("sample_rate"))
    separator = adapt(create(name), rate)
    separator.prepare(rate)
    return separator


def prepare(block: Block, realtime: bool) -> Separator:
    """Load the plugin, in real time where that is granted: threads that it starts inherit the priority.

    Not so beside a separator that plays: seconds of loading in real time would starve everything else on their processor,
    and for that the kernel takes time from all real-time threads there (sched(7), "Limiting the CPU usage").
    """
    name = block.text("separator")
    if not realtime:
        return load(block, name)
    if heard(block):
        raise_priority("separator", priority=priority_of(block))
    separator = load(block, name)
    block.set_text("separator_realtime", str(settle_memory(raise_now(block, separator))))
    return separator


def heard(block: Block) -> bool:
    """Whether the separator in this seat is the one that plays, or is to replace it."""
    return block.get("playing_seat") == block.seat


def priority_of(block: Block) -> int:
    """One lower while another separator plays: rehearsing must not hold that one up."""
    priority = below(int(block.get("device_priority")))
    return priority if heard(block) else max(1, priority - 1)


def raise_now(block: Block, separator: Separator) -> RealtimeReport:
    """Raise this process, with the threads that the plugin has started, to what its seat is worth."""
    period_s = separator.spec.hop / block.get("sample_rate")
    raised = raise_priority("separator", priority=priority_of(block), period_s=period_s)
    raise_other_threads(raised)
    return raised


def take_over(block: Block, separator: Separator) -> None:
    """Take the priority of a separator that is heard."""
    _, _, refusals = block.text("separator_realtime").partition("; ")
    block.set_text("separator_realtime", "; ".join(filter(None, (str(raise_now(block, separator)), refusals))))


def measure(block: Block, separator: Separator) -> None:
    """Measure a separator that is new to its seat; after a restart the show must go on, and the figures are known."""
    if block.get("measured_load") == block.get("load"):
        return
    for field in ("hop_histogram", "hop_ns_max", "wake_histogram", "turnaround_histogram"):
        block.set(field, 0)  # they speak of another separator
    worst, mean = rehearse(separator, block.get("sample_rate"))
    block.set("measured_hop_ns", worst)
    block.set("measured_mean_ns", mean)
    block.set("measured_load", block.get("load"))


def run(block: Block, separator: Separator, realtime: bool) -> None:
    """Announce the separator, then serve hops until the block says stop. Raises the plugin's exception if it is broken."""
    spec = separator.spec
    measure(block, separator)
    limit_memory(getattr(separator, "memory_limit", None))
    semaphore = Semaphore(block.name, block.seat)
    while semaphore.wait(0.0):
        pass  # posts that nobody took while there was no separator
    context = np.zeros(1, dtype=CONTEXT)
    context["block"] = block.address
    block.set("adapted_hop", spec.hop)
    block.set("adapted_delay", spec.delay)
    block.set("resampling_delay", getattr(separator, "resampling", 0))
    block.set_text("runtime", getattr(separator, "runtime", ""))
    worker = Worker(block, separator, context.ctypes.data)
    # The hop is the control process's to publish; it does so on seeing the figures above.
    block.set("separator_ready", 1)
    while not block.get("hop") and not block.get("stop"):
        time.sleep(0.001)
    worker.join()
    waiting = realtime and not heard(block)
    while not block.get("stop"):
        if not worker.ready():
            if waiting and heard(block):
                waiting = False
                take_over(block, separator)
            posted = semaphore.wait(IDLE_S)
            if posted and worker.ready():
                worker.count_wake()
            continue
        worker.skip_to_present()
        worker.run_hop()


def main() -> None:
    """Entry point of the process. Exit status 1: the plugin failed, the reason stands in `separator_error`."""
    block = attach(sys.argv[1], "separator", int(sys.argv[2]))
    block.set("separator_ready", 0)
    block.set_text("separator_error", "")
    pid, before, position = os.getpid(), int(block.get("separator_pid")), int(block.get("position"))
    block.set("separator_pid", pid)
    note(block.address, block.seat_address, now_ns(), STARTED, position, pid, before)
    realtime = configuration.decode(block.array("config").tobytes()).realtime
    try:
        run(block, prepare(block, realtime), realtime)
    except RtsepError as error:
        block.set_text("separator_error", str(error))
        sys.exit(1)
    except Exception as error:
        name = short_name(block.text("separator"))
        block.set_text("separator_error", f"separator {name!r} failed: {type(error).__name__}: {error}")
        raise


if __name__ == "__main__":
    main()
