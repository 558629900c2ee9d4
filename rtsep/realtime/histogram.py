"""Counting durations from kernels, into the histograms that `shared.histogram` reads."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL
from rtsep.shared.fields import HISTOGRAM_BINS
from rtsep.shared.histogram import BINS_PER_OCTAVE, FIRST_OCTAVE


@njit(**KERNEL)
def bin_of(duration_ns: int) -> int:
    """Bin of a duration in ns; the first and the last take what lies outside."""
    octave: Any = np.int64(0)
    rest: Any = np.int64(duration_ns)
    while rest > 1:
        rest >>= 1
        octave += 1
    if octave < FIRST_OCTAVE:
        return 0
    within: Any = (np.int64(duration_ns) >> (octave - 4)) & (BINS_PER_OCTAVE - 1)
    return min((octave - FIRST_OCTAVE) * BINS_PER_OCTAVE + within, HISTOGRAM_BINS - 1)


@njit(**KERNEL)
def count(histogram: Any, duration_ns: int) -> None:
    """Count one duration. Any one thread."""
    histogram[bin_of(duration_ns)] += 1
