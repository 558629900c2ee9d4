"""The trunk of the flagship for one frame. `networks.band.Trunk` and `networks.bandcues.Memory` tell what it is.

Numba kernels; they neither allocate nor raise.
"""

from __future__ import annotations

from math import exp as exp_of
from typing import Any

import numpy as np
from numba import njit

from rtsep_models import cues
from rtsep_models.compiled.elementary import HALF, ONE, OPTIONS, F, log
from rtsep_models.compiled.hearing import FEATURES, PER_FLOOR, Sizes, across, gather, split, views
from rtsep_models.compiled.layers import Ints, Line, add, gelu, gru, linear, linear_before, linear_narrow, norm, take
from rtsep_models.runtimes.api import Array
from rtsep_models.runtimes.state import SMALLEST as SMALLEST_STATE

KEEP, QUIET, SMALLEST = F(exp_of(-1.0 / cues.LEVEL_FRAMES)), F(cues.QUIET), F(SMALLEST_STATE)
BACK, HELD, NEAR, FLOOR = cues.BACK, cues.HELD, cues.NEIGHBOURS[0], F(cues.FLOOR)
SLOW, FAST, PLACE, TURN, BURST = F(cues.SLOW), F(cues.FAST), F(cues.PLACE), F(cues.TURN), F(cues.BURST)


@njit(**OPTIONS)
def _remember_bands(
    weights: Line, at: int, x: Array, state: Array, now: int, hidden: int, scratch: Array
) -> tuple[int, int]:
    """`BandMemory`."""
    bands, width = x.shape
    heard, free = take(scratch, 0, bands, width)
    memory, now = take(state, now, bands, hidden)
    at = norm(weights, at, x, heard)
    at = gru(weights, at, heard, memory, scratch, free)
    at = linear(weights, at, memory, heard, scratch, free)
    add(x, heard)
    return at, now


@njit(**OPTIONS)
def _remember_song(
    weights: Line, at: int, x: Array, state: Array, now: int, song: int, summary: int, scratch: Array
) -> tuple[int, int]:
    """`SongMemory`."""
    bands, width = x.shape
    heard, free = take(scratch, 0, bands, width)
    short, free = take(scratch, free, bands, summary)
    memory, now = take(state, now, 1, song)
    at = norm(weights, at, x, heard)
    at = linear_narrow(weights, at, heard, short, scratch, free)
    at = gru(weights, at, short.reshape(1, bands * summary), memory, scratch, free)
    at = linear(weights, at, memory, short.reshape(1, bands * summary), scratch, free)
    at = linear(weights, at, short, heard, scratch, free)
    add(x, heard)
    return at, now


@njit(**OPTIONS)
def _mix_bands(weights: Line, at: int, x: Array, wide: int, deep: int, scratch: Array) -> int:
    """`BandMix`, whose hidden layers are `wide` bands and `deep` numbers of each."""
    bands, width = x.shape
    heard, free = take(scratch, 0, bands, width)
    over, free = take(scratch, free, wide, width)
    within, free = take(scratch, free, bands, deep)
    at = norm(weights, at, x, heard)
    at = linear_before(weights, at, heard, over, scratch, free)
    gelu(over)
    at = linear_before(weights, at, over, heard, scratch, free)
    add(x, heard)
    at = norm(weights, at, x, heard)
    at = linear(weights, at, heard, within, scratch, free)
    gelu(within)
    at = linear(weights, at, within, heard, scratch, free)
    add(x, heard)
    return at


