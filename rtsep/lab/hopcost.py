"""What one hop of a separator costs, called in this very process: flat out, and paced as a device would.

Whoever wants figures worth anything calls this in a fresh process: `rtsep.lab.bench.hops` does.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rtsep.separators.api import Audio, Separator
from rtsep.separators.registry import create
from rtsep.separators.resample import adapt

Times = NDArray[np.int64]

BURST_S = 0.1
"""Sound that is computed flat out in one go."""
PAUSE = 0.12
"""Share of each burst's time that is left to others: the kernel takes 5 % of each second from real-time threads that never
sleep (sched(7), "Limiting the CPU usage"), which would look like a hop of 50 ms."""
MOST_HOPS = 20000
"""Flat out: enough for p99.9, and an upper bound for what costs next to nothing."""
BACKLOG_S = 0.25
"""Paced: as far behind as this, the host too gives up hops and goes on in the present."""


@dataclass(frozen=True)
class Paced:
    """Hops that fell due one after the other. `took_ns` (N,): of each that was computed, `begun_ns` when, since the start.

    `late`: how many ended after the next one was due; `skipped`: how many were given up.
    """

    took_ns: Times
    begun_ns: Times
    late: int
    skipped: int


def prepared(name: str, sample_rate: int) -> Separator:
    """Ready to play at that rate, a resampler around it if need be. Raises SeparatorError and whatever the plugin raises."""
    separator = adapt(create(name), sample_rate)
    separator.prepare(sample_rate)
    return separator


def cut(separator: Separator, sound: Audio) -> Audio:
    """The whole hops of `sound` (C, T), as (N, C, hop). A separator of fewer or more channels hears the first one in each."""
    spec = separator.spec
    there = sound if len(sound) == spec.channels else np.repeat(sound[:1], spec.channels, axis=0)
    whole = there[:, : there.shape[1] // spec.hop * spec.hop]
    return np.ascontiguousarray(whole.reshape(spec.channels, -1, spec.hop).swapaxes(0, 1))


def outputs(separator: Separator) -> Audio:
    """Room for one hop's stems, (S, C, hop)."""
    spec = separator.spec
    return np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)


def times_us(separator: Separator, sound: Audio) -> NDArray[np.float64]:
    """Time of each whole hop of `sound` (C, T), one right after the other."""
    return _times_ns(separator, cut(separator, sound), outputs(separator)) / 1e3


def _times_ns(separator: Separator, hops: Audio, out: Audio) -> Times:
    taken = np.zeros(len(hops), dtype=np.int64)
    for index, hop in enumerate(hops):
        begin = time.perf_counter_ns()
        separator.process(hop, out)
        taken[index] = time.perf_counter_ns() - begin
    return taken


def flat_out_ns(separator: Separator, sound: Audio, sample_rate: int, seconds: float) -> Times:
    """Times of hops for about `seconds`, or `MOST_HOPS`; `sound` (C, T) is looped."""
    hops, out = cut(separator, sound), outputs(separator)
    burst = max(1, round(BURST_S * sample_rate / separator.spec.hop))
    taken: list[Times] = []
    begin, at = time.perf_counter(), 0
    while at < MOST_HOPS and time.perf_counter() - begin < seconds:
        taken.append(_times_ns(separator, hops[np.arange(at, at + burst) % len(hops)], out))
        at += burst
        time.sleep(PAUSE * float(taken[-1].sum()) / 1e9)
    return np.concatenate(taken)


def paced(separator: Separator, sound: Audio, sample_rate: int, seconds: float) -> Paced:
    """Hops for `seconds` of `sound` (C, T), looped, each when its last sample would have come in."""
    hops, out = cut(separator, sound), outputs(separator)
    period_ns = 1e9 * separator.spec.hop / sample_rate
    due_hops = max(1, int(1e9 * seconds / period_ns))
    taken, begun = np.zeros(due_hops, dtype=np.int64), np.zeros(due_hops, dtype=np.int64)
    index = done = late = skipped = 0
    start = time.perf_counter_ns() + period_ns
    while index < due_hops:
        due = start + index * period_ns
        now = time.perf_counter_ns()
        if now - due > 1e9 * BACKLOG_S:
            behind = min(int((now - due) / period_ns), due_hops - index)
            index, skipped = index + behind, skipped + behind
            continue
        time.sleep(max(0.0, (due - now) / 1e9))
        begin = time.perf_counter_ns()
        separator.process(hops[index % len(hops)], out)
        end = time.perf_counter_ns()
        taken[done], begun[done] = end - begin, begin - start
        late += end > due + period_ns
        index, done = index + 1, done + 1
    return Paced(taken[:done], begun[:done], late, skipped)
