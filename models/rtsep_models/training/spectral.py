"""Distances between spectra at several resolutions: what an autoencoder is trained on that need not keep phases."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

RESOLUTIONS = (2048, 512, 128)
FLOOR = 1e-3
"""Of the reference's mean magnitude: what is quieter (-60 dB) is not told apart."""
SHARE = 0.1
"""Of the reference in the measure of a relative error: a silent stem has nothing to be relative to."""
QUIET = 1e-4
"""Magnitude (of noise at about -80 dBFS) below which nothing is told apart in a silent mixture either."""
FAINT = 1e-2
"""Magnitude (-40 dBFS) that a relative error is relative to at least: a hum in silence is no catastrophe."""


def magnitudes(x: Tensor, size: int) -> Tensor:
    """|STFT| of (..., T), frames half a window apart: (..., F, N)."""
    window = torch.hann_window(size, device=x.device)
    spectra = torch.stft(x.flatten(0, -2), size, size // 2, window=window, center=False, return_complex=True)
    return spectra.abs().unflatten(0, x.shape[:-1]) / size**0.5


def spectral_distance(
    estimate: Tensor, target: Tensor, reference: Tensor, resolutions: Sequence[int] = RESOLUTIONS
) -> Tensor:
    """How far waveforms are apart, (B, S): mean over resolutions of relative L2 error plus L1 of log magnitudes.

    `estimate` and `target` (B, S, C, T); `reference` (B, C, T), the mixture, gives the floor of both.
    """
    total = torch.zeros(estimate.shape[:2], device=estimate.device)
    for size in resolutions:
        a, b = magnitudes(estimate, size), magnitudes(target, size)
        with torch.no_grad():
            whole = magnitudes(reference, size)[:, None]
            floor = FLOOR * whole.mean(dim=(2, 3, 4), keepdim=True) + QUIET
            measure = _norm(b) + SHARE * _norm(whole) + FAINT * b[0, 0].numel() ** 0.5
        logarithmic = ((a + floor).log() - (b + floor).log()).abs().mean(dim=(2, 3, 4))
        total = total + _norm(a - b) / measure + logarithmic
    return total / len(resolutions)


def _norm(x: Tensor) -> Tensor:
    return (x.square().sum(dim=(2, 3, 4)) + QUIET**2).sqrt()
