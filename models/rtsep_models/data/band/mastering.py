"""The last step of a song: one limiter and one fader for all stems, so that they still add up to the mix."""

from __future__ import annotations

import numpy as np

from rtsep_models.data.band.effects import HOP, FloatArray, with_gains
from rtsep_models.data.band.kernels import follow
from rtsep_models.data.songs import SAMPLE_RATE

PEAK = 0.9
"""No stem and no sum of all stems goes beyond this."""
FADE_S = 1.2


def master(stems: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Stems (S, 2, T) at any level, limited by 0 to 5 dB, faded at the end and brought to a peak of at most `PEAK`."""
    time_s = np.arange(stems.shape[2]) / SAMPLE_RATE
    stems = stems * np.clip((time_s[-1] - time_s) / FADE_S, 0, 1).astype(np.float32)
    mix = stems.sum(axis=0)
    limit = float(np.abs(mix).max(initial=1e-6)) * 10 ** (-float(rng.uniform(0.0, 5.0)) / 20)
    frames = mix.shape[1] // HOP
    peaks = np.abs(mix[:, : frames * HOP]).reshape(2, frames, HOP).max(axis=(0, 2)).astype(np.float64)
    wanted = np.minimum(0.0, 20 * np.log10(limit / (peaks + 1e-9)))
    follow(wanted, 0.0, float(np.exp(-HOP / SAMPLE_RATE / rng.uniform(0.05, 0.3))))
    # One frame ahead of each peak, so that the gain is down when it comes.
    wanted = np.minimum(wanted, np.roll(wanted, -1))
    stems = np.stack([with_gains(stem, wanted) for stem in stems])
    # A stem can reach further than the sum, where the others are against it.
    peak = max(float(np.abs(stems.sum(axis=0)).max()), float(np.abs(stems).max()), 1e-6)
    return stems * np.float32(PEAK * 10 ** (-float(rng.uniform(0, 4)) / 20) / peak)
