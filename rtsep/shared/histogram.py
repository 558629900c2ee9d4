"""A histogram of durations with sixteen bins per octave: percentiles to 6 % from a fixed array, exact enough for p99.9.

Kernels count (`realtime.histogram`), any process reads.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from rtsep.shared.fields import HISTOGRAM_BINS

FIRST_OCTAVE = 8
"""The first bin takes everything below 2**8 ns."""
BINS_PER_OCTAVE = 16


@functools.cache
def upper_edges_ns() -> NDArray[np.float64]:
    """End of each bin in ns, (HISTOGRAM_BINS,)."""
    index = np.arange(HISTOGRAM_BINS)
    octave = index // BINS_PER_OCTAVE + FIRST_OCTAVE
    edges = (1.0 + (index % BINS_PER_OCTAVE + 1) / BINS_PER_OCTAVE) * 2.0**octave
    edges.flags.writeable = False
    return edges


def percentile_ns(histogram: NDArray[np.int64], percent: float) -> float:
    """Duration in ns that `percent` of the counted ones stay under: its bin's upper edge; 0 if nothing was counted."""
    total = int(histogram.sum())
    if total == 0:
        return 0.0
    rank = np.searchsorted(np.cumsum(histogram), percent / 100.0 * total)
    return float(upper_edges_ns()[min(int(rank), HISTOGRAM_BINS - 1)])
