"""A pair of windows for overlap-add with a long past and a short delay.

    analysis   ___________-----------------\\          length N = 2048: sees the past N samples
    synthesis                          /--\\          length W = 256: writes only the last W
                                       |  |
                               hop by hop; a hop is finished W - hop samples after it came in

Mauler and Martin, "A low delay, variable resolution, perfect reconstruction spectral analysis-synthesis system for
speech enhancement", EUSIPCO 2007.

Proof of perfect reconstruction. Number the last W samples n = 0..W - 1 and let h(n) = (2 hop / W) sin^2(pi (n + 1/2) / W).
Synthesis is made so that analysis * synthesis = h. Every output sample lies in W / hop successive frames, at n, n + hop,
..., and sin^2(a) = (1 - cos 2a) / 2: over W / hop >= 2 equal steps around the circle the cosines cancel, so that the
products add up to (2 hop / W) (W / hop) / 2 = 1. The division is safe. Over the first half of the W samples analysis is
the top of a sine that rises over N - W / 2 samples: with N = W it is sin(pi (n + 1/2) / W) itself, and h divided by it
is that sine again; with a longer N it is larger still. Over the second half both windows are square roots of h.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rtsep.errors import SeparatorError

Window = NDArray[np.float32]


def asymmetric_windows(analysis: int, hop: int, synthesis: int | None = None) -> tuple[Window, Window]:
    """The analysis window, (analysis,), and the synthesis window for its last samples, (synthesis,); 2 hops if None.

    Raises SeparatorError unless `synthesis` is even, two or more whole hops, and not longer than `analysis`.

    >>> long, short = asymmetric_windows(2048, 128)
    >>> product = long[-256:] * short
    >>> bool(np.allclose(product[:128] + product[128:], 1.0, atol=1e-6))
    True
    """
    synthesis = 2 * hop if synthesis is None else synthesis
    if hop < 1 or synthesis % 2 or synthesis < 2 * hop or synthesis % hop or analysis < synthesis:
        raise SeparatorError(
            f"windows of {analysis} (analysis) and {synthesis} samples (synthesis) with hop {hop}: synthesis must be even, "
            "two or more whole hops, and at most as long as analysis; change one of the three"
        )
    half = synthesis // 2
    rise = np.sin(0.5 * np.pi * (np.arange(analysis - half) + 0.5) / (analysis - half))
    overlap = np.sin(np.pi * (np.arange(synthesis) + 0.5) / synthesis) ** 2
    fall = np.sqrt(overlap[half:])
    back = np.concatenate([overlap[:half] / rise[-half:], fall]) * (2 * hop / synthesis)
    return np.concatenate([rise, fall]).astype(np.float32), back.astype(np.float32)
