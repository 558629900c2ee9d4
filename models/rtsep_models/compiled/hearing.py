"""What the flagship hears in a frame: its parts `views`, `BandSplit` and `gather`, and means over neighbours.

Numba kernels; they neither allocate nor raise.
"""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from rtsep_models import cues
from rtsep_models.compiled.elementary import OPTIONS, F, exp, log, number
from rtsep_models.compiled.layers import Ints, Line, multiply_row, take
from rtsep_models.runtimes.api import Array

FEATURES = cues.FEATURES
ROOT_HALF = F(0.5**0.5)
PER_FLOOR = F(1 / cues.FLOOR)


class Sizes(NamedTuple):
    """Numbers of things. Whatever may be absent is then 0: `song`, `detail`."""

    stems: int
    width: int
    hidden: int
    song: int
    summary: int
    layers: int
    fresh: int
    head: int
    detail: int
    bins: int
    """That the layout covers."""
    values: int
    """Of the coarse layout: as many masks there are."""


@njit(**OPTIONS)
def views(frame: Array, gain: F, power: Array, features: Array, mid: Array, scratch: Array) -> None:
    """Of a frame (2, F, 2): power of left, right, mid and side (4, bins), features (bins, 8) and mid (2, bins)."""
    bins = power.shape[1]
    rows, _ = take(scratch, 0, FEATURES, bins)
    for f in range(bins):
        lr, li, rr, ri = gain * frame[0, f, 0], gain * frame[0, f, 1], gain * frame[1, f, 0], gain * frame[1, f, 1]
        mr, mi, sr, si = (lr + rr) * ROOT_HALF, (li + ri) * ROOT_HALF, (lr - rr) * ROOT_HALF, (li - ri) * ROOT_HALF
        power[0, f], power[1, f] = lr * lr + li * li, rr * rr + ri * ri
        power[2, f], power[3, f] = mr * mr + mi * mi, sr * sr + si * si
        mid[0, f], mid[1, f] = mr, mi
        rows[0, f], rows[1, f], rows[2, f], rows[3, f] = lr, li, rr, ri
    for v in range(4):
        for f in range(bins):
            rows[4 + v, f] = log(power[v, f] + F(1e-6))
    for v in range(2):
        for f in range(bins):
            small = exp(F(-0.35) * rows[4 + v, f])
            rows[2 * v, f] *= small
            rows[2 * v + 1, f] *= small
    for f in range(bins):
        for v in range(4):
            features[f, v], features[f, 4 + v] = rows[v, f], F(0.25) * rows[4 + v, f]


@njit(**OPTIONS)
def split(weights: Line, at: int, layout: Ints, features: Array, y: Array) -> int:
    """Features (bins, 8) to one vector for each band, y (K, D). Weights: bias (K, D), then (bins, 8, D)."""
    bands, width = y.shape
    bias, at = take(weights, at, bands, width)
    f = 0
    for k in range(bands):
        for d in range(width):
            y[k, d] = number(bias[k, d])
        matrix, at = take(weights, at, layout[k] * FEATURES, width)
        multiply_row(features[f : f + layout[k]].reshape(-1), matrix, y[k])
        f += layout[k]
    return at


@njit(**OPTIONS)
def gather(x: Array, shared: Ints, y: Array) -> None:
    """Sums of the bins of x (R, bins) that share a value, y (R, values); `shared`: how many, for each value."""
    for r in range(x.shape[0]):
        f = 0
        for g in range(y.shape[1]):
            total = x[r, f]
            for k in range(1, shared[g]):
                total += x[r, f + k]
            y[r, g] = total
            f += shared[g]


@njit(**OPTIONS)
def across(x: Array, size: int, y: Array) -> None:
    """The mean of x (values,) over `size` neighbours, of those that there are."""
    count, half = x.size, size // 2
    total = F(0.0)
    for g in range(min(half, count)):
        total += x[g]
    for g in range(count):
        if g + half < count:
            total += x[g + half]
        if g - half - 1 >= 0:
            total -= x[g - half - 1]
        y[g] = total / F(min(g + half, count - 1) - max(g - half, 0) + 1)