@njit(**OPTIONS)
def _remember_cues(shared: Ints, power: Array, mid: Array, state: Array, now: int, held: Array, scratch: Array) -> None:
    """`bandcues.Memory`: power (4, bins) and mid (2, bins) of the frame to `held` (HELD, values)."""
    values, bins = held.shape[1], power.shape[1]
    levels, now = take(state, now, 2 + BACK, values)
    places, now = take(state, now, 4, values)
    line, now = take(state, now, 4, bins)
    burst, now = take(state, now, 1, values)
    summed, free = take(scratch, 0, 4, values)
    level, free = take(scratch, free, 3, values)
    steady, free = take(scratch, free, 1, bins)
    gather(power, shared, summed)
    for g in range(values):
        level[0, g] = log((summed[0, g] + summed[1, g]) * PER_FLOOR + ONE)
        level[1, g] = min(max(level[0, g] - levels[2, g], F(-6.0)), F(6.0))
    across(level[1], NEAR, level[2])
    for g in range(values):
        held[2, g], held[3, g] = levels[1 + BACK, g], levels[2, g]
        levels[0, g] += SLOW * (level[0, g] - levels[0, g])
        levels[1, g] += FAST * (level[0, g] - levels[1, g])
        held[0, g], held[1, g] = levels[0, g], levels[1, g]
        burst[0, g] = held[7, g] = max(level[2, g], BURST * burst[0, g])
    for k in range(2, 1 + BACK):
        levels[k] = levels[k + 1]
    levels[1 + BACK] = level[0]
    for v in range(4):
        for g in range(values):
            places[v, g] += PLACE * (summed[v, g] - places[v, g])
    for g in range(values):
        middle = log(places[2, g] * PER_FLOOR + ONE) - log(places[3, g] * PER_FLOOR + ONE)
        held[4, g] = HALF * min(max(middle, F(-6.0)), F(8.0))
        held[5, g] = F(4.0) * (places[0, g] - places[1, g]) / (places[0, g] + places[1, g] + FLOOR)
    for f in range(bins):
        real = mid[0, f] * line[0, f] + mid[1, f] * line[1, f]
        imaginary = mid[1, f] * line[0, f] - mid[0, f] * line[1, f]
        size = ONE / np.sqrt(real * real + imaginary * imaginary + FLOOR * FLOOR)
        line[2, f] += TURN * (real * size - line[2, f])
        line[3, f] += TURN * (imaginary * size - line[3, f])
        steady[0, f] = np.sqrt(line[2, f] * line[2, f] + line[3, f] * line[3, f])
        line[0, f], line[1, f] = mid[0, f], mid[1, f]
    gather(steady, shared, held[6:7])
    for g in range(values):
        held[6, g] *= F(4.0) / F(shared[g])


@njit(**OPTIONS)
def trunk_step(
    sizes: Sizes,
    layout: Ints,
    shared: Ints,
    weights: Line,
    frame: Array,
    state: Array,
    context: Array,
    scratch: Array,
) -> int:
    """A frame (2, F, 2) and the state to the head's next `context`. Returns how many weights there should be."""
    bands, bins = layout.size, sizes.bins
    line = frame.reshape(-1)
    loud = F(0.0)
    for i in range(line.size):
        loud += line[i] * line[i]
    state[0] = KEEP * state[0] + loud / F(line.size)
    state[1] = KEEP * state[1] + ONE
    gain = ONE / np.sqrt(state[0] / state[1] + QUIET)
    at: Any = np.int64(0)  # a plain 0 would be a type of its own, and whatever takes it compiled twice
    now: Any = at + 2
    context[0] = gain
    x, last = take(context, 1, bands, sizes.width)
    power, free = take(scratch, 0, 4, bins)
    mid, free = take(scratch, free, 2, bins)
    features, free = take(scratch, free, bins, FEATURES)
    rest = scratch[free:]
    views(frame, gain, power, features, mid, rest)
    at = split(weights, at, layout, features, x)
    for _ in range(sizes.layers):
        at, now = _remember_bands(weights, at, x, state, now, sizes.hidden, rest)
        if sizes.song:
            at, now = _remember_song(weights, at, x, state, now, sizes.song, sizes.summary, rest)
        at = _mix_bands(weights, at, x, 2 * bands, 2 * sizes.width, rest)
    at = norm(weights, at, x, x)
    if sizes.detail:
        held, last = take(context, last, HELD, sizes.values)
        _remember_cues(shared, power, mid, state, now, held, rest)
    for i in range(state.size):
        if abs(state[i]) < SMALLEST:
            state[i] = F(0.0)
    return at
