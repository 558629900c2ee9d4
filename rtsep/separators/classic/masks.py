"""The verdict: soft masks from weighted cues, as a Wiener filter whose source powers are products of cues.

Let log v_k = bias_k(f) + sum_i weight_ki(f) cue_i be the power that stem k claims of a bin, and v = 1 the residual's
claim. The Wiener gain v_k / sum v is then a soft choice among the stems. Mid and side are filtered apart, which for
sources in the middle is the multichannel Wiener filter of Duong, Vincent and Gribonval (2010), their covariance being
diagonal there. Weights are linear between a few frequencies (`tuning`).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep.separators.classic import tuning
from rtsep.separators.classic.kernels import FAST, clip

FloatArray = NDArray[np.float32]


def spread(knots_hz: tuple[float, ...], bins: int, bin_hz: float) -> FloatArray:
    """Shares (bins, knots) of each knot in each bin: linear over log frequency, constant beyond the ends.

    >>> spread((100.0, 400.0), 5, 100.0)[:, 0].tolist()[:3]
    [1.0, 1.0, 0.5]
    """
    where = np.log(np.maximum(np.arange(bins) * bin_hz, 20.0))
    rows = [np.interp(where, np.log(knots_hz), row) for row in np.eye(len(knots_hz))]
    return np.stack(rows, axis=1).astype(np.float32)


def weights_per_bin(bins: int, bin_hz: float) -> tuple[FloatArray, FloatArray]:
    """Weights (3 stems, K cues, F) and biases (2: mid and side, 3 stems, F) of vocals, drums and bass."""
    weights = np.einsum("fj,jsk->skf", spread(tuning.WEIGHT_KNOTS_HZ, bins, bin_hz), np.array(tuning.WEIGHTS))
    biases = np.einsum("fj,cjs->csf", spread(tuning.BIAS_KNOTS_HZ, bins, bin_hz), np.array(tuning.BIASES))
    return np.ascontiguousarray(weights, np.float32), np.ascontiguousarray(biases, np.float32)


@njit(**FAST)
def claims(cues: NDArray, weights: NDArray, out: NDArray) -> None:
    """Weighted sums of `cues` (K, F) by `weights` (3, K, F) into `out` (3, F): log claims before the bias."""
    for stem in range(out.shape[0]):
        for b in range(out.shape[1]):
            out[stem, b] = 0.0
        for cue in range(cues.shape[0]):
            for b in range(out.shape[1]):
                out[stem, b] += weights[stem, cue, b] * cues[cue, b]


@njit(**FAST)
def share_out(spectra: NDArray, claim: NDArray, biases: NDArray, trim: NDArray, contrast: float, out: NDArray) -> None:
    """Vocals, drums and bass of `spectra` (2, F) complex into `out` (3, 2, F); the residual keeps the rest.

    `trim` (3,) adds to the log claims, `contrast` multiplies them: large values turn the soft choice into a hard one.
    """
    for channel in range(2):
        for b in range(spectra.shape[1]):
            vocals = math.exp(clip(contrast * (claim[0, b] + biases[channel, 0, b] + trim[0]), -20.0, 20.0))
            drums = math.exp(clip(contrast * (claim[1, b] + biases[channel, 1, b] + trim[1]), -20.0, 20.0))
            bass = math.exp(clip(contrast * (claim[2, b] + biases[channel, 2, b] + trim[2]), -20.0, 20.0))
            part = spectra[channel, b] / (1.0 + vocals + drums + bass)
            out[0, channel, b] = vocals * part
            out[1, channel, b] = drums * part
            out[2, channel, b] = bass * part
