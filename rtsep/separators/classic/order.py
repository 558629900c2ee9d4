"""Order statistics that follow a stream: sorted buffers updated in place, one value out, one value in.

Numba kernels; they neither allocate nor raise. Called from the separator process.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

OPTIONS = {"cache": True, "error_model": "numpy", "nogil": True}


@njit(inline="always", **OPTIONS)
def replace_sorted(row: FloatArray, length: int, old: float, new: float) -> None:
    """Take one `old` out of the ascending `row[:length]` and put `new` in, moving only what lies between."""
    at = 0
    while at < length - 1 and row[at] < old:
        at += 1
    while at < length - 1 and row[at + 1] < new:
        row[at] = row[at + 1]
        at += 1
    while at > 0 and row[at - 1] > new:
        row[at] = row[at - 1]
        at -= 1
    row[at] = new


@njit(**OPTIONS)
def push_history(ring: FloatArray, ranked: FloatArray, slot: int, level: FloatArray, start: int, stop: int) -> None:
    """Bins `start..stop` of `level` (F,) take the place of the oldest values in `ring` and `ranked`, both (F, N)."""
    length = ring.shape[1]
    for bin_ in range(start, stop):
        replace_sorted(ranked[bin_], length, ring[bin_, slot], level[bin_])
        ring[bin_, slot] = level[bin_]


@njit(**OPTIONS)
def median_across(level: FloatArray, window: FloatArray, out: FloatArray) -> None:
    """Median of `level` (F,) over len(window) neighbouring bins, edge bins repeated, into `out` (F,).

    `window` is scratch of odd length. (Fitzgerald 2010 calls this the percussion-enhancing median.)
    """
    bins = level.shape[0]
    width = window.shape[0]
    half = width // 2
    for i in range(width):
        window[i] = level[0]
    for i in range(1, half + 1):
        replace_sorted(window, width, level[0], level[min(i, bins - 1)])
    out[0] = window[half]
    for bin_ in range(1, bins):
        leaving = float(level[max(bin_ - 1 - half, 0)])
        entering = float(level[min(bin_ + half, bins - 1)])
        replace_sorted(window, width, leaving, entering)
        out[bin_] = window[half]
