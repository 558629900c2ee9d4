"""A pair of windows for overlap-add with a long past and a short delay.

    analysis   ___________-----------------\\          length N = 2048: sees the past N samples
    synthesis                          /--\\          length 2 hop = 256: writes only the last 256
                                       |  |
                               hop by hop; the newest hop is finished one hop later

Mauler and Martin, "A low delay, variable resolution, perfect reconstruction spectral analysis-synthesis system for
speech enhancement", EUSIPCO 2007.

Proof of perfect reconstruction. Number the last 2 hop samples n = 0..2 hop - 1 and let
h(n) = sin^2(pi (n + 1/2) / (2 hop)). Synthesis is made so that analysis * synthesis = h: over the first hop
h / analysis, over the second hop sqrt(h), where the analysis window is sqrt(h) itself. Every output sample lies in two
successive frames, at n and at n + hop, and h(n) + h(n + hop) = sin^2 + cos^2 = 1. The division is safe: over the first
hop analysis is the top of a rising sine, at least sin(pi/4) there if the analysis window is three hops or longer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rtsep.errors import SeparatorError

Window = NDArray[np.float32]


def asymmetric_windows(analysis: int, hop: int) -> tuple[Window, Window]:
    """The analysis window, (analysis,), and the synthesis window for its last 2 hop samples, (2 * hop,).

    Raises SeparatorError if `analysis` is shorter than three hops.

    >>> long, short = asymmetric_windows(2048, 128)
    >>> product = long[-256:] * short
    >>> bool(np.allclose(product[:128] + product[128:], 1.0, atol=1e-6))
    True
    """
    if hop < 1 or analysis < 3 * hop:
        raise SeparatorError(
            f"analysis window of {analysis} samples with hop {hop}: it must be at least three hops long; "
            "lengthen the window or shorten the hop"
        )
    rise = np.sin(0.5 * np.pi * (np.arange(analysis - hop) + 0.5) / (analysis - hop))
    overlap = np.sin(0.5 * np.pi * (np.arange(2 * hop) + 0.5) / hop) ** 2
    fall = np.sqrt(overlap[hop:])
    synthesis = np.concatenate([overlap[:hop] / rise[-hop:], fall])
    return np.concatenate([rise, fall]).astype(np.float32), synthesis.astype(np.float32)
