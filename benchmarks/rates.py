"""The same song, the same weights, two sample rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import soxr

from rtsep_models.evaluation.estimates import streamed
from rtsep_models.evaluation.material import Piece
from rtsep_models.evaluation.scores import score

RATES = (44100, 48000)


def rate_gap(separator: str, piece: Piece, seconds: float) -> dict[str, Any]:
    """uSDR of an excerpt at both rates, natively, each against the true stems at that rate; dB."""
    song = piece.load(seconds)
    levels: dict[int, float] = {}
    for rate in RATES:
        stems = {name: _at(rate, track, song.sample_rate) for name, track in song.stems.items()}
        mix = np.stack(list(stems.values())).sum(axis=0)
        levels[rate] = score(piece.name, rate, streamed(separator, mix, rate), stems).usdr_db
    return {"song": piece.name, "usdr_db": levels, "gap_db": levels[RATES[1]] - levels[RATES[0]]}


def _at(rate: int, track: np.ndarray, sample_rate: int) -> np.ndarray:
    return np.ascontiguousarray(soxr.resample(track.T, sample_rate, rate, "VHQ").T)
