"""A histogram of durations with sixteen bins per octave: percentiles to 6 % from a fixed array, exact enough for p99.9."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep.realtime.atomics import KERNEL
from rtsep.shared.layout import HISTOGRAM_BINS

_FIRST_OCTAVE = 8
_BINS_PER_OCTAVE = 16


@njit(**KERNEL)
def bin_of(duration_ns: int) -> int:
    """Bin of a duration in ns; the first and the last take what lies outside."""
    octave: Any = np.int64(0)
    rest: Any = np.int64(duration_ns)
    while rest > 1:
        rest >>= 1
        octave += 1
    if octave < _FIRST_OCTAVE:
        return 0
    within: Any = (np.int64(duration_ns) >> (octave - 4)) & (_BINS_PER_OCTAVE - 1)
    return min((octave - _FIRST_OCTAVE) * _BINS_PER_OCTAVE + within, HISTOGRAM_BINS - 1)


@njit(**KERNEL)
def count(histogram: Any, duration_ns: int) -> None:
    """Count one duration. Any one thread."""
    histogram[bin_of(duration_ns)] += 1


def upper_edges_ns() -> NDArray[np.float64]:
    """End of each bin in ns, (HISTOGRAM_BINS,)."""
    index = np.arange(HISTOGRAM_BINS)
    octave = index // _BINS_PER_OCTAVE + _FIRST_OCTAVE
    return (1.0 + (index % _BINS_PER_OCTAVE + 1) / _BINS_PER_OCTAVE) * 2.0**octave


def percentile_ns(histogram: NDArray[np.int64], percent: float) -> float:
    """Duration in ns that `percent` of the counted ones stay under: its bin's upper edge; 0 if nothing was counted."""
    total = int(histogram.sum())
    if total == 0:
        return 0.0
    rank = np.searchsorted(np.cumsum(histogram), percent / 100.0 * total)
    return float(upper_edges_ns()[min(int(rank), HISTOGRAM_BINS - 1)])
