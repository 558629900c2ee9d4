"""The separator process: `python -m rtsep.host.separator_process BLOCK`. Loads one plugin and runs it when woken."""

from __future__ import annotations

import os
import sys
import time

import numpy as np

from rtsep.errors import RtsepError
from rtsep.host import config as configuration
from rtsep.host.config import HostConfig
from rtsep.host.priority import below, raise_priority, settle_memory
from rtsep.host.worker import Worker
from rtsep.realtime.atomics import CONTEXT
from rtsep.realtime.stems import count_wake
from rtsep.separators.api import Separator
from rtsep.separators.registry import create
from rtsep.separators.resample import adapt
from rtsep.shared.block import Block, attach
from rtsep.shared.semaphore import Semaphore

REHEARSAL_S = 0.4
REHEARSAL_HOPS = 1000
WARM_UP_HOPS = 40
IDLE_S = 0.1


def rehearse(separator: Separator) -> int:
    """p99.9 of the compute time of one hop in ns, on noise at -20 dBFS, after a warm-up. Leaves the separator reset.

    Measures for `REHEARSAL_S` or `REHEARSAL_HOPS`, whichever ends first.
    """
    spec = separator.spec
    generator = np.random.default_rng(0)
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)
    times: list[int] = []
    end = time.perf_counter() + REHEARSAL_S
    while len(times) < WARM_UP_HOPS + 1 or (time.perf_counter() < end and len(times) < REHEARSAL_HOPS):
        mix = generator.normal(0.0, 0.1, (spec.channels, spec.hop)).astype(np.float32)
        begin = time.perf_counter_ns()
        separator.process(mix, out)
        times.append(time.perf_counter_ns() - begin)
    separator.reset()
    return int(np.percentile(times[WARM_UP_HOPS:], 99.9))


def load(block: Block, name: str) -> Separator:
    """A plugin, adapted to the device's rate and prepared. Raises RtsepError and whatever the plugin raises."""
    rate = round(block.get("sample_rate"))
    separator = adapt(create(name), rate)
    separator.prepare(rate)
    return separator


def prepare(block: Block, config: HostConfig) -> Separator:
    """Load the plugin, in real time where that is granted: threads that it starts inherit the priority."""
    if not config.realtime:
        return load(block, config.separator)
    priority = below(int(block.get("device_priority")))
    raised = raise_priority("separator", priority=priority)
    separator = load(block, config.separator)
    if sys.platform == "darwin":  # which wants to know the period, and where threads inherit nothing
        period_s = separator.spec.hop / block.get("sample_rate")
        raised = raise_priority("separator", priority=priority, period_s=period_s)
    block.set_text("separator_realtime", str(settle_memory(raised)))
    return separator


def run(block: Block, separator: Separator) -> None:
    """Announce the separator, then serve hops until the block says stop. Raises the plugin's exception if it is broken."""
    spec = separator.spec
    if block.get("measured_hop_ns") == 0:  # after a restart the show must go on: the figure is known
        block.set("measured_hop_ns", rehearse(separator))
    semaphore = Semaphore(block.name)
    while semaphore.wait(0.0):
        pass  # posts that nobody took while there was no separator
    context = np.zeros(1, dtype=CONTEXT)
    context["block"] = block.address
    block.set("adapted_hop", spec.hop)
    block.set("adapted_delay", spec.delay)
    block.set("resampling_delay", getattr(separator, "resampling", 0))
    # The hop is the control process's to publish; it does so on seeing the figures above.
    block.set("separator_ready", 1)
    while not block.get("hop") and not block.get("stop"):
        time.sleep(0.001)
    worker = Worker(block, separator, context.ctypes.data)
    worker.join()
    while not block.get("stop"):
        if not worker.ready():
            posted = semaphore.wait(IDLE_S)
            if posted and worker.ready():
                count_wake(context.ctypes.data, block.address)
            continue
        worker.skip_to_present()
        worker.run_hop()


def main() -> None:
    """Entry point of the process. Exit status 1: the plugin failed, the reason stands in `separator_error`."""
    block = attach(sys.argv[1], "separator")
    block.set("separator_ready", 0)
    block.set_text("separator_error", "")
    block.set("separator_pid", os.getpid())
    config = configuration.decode(block.array("config").tobytes())
    try:
        run(block, prepare(block, config))
    except RtsepError as error:
        block.set_text("separator_error", str(error))
        sys.exit(1)
    except Exception as error:
        block.set_text("separator_error", f"separator {config.separator!r} failed: {type(error).__name__}: {error}")
        raise


if __name__ == "__main__":
    main()
