"""Compute against its deadline: the last minute as a trace, and everything since the separator began as a histogram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rtsep.control import EngineState
from rtsep.shared.histogram import percentile_ns, upper_edges_ns

Counts = NDArray[np.int64]
SECONDS = 60
PER_S = 2
POINTS = SECONDS * PER_S


def deadline_us(state: EngineState) -> float:
    """Time that a hop has; at the device's rate, where the separator's own may be another."""
    load = state.load
    if load.hop_share_p50 > 0.0:
        return load.hop_us_p50 / load.hop_share_p50
    return 1e6 * state.separator.hop / state.sample_rate


class LoadTrace:
    """`typical` and `most` (POINTS,), oldest first: share of the deadline that hops took; NaN where none were computed."""

    def __init__(self) -> None:
        self.typical: NDArray[np.float64] = np.full(POINTS, np.nan)
        self.most: NDArray[np.float64] = np.full(POINTS, np.nan)
        self.version = 0
        """Raised with every new point."""
        self._slot: int | None = None
        self._before: Counts | None = None

    def due(self, now_s: float) -> bool:
        """Whether a point is due at this moment of a clock that only goes forward."""
        return int(now_s * PER_S) != self._slot

    def note(self, now_s: float, hops: Counts | None, deadline_us: float) -> None:
        """The histogram of hops so far, in ns; None: it cannot be seen from here. Call it when `due`."""
        slot = int(now_s * PER_S)
        slots = 1 if self._slot is None else min(slot - self._slot, POINTS)
        self._slot = slot
        for kept in (self.typical, self.most):
            kept[: POINTS - slots] = kept[slots:]
            kept[POINTS - slots :] = np.nan
        if hops is not None and self._before is not None:
            new = hops - self._before
            if (new >= 0).all() and new.any():  # counts that fell are another separator's
                self.typical[-1] = percentile_ns(new, 50.0) / 1e3 / deadline_us
                self.most[-1] = percentile_ns(new, 100.0) / 1e3 / deadline_us
        self._before = hops.copy() if hops is not None else None
        self.version += 1


@dataclass(frozen=True, eq=False)
class Bars:
    """A histogram for the eye: (n + 1) edges in microseconds, (n) shares of all hops."""

    edges_us: NDArray[np.float64]
    shares: NDArray[np.float64]


def bars(hops: Counts, coarse: int = 2) -> Bars:
    """The occupied part of a histogram, so many of its bins (6 % wide) to a bar; empty if nothing was counted."""
    whole = hops.reshape(-1, coarse).sum(axis=1)
    upper = upper_edges_ns()[coarse - 1 :: coarse] / 1e3
    occupied = np.flatnonzero(whole)
    if not len(occupied):
        return Bars(np.zeros(1), np.zeros(0))
    first, last = int(occupied[0]), int(occupied[-1])
    edges = np.concatenate([[upper[first - 1] if first else 0.0], upper[first : last + 1]])
    return Bars(edges, whole[first : last + 1] / whole.sum())
