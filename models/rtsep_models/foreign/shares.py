"""Stems as shares of the mixture, from what networks guess of each stem: they add up to it, with its phases."""

from __future__ import annotations

import numpy as np

from rtsep_models.foreign.axes import Array

SILENT = 1e-10
"""Power below which a bin is shared out evenly; that of Spleeter."""
LOADING = 1e-6
"""Of the mixture's power, added to every covariance: a mono mixture's cannot be inverted."""


def ratios(stems: Array, power: float) -> Array:
    """Masks, 0 to 1, of spectra (S, ...): magnitudes to a power over their sum.

    >>> ratios(np.array([[3.0], [1.0]]), 1.0).ravel().round(6).tolist()
    [0.75, 0.25]
    """
    weights = np.abs(stems) ** power
    return (weights + SILENT / len(weights)) / (weights.sum(axis=0) + SILENT)


def extended(masks: Array, bins: int, above: str) -> Array:
    """Masks (..., F) as (..., `bins`): above F nothing, or with `above` "mean" the mean below.

    >>> extended(np.array([0.5, 1.0]), 3, "mean").tolist()
    [0.5, 1.0, 0.75]
    """
    more = bins - masks.shape[-1]
    rest = masks.mean(axis=-1, keepdims=True) if above == "mean" else np.zeros_like(masks[..., :1])
    return np.concatenate([masks, np.repeat(rest, more, axis=-1)], axis=-1)


def wiener(stems: Array, mixture: Array, rounds: int) -> Array:
    """Stems (S, C, N, F) of a mixture (C, N, F) by a multichannel Wiener filter, complex64.

    A stem is taken as Gaussian, with a power for each bin of each frame and a covariance of channels for each bin that
    frames share; both are estimated from `stems`, then, from the second round on, from what the filter made of them
    (Nugraha, Liutkus and Vincent, 2016).
    """
    x = np.moveaxis(mixture, 0, -1)[..., None].astype(np.complex128)
    loaded = LOADING * np.square(np.abs(mixture)).mean(axis=0)[..., None, None] + SILENT
    unit = loaded * np.eye(len(mixture))
    for _ in range(rounds):
        powers = np.square(np.abs(stems)).mean(axis=1)
        covariances = np.einsum("scnf,sdnf->sfcd", stems, stems.conj(), optimize=True)
        covariances = covariances / (powers.sum(axis=1)[..., None, None] + SILENT)
        whole = np.einsum("snf,sfcd->nfcd", powers, covariances, optimize=True) + unit
        white = np.linalg.solve(whole, x)[..., 0]
        stems = powers[:, None] * np.einsum("sfcd,nfd->scnf", covariances, white, optimize=True)
    return stems.astype(np.complex64)
