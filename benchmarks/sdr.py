"""How good stems are: signal-to-distortion ratio over a whole song, as the Music Demixing Challenge defined it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FLOOR = 1e-7
SILENT = 1e-4
"""Of the mix's energy."""


def usdr(reference: NDArray[np.float32], estimate: NDArray[np.float32]) -> float:
    """10 log10 of the reference's energy over that of the error, both channels and all samples together, dB.

    Mitsufuji et al., Music Demixing Challenge 2021, equation 1. (C, T) each.

    >>> one = np.ones((2, 10), dtype=np.float32)
    >>> round(usdr(one, 0.9 * one), 3)
    20.0
    """
    true = reference.astype(float)
    error = true - estimate.astype(float)
    return float(10.0 * np.log10((np.sum(true**2) + _FLOOR) / (np.sum(error**2) + _FLOOR)))


def merged(
    stems: dict[str, NDArray[np.float32]], true: dict[str, NDArray[np.float32]]
) -> dict[str, NDArray[np.float32]]:
    """`stems` with those that the song does not tell apart added up: a song without a bass stem has it in `other`."""
    extra = [stem for name, stem in stems.items() if name not in true]
    kept = {name: stem for name, stem in stems.items() if name in true}
    if extra:
        kept["other"] = np.stack([kept["other"], *extra]).sum(axis=0)
    return kept


def sounds(stem: NDArray[np.float32], mix: NDArray[np.float32]) -> bool:
    """Whether a stem is there at all: above -40 dB of the mix. The ratio means nothing for one that is silent."""
    return bool(np.mean(stem.astype(float) ** 2) > SILENT * np.mean(mix.astype(float) ** 2))
