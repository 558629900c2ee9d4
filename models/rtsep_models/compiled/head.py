"""The head of the flagship for one frame. `networks.band.Head` and `networks.bandcues.Detail` tell what it is.

Numba kernels; they neither allocate nor raise.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep_models import cues
from rtsep_models.compiled.elementary import HALF, ONE, OPTIONS, F, exp, log, number
from rtsep_models.compiled.hearing import FEATURES, PER_FLOOR, Sizes, across, gather, split, views
from rtsep_models.compiled.layers import (
    Ints,
    Line,
    add,
    gelu,
    linear,
    linear_narrow,
    multiply_row,
    norm,
    read,
    take,
)
from rtsep_models.compiled.tiles import multiply
from rtsep_models.runtimes.api import Array

LEVELS, HELD, FRESH, KNOWN = cues.LEVELS, cues.HELD, cues.FRESH, cues.KNOWN
NEAR, FAR = cues.NEIGHBOURS


@njit(**OPTIONS)
def _convolve(weights: Line, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """y (O, G) += a convolution over three neighbours of x (I, G + 2), O and I even. Weights (O / 2, I / 2, 2, 2, 3): two outputs
    and two inputs at a time."""
    inputs, outputs, count = x.shape[0], y.shape[0], y.shape[1]
    kernel, at, free = read(weights, at, outputs * inputs // 4, 12, scratch, free)
    for o in range(0, outputs, 2):
        for i in range(0, inputs, 2):
            taps = kernel[(o * inputs // 2 + i) // 2].reshape(4, 3)
            a0, a1, a2, b0, b1, b2 = taps[0, 0], taps[0, 1], taps[0, 2], taps[1, 0], taps[1, 1], taps[1, 2]
            c0, c1, c2, d0, d1, d2 = taps[2, 0], taps[2, 1], taps[2, 2], taps[3, 0], taps[3, 1], taps[3, 2]
            for g in range(count):
                u0, u1, u2 = x[i, g], x[i, g + 1], x[i, g + 2]
                v0, v1, v2 = x[i + 1, g], x[i + 1, g + 1], x[i + 1, g + 2]
                y[o, g] += (a0 * u0 + a1 * u1 + a2 * u2) + (b0 * v0 + b1 * v1 + b2 * v2)
                y[o + 1, g] += (c0 * u0 + c1 * u1 + c2 * u2) + (d0 * v0 + d1 * v1 + d2 * v2)
    return at


@njit(**OPTIONS)
def _look_closely(
    sizes: Sizes,
    coarse: Ints,
    shared: Ints,
    where: Array,
    weights: Line,
    at: int,
    power: Array,
    held: Array,
    bands: Array,
    raw: Array,
    scratch: Array,
) -> int:
    """`bandcues.Detail`: added to `raw` (outputs, values). `where` (detail, values): the bias, and what the waves add."""
    values, width = sizes.values, sizes.detail
    known, free = take(scratch, 0, bands.shape[0], KNOWN)
    x, free = take(scratch, free, FRESH + KNOWN, values + 2)
    now, free = take(scratch, free, 1, values)
    summed, free = take(scratch, free, 4, values)
    y, free = take(scratch, free, width, values)
    padded, free = take(scratch, free, width, values + 2)
    at = linear_narrow(weights, at, bands, known, scratch, free)
    gather(power, shared, summed)
    inner = x[:, 1:-1]
    for g in range(values):
        now[0, g] = log((summed[0, g] + summed[1, g]) * PER_FLOOR + ONE)
    for v in range(4):
        for g in range(values):
            inner[v, g] = F(0.25) * log(summed[v, g] * PER_FLOOR + ONE)
    across(now[0], NEAR, inner[4])
    across(now[0], FAR, inner[5])
    for v in range(4, 6):
        for g in range(values):
            inner[v, g] = HALF * (now[0, g] - inner[v, g])
    for v in range(LEVELS):
        for g in range(values):
            inner[6 + v, g] = HALF * (now[0, g] - held[v, g])
    for v in range(LEVELS, HELD):
        for g in range(values):
            inner[6 + v, g] = held[v, g]
    for c in range(KNOWN):
        g = 0
        for k in range(coarse.size):
            for _ in range(coarse[k]):
                inner[FRESH + c, g] = known[k, c]
                g += 1
    for c in range(width):
        for g in range(values):
            y[c, g] = where[c, g]
    for c in range(x.shape[0]):
        x[c, 0] = x[c, values + 1] = F(0.0)
    at = _convolve(weights, at, x, y, scratch, free)
    gelu(y)
    again, free = take(scratch, free, width, values)
    bias, at, free = read(weights, at, 1, width, scratch, free)
    for c in range(width):
        padded[c, 0] = padded[c, values + 1] = F(0.0)
        for g in range(values):
            padded[c, 1 + g], again[c, g] = y[c, g], bias[0, c]
    at = _convolve(weights, at, padded, again, scratch, free)
    gelu(again)
    add(y, again)
    outputs = raw.shape[0]
    bias, at, free = read(weights, at, outputs, 1, scratch, free)
    matrix, at, free = read(weights, at, outputs, width, scratch, free)
    for o in range(outputs):
        for g in range(values):
            raw[o, g] += bias[o, 0]
    multiply(matrix, y, raw)
    return at


@njit(**OPTIONS)
def _merge(weights: Line, at: int, coarse: Ints, x: Array, raw: Array, scratch: Array) -> int:
    """One vector for each band, x (K, H), to `raw` (outputs, values). Weights: each band's bias and matrix, outputs first."""
    outputs = raw.shape[0]
    g = 0
    for k in range(coarse.size):
        size = coarse[k] * outputs
        y = scratch[:size]
        bias = weights[at : at + size]
        for i in range(size):
            y[i] = number(bias[i])
        matrix, at = take(weights, at + size, x.shape[1], size)
        multiply_row(x[k], matrix, y)
        for o in range(outputs):
            for i in range(coarse[k]):
                raw[o, g + i] = y[o * coarse[k] + i]
        g += coarse[k]
    return at


