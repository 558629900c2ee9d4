"""The latency marker in the callback: a soft periodic noise into one output, and whatever comes back at one input.

Off, which it is unless a configuration asks for it, each function is one comparison. The control process made the marker and
looks at what comes back (`host/loopmeter.py`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL, float32_at, seat_of, store_release
from rtsep.realtime.ring import slot

_ZERO: Any = np.float32(0.0)


@njit(**KERNEL)
def keep_loop(context: Any, header: Any, source: Any, frames: int) -> None:
    """The marked input channel of this block into the loop ring; NaN and Inf as silence."""
    if header.marker_frames == 0 or header.marker_input >= context.input_channels:
        return
    ring = float32_at(context.block + np.uint64(header.loop_offset))
    for i in range(frames):
        value = source[i * context.input_channels + header.marker_input]
        ring[slot(header.loop_frames, 0, header.position + i)] = value if np.isfinite(value) else _ZERO
    store_release(header, "loop_written", header.position + frames)


@njit(**KERNEL)
def add_marker(context: Any, header: Any, target: Any, frames: int) -> None:
    """The marker on top of this block of one output channel, at the place in its period that the position tells.

    Not during a panic, which silences everything.
    """
    if header.marker_frames == 0 or header.marker_output >= context.output_channels:
        return
    if seat_of(context.block, header.playing_seat).panic != 0:
        return
    marker = float32_at(context.block + np.uint64(header.marker_offset))
    for i in range(frames):
        value = marker[slot(header.marker_frames, 0, header.position + i)]
        target[i * context.output_channels + header.marker_output] += value
