"""What the shots' delays say of time: jitter about a line, drift along it, steps where frames were lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STEP = 0.5
"""Frames by which a delay must change at once to be a step: neither noise nor a clock does that."""
STEP_DEVIATIONS = 8.0


@dataclass(frozen=True)
class Clocks:
    """`delay`: frames in the middle of the recording. `jitter_*`: distance from the line, frames.

    `drift_ppm`: how much longer the delay grows per time, with its standard error; None with fewer than three shots.
    `steps`: how many times the delay jumped.
    """

    delay: float
    jitter_median: float
    jitter_p95: float
    jitter_max: float
    drift_ppm: float | None
    drift_error_ppm: float | None
    steps: int


def clocks(starts: Sequence[float], delays: Sequence[float]) -> Clocks:
    """From each shot's start and delay, frames; at least one shot.

    >>> found = clocks([0, 10000, 20000, 30000], [100.0, 100.5, 101.0, 101.5])
    >>> round(found.delay, 6), round(found.drift_ppm), found.steps
    (100.75, 50, 0)
    """
    at, delay = np.asarray(starts, dtype=float), np.asarray(delays, dtype=float)
    if len(delay) < 3:
        apart = np.abs(delay - np.median(delay))
        return Clocks(float(np.median(delay)), *_spread(apart), None, None, 0)
    step = _steps(at, delay)
    steps = int(np.count_nonzero(step))
    level = delay - np.concatenate([[0.0], np.cumsum(step)])
    centre = at - at.mean()
    slope = float(centre @ level / (centre @ centre))
    rest = level - level.mean() - slope * centre
    error = float(np.sqrt(rest @ rest / (len(rest) - 2) / (centre @ centre)))
    middle = float(np.median(delay - slope * centre))
    # Where the delay has stepped, the distance from the line is what a listener meets.
    apart = np.abs(delay - slope * centre - middle)
    return Clocks(middle, *_spread(apart), 1e6 * slope, 1e6 * error, steps)


def _steps(at: np.ndarray, delay: np.ndarray) -> np.ndarray:
    """By how much each delay jumped from the one before, 0 where it did not."""
    change, time = np.diff(delay), np.diff(at)
    change = change - np.median(change / time) * time
    usual = float(np.median(np.abs(change))) / 0.6745
    return np.where(np.abs(change) > max(STEP, STEP_DEVIATIONS * usual), change, 0.0)


def _spread(apart: np.ndarray) -> tuple[float, float, float]:
    return float(np.median(apart)), float(np.percentile(apart, 95.0)), float(apart.max())
