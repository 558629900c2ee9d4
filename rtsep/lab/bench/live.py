"""A real host, watched for some seconds: what its callback, its wake-ups and its separator take, and what goes wrong."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import asdict
from itertools import pairwise

import psutil

from rtsep.changes import StemGain
from rtsep.host.config import HostConfig
from rtsep.host.engine import Engine
from rtsep.lab.bench.hops import runtime_named
from rtsep.lab.bench.report import LiveFigures, Settings, Times
from rtsep.lab.bench.times import of_histograms
from rtsep.lab.bench.venue import Venue
from rtsep.lab.rig import SETTLE_S, host
from rtsep.lab.tally import Tally

COUNTED = (
    "callbacks",
    "hops",
    "late_hops",
    "missed_positions",
    "fallback_frames",
    "latches",
    "skipped_hops",
    "nonfinite_hops",
    "separator_faults",
)
MOST_EVENTS = 5


def live_figures(separator: str, runtime: str, place: Venue, settings: Settings) -> LiveFigures:
    """Start a host there, watch it, end it. Raises RtsepError if it does not come to play."""
    events: list[str] = []
    config = HostConfig(
        separator=separator, device=place.device, mix_gain_db=place.mix_gain_db, realtime=settings.realtime
    )
    with runtime_named(runtime):
        begin = time.monotonic()
        with host(config, events.append) as engine:
            start_s = time.monotonic() - begin
            with place.feeding():
                # All strips at different gains, so that every term of the mix is computed.
                engine.apply(*(StemGain(stem, -1.0 - index) for index, stem in enumerate(engine.spec.stems)))
                time.sleep(SETTLE_S)
                return _watched(engine, place, settings, start_s, events)


def _watched(engine: Engine, place: Venue, settings: Settings, start_s: float, events: list[str]) -> LiveFigures:
    before = _processor_s(engine)
    marks = [Tally.of(engine.block)]
    for _ in range(settings.repeats):
        time.sleep(settings.seconds / settings.repeats)
        marks.append(Tally.of(engine.block))
    after = _processor_s(engine)
    whole = marks[-1] - marks[0]
    windows = [later - earlier for earlier, later in pairwise(marks)]
    state = engine.state()

    def times(name: str) -> Times:
        return of_histograms([window.histograms[name] for window in windows])

    return LiveFigures(
        computes_with=state.runtime,
        device=state.device,
        sample_rate=state.sample_rate,
        block=state.block,
        hop=int(engine.block.get("hop")),
        seconds=whole.seconds,
        start_s=start_s,
        callback=times("callback"),
        wake=times("wake"),
        compute=times("hop"),
        turnaround=times("turnaround"),
        counts={
            "xruns": whole.flagged_callbacks,
            "restarts": state.counters.separator_restarts + state.counters.audio_restarts,
            **{name: whole.counts[name] for name in COUNTED},
        },
        driver_late=place.server.xruns_between(marks[0].seconds, marks[-1].seconds)["driver_late"]
        if place.server
        else None,
        cpu={name: max(0.0, after.get(name, 0.0) - spent) / whole.seconds for name, spent in before.items()},
        budget=asdict(state.budget),
        events=tuple(events[:MOST_EVENTS]),
    )


def _processor_s(engine: Engine) -> dict[str, float]:
    """Processor time of each of the host's processes so far, s. Here, Python's threads only: a feed's belongs to JACK."""
    supervisor = engine.supervisor
    ours = {thread.native_id for thread in threading.enumerate()}
    mine = psutil.Process(os.getpid()).threads()
    spent = {"control": sum(t.user_time + t.system_time for t in mine if t.id in ours)}
    for role, child in (("audio", supervisor.audio.child), ("separator", supervisor.separator.child)):
        try:
            times = psutil.Process(child.pid).cpu_times()
        except psutil.Error:  # it has just died; its restart counts for itself
            continue
        spent[role] = times.user + times.system
    return spent
