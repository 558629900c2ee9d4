"""What timing events cost, and whether a recording of a minute is whole.

The cost of one event is that of the callback's own kernel, noting again and again through the whole ring. The cost to a callback
is the difference between the same host's callbacks with events and without, turn about, a separator's hops in between as live, at
the smallest block that hosts are run with. A callback is held to spend no more than a thousandth of its period on it, so that it
may always be on. The recording is of `rtsep run` with a device that keeps time but makes no sound, read as `rtsep trace` does.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numba import njit

from benchmarks.livehost import LiveHost
from benchmarks.report import Report, arguments, say
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.offline import OfflineHost
from rtsep.lab.percentiles import percentiles
from rtsep.lab.trace.figures import figures
from rtsep.lab.trace.recording import live
from rtsep.lab.trace.telling import tell
from rtsep.realtime.atomics import KERNEL, header_at
from rtsep.realtime.noting import note
from rtsep.separators.registry import create
from rtsep.shared.events import AUDIO_EVENTS, CALLBACK

_OPTIONS: dict[str, Any] = KERNEL | {"cache": False}
TURN = 64
"""Callbacks with events, then as many without."""


@njit("void(uint64, int64)", **_OPTIONS)
def note_often(block: int, count: int) -> None:
    """So many events."""
    header: Any = header_at(block)
    for i in range(count):
        note(block, header, i, CALLBACK, i, i, i)


def event_ns(host: OfflineHost, rounds: int) -> list[float]:
    """Time for one event, mean of each round through the ring."""
    block, times = host.audio.address, []
    for _ in range(rounds):
        begin = time.perf_counter_ns()
        note_often(block, AUDIO_EVENTS.events)
        times.append((time.perf_counter_ns() - begin) / AUDIO_EVENTS.events)
    return times


def callback_ns(host: OfflineHost, turns: int) -> tuple[np.ndarray, np.ndarray]:
    """Durations of callbacks with events and without, (turns, TURN) each; a hop is computed whenever one waits."""
    frames, channels = int(host.control.get("block")), host.spec.channels
    music = np.random.default_rng(0).normal(0.0, 0.1, (frames, channels)).astype(np.float32)
    out = np.zeros((frames, channels), dtype=np.float32)
    times = np.zeros((2, turns, TURN))
    for turn in range(turns):
        for on in (turn % 2, 1 - turn % 2):
            host.control.set("events_on", on)
            for i in range(TURN):
                begin = time.perf_counter_ns()
                host._driver.run(music, out)
                times[on, turn, i] = time.perf_counter_ns() - begin
                while host._worker.ready():
                    host._worker.run_hop()
    host.control.set("events_on", 1)
    return times[1], times[0]


def recorded(block: int, separator: str, seconds: float) -> dict[str, Any]:
    """A host that plays, recorded: whether every callback is there, and what it was like."""
    with LiveHost("-d", "null", "--block", str(block), "-s", separator, "--no-session") as host:
        time.sleep(2.0)
        found = live(host.block, seconds)
    story = tell(found)
    gaps = np.diff([callback.position for callback in story.callbacks]) != block
    events = {name: len(rows) for name, rows in found.events.items()}
    told = figures(story)
    rows = {row.name: {"count": row.count, "p50_us": row.p50_us, "p99_us": row.p99_us} for row in told.rows}
    return {"lost": found.lost, "gaps": int(gaps.sum()), "events": events, "rows": rows, "counts": told.counts}


def main() -> None:
    """Measure, write, print."""
    parser = arguments("trace", "what timing events cost, and whether they are complete")
    parser.add_argument("--block", type=int, default=32)
    parser.add_argument("--rate", type=int, default=48000)
    parser.add_argument("--turns", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=60.0, help="of the recording")
    parser.add_argument("--separator", default="classic")
    options = parser.parse_args()
    report = Report("trace", options)
    config = HostConfig(separator=options.separator, device=DeviceConfig(kind="null"), realtime=False)
    with OfflineHost(create(options.separator), options.rate, options.block, config) as host:
        say("one event")
        each = event_ns(host, 50)
        say(f"callbacks of {options.block} frames with events and without")
        callback_ns(host, 20)  # warms up
        noting, silent = callback_ns(host, options.turns)
    say(f"a recording of {options.seconds:g} s")
    whole = recorded(options.block, options.separator, options.seconds)
    # Of turns: neighbours in time meet the same interruptions, and the median is of those that meet none.
    cost = float(np.median(np.median(noting, axis=1) - np.median(silent, axis=1)))
    period_ns = 1e9 * options.block / options.rate
    report.figures = {
        "method": __doc__,
        "event_ns": percentiles(each),
        "callback_with_ns": percentiles(noting.ravel()),
        "callback_without_ns": percentiles(silent.ravel()),
        "period_ns": period_ns,
        "recording": whole,
    }
    report.accept("trace_event_ns", float(np.median(each)), "ns", "<= 100")
    report.accept("trace_callback_cost_ns", cost, "ns", f"<= {period_ns / 1000:.0f}")
    report.accept("trace_callback_share", cost / period_ns, "period", "<= 0.001")
    report.accept("trace_overruns", whole["lost"], "events", "= 0")
    report.accept("trace_missing_callbacks", whole["gaps"], "", "= 0")
    report.close()


if __name__ == "__main__":
    main()
