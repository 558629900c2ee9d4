"""What is left of the vocals when they are muted, and what muting them does to the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rtsep_models.evaluation.ratios import Stem, usdr

WINDOW_S = 0.09
FRAMES = 22
"""A second of frames, half a window apart."""
LOWEST_BAND_HZ = 100.0
BANDS_PER_OCTAVE = 3
_RIDGE = 1e-9


@dataclass(frozen=True)
class Leakage:
    """With the vocals muted, in dB."""

    vocals_left_db: float
    """Vocal energy that is still there, against that of the vocals: -20 leaves a hundredth."""
    rest_usdr_db: float
    """How faithful the rest is: uSDR of the accompaniment."""


def leakage(vocals: Stem, rest: Stem, left: Stem, sample_rate: int) -> Leakage:
    """`left` is what plays with the vocals muted; `vocals` and `rest` are true, and neither is silent.

    In every cell of a second by a third of an octave, `left` is written as a * vocals + b * rest by least squares over
    the cell's short-time spectra. The vocals left are the a * vocals of all cells together: what sounds like the vocals
    because the accompaniment does falls to b, and a voice that is muffled counts for what still sounds of it.

    >>> v, r = np.random.default_rng(0).standard_normal((2, 2, 48000)).astype(np.float32)
    >>> round(leakage(v, r, 0.1 * v + 0.5 * r, 48000).vocals_left_db, 3)
    -20.0
    """
    window = np.hanning(2 * round(WINDOW_S * sample_rate / 2))
    hop = len(window) // 2
    tracks = np.pad(np.stack([vocals, rest, left]), ((0, 0), (0, 0), (hop, len(window))))
    frames = np.lib.stride_tricks.sliding_window_view(tracks, len(window), axis=2)[:, :, ::hop]
    bands = _band_starts(sample_rate, len(window))
    stayed = whole = 0.0
    for start in range(0, frames.shape[2], FRAMES):
        spectra = np.fft.rfft(frames[:, :, start : start + FRAMES] * window, axis=3)
        energies = _energies(spectra, bands)
        stayed, whole = stayed + energies[0], whole + energies[1]
    return Leakage(float(10.0 * np.log10(max(stayed / whole, 1e-20))), usdr(rest, left))


def _energies(spectra: NDArray[np.complex128], bands: list[int]) -> tuple[float, float]:
    """Of the vocals that stayed and of the vocals; `spectra` are (vocals/rest/left, C, N, F)."""
    v, r, m = spectra

    def inner(a: NDArray[np.complex128], b: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """Of each cell, (C, bands)."""
        return np.add.reduceat(np.sum(a.conj() * b, axis=1), bands, axis=1)

    vv, rr, mm = inner(v, v).real, inner(r, r).real, inner(m, m).real
    vr, vm, rm = inner(v, r), inner(v, m), inner(r, m)
    ridge = _RIDGE * (vv + rr) + np.finfo(float).tiny
    determinant = (vv + ridge) * (rr + ridge) - np.abs(vr) ** 2
    share = ((rr + ridge) * vm - vr * rm) / determinant
    # Where both are nearly the same sound the shares are anybody's guess, but no more can be left than what plays.
    return float(np.sum(np.minimum(np.abs(share) ** 2 * vv, mm))), float(np.sum(vv))


def _band_starts(sample_rate: int, size: int) -> list[int]:
    """The bins at which bands begin."""
    count = int(np.ceil(BANDS_PER_OCTAVE * np.log2(sample_rate / 2 / LOWEST_BAND_HZ)))
    edges_hz = LOWEST_BAND_HZ * 2.0 ** (np.arange(count) / BANDS_PER_OCTAVE)
    return [0, *(round(hz * size / sample_rate) for hz in edges_hz)]
