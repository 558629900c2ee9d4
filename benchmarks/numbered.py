"""Sound whose every frame carries its own number, so that what comes out of anything tells which frames went in.

The left channel counts modulo `BASE`, the right how often it went round. Both are above zero, so that silence is no number,
and survive a gain that is a power of two exactly, any other within float32's rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BASE = 4096
_SCALE = 2 * BASE
SURE = 0.05
"""How far from a whole number a frame may be that counts as one."""


def numbered(frames: int) -> NDArray[np.float32]:
    """Frames 0, 1, 2 ... as sound, (2, T)."""
    count = np.arange(frames)
    return ((1 + np.stack([count % BASE, count // BASE])) / _SCALE).astype(np.float32)


def numbers(sound: NDArray[np.float32], gain: float) -> NDArray[np.int64]:
    """The number of each frame of `sound` (2, T), -1 where it carries none.

    >>> numbers(0.5 * numbered(5000), 0.5)[[0, 4095, 4096, 4999]]
    array([   0, 4095, 4096, 4999])
    """
    raw = sound.astype(np.float64) * (_SCALE / gain) - 1.0
    whole = np.round(raw)
    sure = ((np.abs(raw - whole) < SURE) & (whole >= 0) & (whole < BASE)).all(axis=0)
    return np.where(sure, whole[0] + BASE * whole[1], -1).astype(np.int64)


def heard(sound: NDArray[np.float32], gain: float, start: int, stalled: int = 0) -> dict[str, Any]:
    """What a recording (2, T) of numbered frames, played from its own first frame on, holds from frame `start` on.

    `lost_frames`: of device time, that bring no new frame of the input, but silence, noise, or one heard before; or no
    frame at all, for `stalled` of them. `breaks`: how often the count is interrupted. `latency_frames`: median by which
    frames are late.
    """
    found = numbers(sound, gain)[start:]
    there = found >= 0
    going_on = np.concatenate([[True], there[1:] & there[:-1] & (np.diff(found) == 1)])
    late = (np.arange(start, start + len(found)) - found)[there]
    return {
        "frames": len(found) + stalled,
        "lost_frames": len(found) + stalled - len(np.unique(found[there])),
        "stalled_frames": stalled,
        "silent_frames": int((~there).sum()),
        "breaks": int((~going_on[1:] & going_on[:-1]).sum()),
        "latency_frames": float(np.median(late)) if len(late) else float("nan"),
    }
