"""What sounds when stems are late: the delayed input, under a crossfade that needs no stem that is not there.

`fade` runs from `fade_frames` (stems alone) to 0 (fallback alone). When stems are missing it falls, and the stem terms
continue for those few milliseconds from the recent past, mirrored at the first missing position, so the waveform goes on
without a step. It falls to the bottom before it may rise again; rising, it uses the true stems. The weight of the stem
terms is a quarter sine, the equal-power law, and what stems and fallback have in common is not faded at all:

    out = fallback * dry[t] + weight * ((dry_gain - fallback) * dry[m] + sum of terms_i * stem_i[m])

with m the mirrored position while falling and the true one otherwise. At unity the bracket is zero and a late hop is
inaudible. Under `mute-safe` with a muted stem the fallback gain is zero, and the bracket holds only audio from which the
muted stem had been removed already.

Four late events in quick succession close a latch: fallback until the stems have kept time for `rearm_frames`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL

_ONE: Any = np.float32(1.0)

LATCH_LEVEL = 3.0
"""The leaky count of late events beyond which the latch closes; it loses one in `FORGET_S`."""
FORGET_S = 0.25
"""Seconds after which one event is forgotten."""


@njit(**KERNEL)
def step_fade(header: Any, seat: Any, position: int, written: int, valid_from: int) -> int:
    """Move the fade by one frame for the stems at `position`; where to read them, or -1 for nowhere. Audio thread."""
    there = position < 0 or valid_from <= position < written
    if not there:
        _count_hop(seat, position)
    if seat.falling == 0 and (not there or seat.latched != 0) and seat.fade > 0:
        seat.falling = 1
        seat.mirror = position
        if not there:
            _count_event(seat)
    if seat.falling != 0:
        seat.fade -= 1
        if seat.fade == 0:
            seat.falling = 0
        source = 2 * seat.mirror - 1 - position
    elif there and seat.latched == 0:
        if seat.fade < header.fade_frames:
            seat.fade += 1
        source = position
    else:
        source: Any = np.int64(-1)
    if seat.fade < header.fade_frames:
        seat.fallback_frames += 1
    return source


@njit(**KERNEL)
def weight(header: Any, seat: Any) -> float:
    """Gain of the stem terms at this point of the fade."""
    if seat.fade == header.fade_frames:
        return _ONE
    quarter: Any = np.float32(math.sin(0.5 * math.pi * seat.fade / header.fade_frames))
    return quarter


@njit(**KERNEL)
def watch(header: Any, seat: Any, start: int, count: int, written: int, valid_from: int) -> None:
    """Once per callback, ahead of its stems [start, start + count): forget old events, release the latch. Audio thread."""
    forgotten = np.float32(count / (FORGET_S * header.sample_rate))
    seat.late_level = max(np.float32(0.0), seat.late_level - forgotten)
    if seat.latched == 0:
        return
    if valid_from <= start and start + count <= written:
        seat.on_time += count
    else:
        seat.on_time = 0
    if seat.on_time >= header.rearm_frames:
        seat.latched = 0
        seat.late_level = np.float32(0.0)


@njit(**KERNEL)
def _count_hop(seat: Any, position: int) -> None:
    hop = position // seat.hop
    if hop >= seat.late_hop:
        seat.late_hop = hop + 1
        seat.late_hops += 1


@njit(**KERNEL)
def _count_event(seat: Any) -> None:
    seat.late_events += 1
    seat.late_level += np.float32(1.0)
    if seat.late_level > LATCH_LEVEL and seat.latched == 0:
        seat.latched = 1
        seat.latches += 1
        seat.on_time = 0
