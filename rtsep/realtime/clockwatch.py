"""Does the device keep calling? Counts PortAudio's flags and the device time that passed without a callback."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL

INPUT_UNDERFLOW, INPUT_OVERFLOW, OUTPUT_UNDERFLOW, OUTPUT_OVERFLOW = 1, 2, 4, 8
XRUN_FLAGS = INPUT_UNDERFLOW | INPUT_OVERFLOW | OUTPUT_UNDERFLOW | OUTPUT_OVERFLOW
WINDOW = 64
"""Callbacks in a window. A late callback only raises its own reading; the quickest of a window tells the truth."""


@njit(**KERNEL)
def count_flags(header: Any, flags: int) -> None:
    """PaStreamCallbackFlags of one callback."""
    if flags & np.uint64(INPUT_UNDERFLOW):
        header.input_underflows += 1
    if flags & np.uint64(INPUT_OVERFLOW):
        header.input_overflows += 1
    if flags & np.uint64(OUTPUT_UNDERFLOW):
        header.output_underflows += 1
    if flags & np.uint64(OUTPUT_OVERFLOW):
        header.output_overflows += 1


@njit(**KERNEL)
def watch_clock(header: Any, current_time_s: float, block: int) -> None:
    """Compare the device's clock with the frames it gave us.

    The two differ by a constant plus jitter (never early), plus slow drift. When the lowest difference of a window is
    half a block or more above that of the window before, whole blocks were missed in between.
    """
    lead = current_time_s * header.sample_rate - header.position
    header.clock_lowest = lead if header.clock_count == 0 else min(header.clock_lowest, lead)
    header.clock_count += 1
    if header.clock_count < WINDOW:
        return
    if header.clock_known != 0:
        blocks = np.int64(np.floor((header.clock_lowest - header.clock_baseline) / block + 0.5))
        if blocks > 0:
            header.missed_positions += blocks * block
    header.clock_known = 1
    header.clock_baseline = header.clock_lowest
    header.clock_count = 0
