"""Numbers that the flagship and the kernels that play it share: how it measures loudness, and its cues. Nothing here needs torch.

What they mean is told where they are used: `streaming/layers.py` and `networks/bandcues.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEVEL_SAMPLES, LEVEL_FRAMES = 88_200, 172.0
"""Time constant of the level that networks measure what they hear against, 2 s: in samples, and in hops of 512 of them."""
QUIET = 1e-7
"""Mean square of what is heard below which nothing is amplified further."""
VIEWS, FEATURES = 4, 8
"""Left, right, mid and side; and what a band's weights see of each bin."""

FLOOR = 1e-6
"""Power of a bin below which nothing is heard, of sound at the running level."""
SLOW, FAST, PLACE, TURN = 1 / 120, 1 / 5, 1 / 9, 1 / 4
"""Rates of exponential means per frame of 512 samples: of levels, 1.4 s and 60 ms; of places, 0.1 s; of the turn of phases."""
BURST = 0.94
"""What is left of a burst after a frame: it rings for 0.2 s."""
BACK = 4
"""Frames to the older of two levels that a rise is measured from, 46 ms."""
NEIGHBOURS = 9, 31
"""Values across which means are taken that partials stand out from."""
LEVELS, HELD = 4, 8
"""Cues that `Memory` holds for each value: slow and fast mean level, levels of a frame and of `BACK` frames ago; centre, pan,
steadiness, burst."""
FRESH = VIEWS + len(NEIGHBOURS) + HELD
"""What `Detail` sees of each value: four levels; the level against its neighbours and against those held; the other cues."""
WAVES, KNOWN = 6, 8
"""Waves over the logarithm of frequency by which `Detail` knows where it is, half of them sines; values it hears of each band."""


def places(shared: NDArray[np.int64]) -> NDArray[np.float32]:
    """Where each value lies, (WAVES, values): slow waves over the logarithm of the bin. `shared`: bins of each value."""
    first = np.cumsum(shared) - shared
    where = np.log(first + (shared - 1) / 2 + 1.0) / np.log(shared.sum() + 1.0)
    waves = np.pi * np.arange(1, WAVES // 2 + 1)[:, None] * where
    return np.concatenate([np.sin(waves), np.cos(waves)]).astype(np.float32)
