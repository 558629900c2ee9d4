"""Meters: falling peak, held peak, mean square and clip count of every stem, the mix and the input."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL

FALL_DB_PER_S = 24.0
HOLD_S = 1.5
MEAN_S = 0.3
_FALL = np.log(10.0) / 20.0 * FALL_DB_PER_S
_SILENT = np.float32(1e-9)
_ZERO = np.float32(0.0)
_FULL_SCALE = np.float32(1.0)


@njit(**KERNEL)
def meter(header: Any, index: int, channel: int, value: float) -> None:
    """Take one sample into the running callback's tally. Audio thread."""
    size = abs(value)
    if size > header.block_peak[index, channel]:
        header.block_peak[index, channel] = size
    header.block_square[index, channel] += value * value
    if size > _FULL_SCALE:
        header.clips[index, channel] += 1


@njit(**KERNEL)
def settle(header: Any, index: int, channels: int, count: int) -> None:
    """Fold the tally of `count` frames into the meter and clear it. Audio thread, once per callback.

    The exponentials are taken to first order, which is exact enough for blocks much shorter than the time constants.
    """
    fall = np.float32(max(0.0, 1.0 - _FALL * count / header.sample_rate))
    share = np.float32(count / (count + MEAN_S * header.sample_rate))
    for c in range(channels):
        peak = header.block_peak[index, c]
        fallen = header.peak[index, c] * fall
        # Below -180 dB a meter rests at zero: a tail of denormals would cost more than the mix.
        header.peak[index, c] = max(peak, fallen if fallen > _SILENT else _ZERO)
        header.hold_left[index, c] -= count
        if peak >= header.hold[index, c] or header.hold_left[index, c] <= 0:
            header.hold[index, c] = header.peak[index, c]
            header.hold_left[index, c] = np.int64(HOLD_S * header.sample_rate)
        mean = header.mean_square[index, c]
        mean += (header.block_square[index, c] / np.float32(count) - mean) * share
        header.mean_square[index, c] = mean if mean > _SILENT * _SILENT else _ZERO
        header.block_peak[index, c] = _ZERO
        header.block_square[index, c] = _ZERO
