"""Signal-to-distortion ratios of stems, as the two usual yardsticks define them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Stem = NDArray[np.float32]
"""(C, T)."""
Stems = Mapping[str, Stem]
"""By name; all equally long and aligned."""

SILENT = 1e-4
"""Of the mix's energy: a stem below it is not there, and has no score."""
_FLOOR = 1e-7


def usdr(reference: Stem, estimate: Stem) -> float:
    """10 log10 of the reference's energy over that of the error, both channels and all samples together, dB.

    Mitsufuji et al., Music Demixing Challenge 2021, equation 1. (C, T) each.

    >>> one = np.ones((2, 10), dtype=np.float32)
    >>> round(usdr(one, 0.9 * one), 3)
    20.0
    """
    true = reference.astype(float)
    error = true - estimate.astype(float)
    return float(10.0 * np.log10((np.sum(true**2) + _FLOOR) / (np.sum(error**2) + _FLOOR)))


def museval_sdr(references: Stems, estimates: Stems, sample_rate: int) -> dict[str, float]:
    """What `museval.evaluate` calls SDR: the median over frames of one second of each stem's energy ratio.

    BSS Eval v4 divides the error into spatial distortion, interference and artifacts by way of long filters, but its SDR
    adds the three up again: to the plain error, for which no filter is needed (a test compares with museval itself).
    Kept is its rule of silence: a frame counts for no stem if any of the stems, true or estimated, is digitally silent
    in it. NaN if no frame counts.
    """
    ratios, counted = {}, np.array(True)
    for name, reference in references.items():
        true, guess = _frames(reference, sample_rate), _frames(estimates[name], sample_rate)
        counted = counted & true.sum(axis=1).any(axis=1) & guess.sum(axis=1).any(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios[name] = 10.0 * np.log10(np.sum(true**2, axis=(1, 2)) / np.sum((true - guess) ** 2, axis=(1, 2)))
    return {name: float(np.median(ratio[counted])) if counted.any() else np.nan for name, ratio in ratios.items()}


def _frames(stem: Stem, length: int) -> NDArray[np.float64]:
    """(N, C, length), whole frames only; all of it if it is shorter than one."""
    length = min(length, stem.shape[1])
    count = stem.shape[1] // length
    return stem[:, : count * length].astype(float).reshape(len(stem), count, length).swapaxes(0, 1)


def sounds(stem: Stem, mix: Stem) -> bool:
    """Whether a stem is there at all: above -40 dB of the mix. The ratio means nothing for one that is silent."""
    return bool(np.mean(stem.astype(float) ** 2) > SILENT * np.mean(mix.astype(float) ** 2))
