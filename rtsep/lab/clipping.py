"""Whether a recording was cut off at the converter's limits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RUN = 3
"""Samples in a row on a rail that are no coincidence."""
LEAST_SHARE = 0.005
"""Of the loud part: a slow wave's crest in 16 bit also has a few equal samples in a row."""
LOUD = 0.1


def clipped_share(recording: NDArray[np.floating]) -> float:
    """Share of the loud samples of a (T,) recording that lie on a rail, 0 if that may be chance.

    A rail is the recording's own largest or smallest value: converters need not clip at 1.

    >>> wave = np.sin(np.arange(1000) / 7)
    >>> clipped_share(wave), round(clipped_share(np.clip(2 * wave, -0.8, 0.8)), 2)
    (0.0, 0.76)
    """
    peak = float(np.max(np.abs(recording), initial=0.0))
    if peak == 0.0:
        return 0.0
    loud = int(np.count_nonzero(np.abs(recording) > LOUD * peak))
    stuck = sum(_in_runs(recording == rail) for rail in (recording.max(), recording.min()) if abs(rail) > LOUD * peak)
    share = stuck / loud
    return share if share >= LEAST_SHARE else 0.0


def _in_runs(on_rail: NDArray[np.bool_]) -> int:
    """How many samples are in runs of at least `RUN`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], on_rail, [False]])))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= RUN].sum())