@njit(**OPTIONS)
def _share_out(raw: Array, shared: Ints, frame: Array, stems: Array, scratch: Array) -> None:
    """`raw` (S 2, values) by softmax over the stems to masks, those times the frame (2, F, 2) to `stems` (S, 2, F, 2)."""
    count, values = stems.shape[0], raw.shape[1]
    for c in range(2):
        top, total = scratch[:values], scratch[values : 2 * values]
        for g in range(values):
            top[g], total[g] = raw[c, g], F(0.0)
        for s in range(1, count):
            for g in range(values):
                top[g] = max(top[g], raw[2 * s + c, g])
        for s in range(count):
            for g in range(values):
                raw[2 * s + c, g] = exp(raw[2 * s + c, g] - top[g])
                total[g] += raw[2 * s + c, g]
        for s in range(count):
            for g in range(values):
                raw[2 * s + c, g] /= total[g]
    bins = frame.shape[1]
    for s in range(count):
        for c in range(2):
            f = 0
            for g in range(values):
                for _ in range(shared[g]):
                    scratch[f] = raw[2 * s + c, g]
                    f += 1
            for above in range(f, bins):
                scratch[above] = raw[2 * s + c, values - 1]
            for f in range(bins):
                stems[s, c, f, 0] = scratch[f] * frame[c, f, 0]
                stems[s, c, f, 1] = scratch[f] * frame[c, f, 1]


@njit(**OPTIONS)
def head_step(
    sizes: Sizes,
    layout: Ints,
    coarse: Ints,
    shared: Ints,
    where: Array,
    weights: Line,
    frame: Array,
    context: Array,
    stems: Array,
    scratch: Array,
) -> int:
    """A frame (2, F, 2) and the trunk's context to the stems' frames (S, 2, F, 2). Returns how many weights there should be."""
    bands, bins = layout.size, sizes.bins
    known, last = take(context, 1, bands, sizes.width)
    power, free = take(scratch, 0, 4, bins)
    mid, free = take(scratch, free, 2, bins)
    features, free = take(scratch, free, bins, FEATURES)
    fresh, free = take(scratch, free, bands, sizes.fresh)
    both, free = take(scratch, free, bands, sizes.width + sizes.fresh)
    x, free = take(scratch, free, bands, sizes.head)
    deep, free = take(scratch, free, bands, sizes.head)
    raw, free = take(scratch, free, 2 * sizes.stems, sizes.values)
    rest = scratch[free:]
    views(frame, context[0], power, features, mid, rest)
    first: Any = np.int64(0)
    at = split(weights, first, layout, features, fresh)
    at = norm(weights, at, fresh, fresh)
    gelu(fresh)
    both[:, : sizes.width] = known
    both[:, sizes.width :] = fresh
    at = linear(weights, at, both, x, rest, 0)
    gelu(x)
    at = linear(weights, at, x, deep, rest, 0)
    gelu(deep)
    add(x, deep)
    at = _merge(weights, at, coarse, x, raw, rest)
    if sizes.detail:
        held, last = take(context, last, HELD, sizes.values)
        at = _look_closely(sizes, coarse, shared, where, weights, at, power, held, x, raw, rest)
    _share_out(raw, shared, frame, stems, rest)
    return at
