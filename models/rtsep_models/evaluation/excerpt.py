"""Which part of a song to score when all of it would take too long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rtsep_models.evaluation.ratios import Stem


def busiest(stems: Sequence[Stem], sample_rate: int, seconds: float) -> tuple[int, int]:
    """First and last frame of the excerpt, on whole seconds, whose least present stem has most of its energy there.

    All of the song if it is no longer than `seconds`, or if `seconds` is 0.

    >>> late = np.repeat(np.float32([[0, 0, 1, 1, 0]]), 10, axis=1)
    >>> busiest([late], 10, 2.0)
    (20, 40)
    """
    length = min(stem.shape[1] for stem in stems)
    whole, wanted = length // sample_rate, max(1, round(seconds))
    if not seconds or wanted >= whole:
        return 0, length
    energy = np.array([(stem[0, : whole * sample_rate].reshape(whole, -1) ** 2).sum(axis=1) for stem in stems])
    share = energy / np.maximum(energy.sum(axis=1, keepdims=True), 1e-12)
    sums = np.cumsum(np.pad(share, ((0, 0), (1, 0))), axis=1)
    start = int(np.argmax((sums[:, wanted:] - sums[:, :-wanted]).min(axis=0))) * sample_rate
    return start, start + wanted * sample_rate
