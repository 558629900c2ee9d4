"""What is asked of an autoencoder with partitions: how near it comes to what it heard, and how far apart its partitions are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rtsep_models.evaluation.ratios import Stem

WINDOW, HOP = 2048, 512
ENVELOPE_S = 0.02
RANGE_DB = 60.0
"""Below the loudest, nothing is told apart: neither a bin of a spectrum nor a moment of an envelope."""


def log_spectral_distance_db(reference: Stem, estimate: Stem) -> float:
    """Mean over frames of the root mean square over bins of the difference of their levels, both channels summed; (C, T).

    Levels below -60 dB of the reference's loudest bin count as that; frames in which the reference is silent are left out.

    >>> noise = np.random.default_rng(0).standard_normal((2, 20000)).astype(np.float32)
    >>> round(log_spectral_distance_db(noise, 0.5 * noise), 2)
    6.02
    """
    true, guess = _levels_db(reference), _levels_db(estimate)
    floor = true.max() - RANGE_DB
    heard = true.max(axis=1) > floor
    difference = np.maximum(true, floor)[heard] - np.maximum(guess, floor)[heard]
    return float(np.sqrt(np.mean(difference**2, axis=1)).mean())


def envelope_correlation(stems: Sequence[Stem], sample_rate: int) -> float:
    """Mean over pairs of stems of the correlation of their levels in 20 ms, dB; (C, T) each.

    Levels below -60 dB of the loudest stem's peak count as that. Pairs of which one never changes are left out; NaN if all.

    >>> t = np.arange(48000) / 48000
    >>> a, b = (np.float32(np.sin(2000 * t) * (1.01 + np.sin(9 * t + p)))[None] for p in (0.0, np.pi))
    >>> bool(envelope_correlation([a, a], 48000) > 0.99), bool(envelope_correlation([a, b], 48000) < -0.5)
    (True, True)
    """
    size = round(ENVELOPE_S * sample_rate)
    frames = stems[0].shape[1] // size
    powers = [
        np.square(stem[:, : frames * size], dtype=float).reshape(len(stem), frames, size).mean(axis=(0, 2))
        for stem in stems
    ]
    floor = max(power.max() for power in powers) * 10.0 ** (-RANGE_DB / 10.0) + 1e-20
    levels = [10.0 * np.log10(np.maximum(power, floor)) for power in powers]
    moving = [level for level in levels if level.std() > 1e-6]
    pairs = [np.corrcoef(a, b)[0, 1] for a, b in combinations(moving, 2)]
    return float(np.mean(pairs)) if pairs else float("nan")


def _levels_db(sound: Stem) -> NDArray[np.float64]:
    """(N, F)."""
    frames = np.lib.stride_tricks.sliding_window_view(sound.sum(axis=0), WINDOW)[::HOP]
    return 20.0 * np.log10(np.abs(np.fft.rfft(frames * np.hanning(WINDOW), axis=1)) + 1e-12)
