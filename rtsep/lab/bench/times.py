"""From durations, or from the host's histograms of them, to what a report says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rtsep.lab.bench.report import Percentiles, Times
from rtsep.lab.percentiles import SHARES, percentiles
from rtsep.shared.fields import HISTOGRAM_BINS
from rtsep.shared.histogram import percentile_ns, upper_edges_ns

Ints = NDArray[np.int64]
NOTHING = Percentiles(0.0, 0.0, 0.0, 0.0)


def of_durations(repeats: Sequence[Ints]) -> Times:
    """Of each repeat's durations in ns, (N,)."""
    together = np.concatenate(repeats)
    bins = np.minimum(np.searchsorted(upper_edges_ns(), together, side="right"), HISTOGRAM_BINS - 1)
    return Times(
        count=len(together),
        all=_exact(together),
        repeats=tuple(_exact(repeat) for repeat in repeats),
        histogram=_sparse(np.bincount(bins, minlength=HISTOGRAM_BINS)),
    )


def of_histograms(repeats: Sequence[Ints]) -> Times:
    """Of each repeat's histogram, (HISTOGRAM_BINS,); exact to a bin, 6 %, whose upper edge counts."""
    together = np.sum(repeats, axis=0)
    return Times(
        count=int(together.sum()),
        all=_binned(together),
        repeats=tuple(_binned(repeat) for repeat in repeats),
        histogram=_sparse(together),
    )


def timeline(
    begun: Sequence[Ints], took: Sequence[Ints], seconds: float, slots: int
) -> tuple[tuple[float | None, ...], float]:
    """The longest duration, us, in each of `slots` equal stretches of all repeats, one after the other; their length, s.

    `begun`, `took`: ns, (N,) of each repeat, which lasted `seconds`.
    """
    length_s = seconds * len(begun) / slots
    longest = np.zeros(slots)
    for index, (starts, durations) in enumerate(zip(begun, took, strict=True)):
        places = np.clip((starts / 1e9 + index * seconds) / length_s, 0, slots - 1).astype(int)
        np.maximum.at(longest, places, durations / 1e3)
    return tuple(round(value, 2) if value else None for value in longest.tolist()), length_s


def _exact(durations: Ints) -> Percentiles:
    return Percentiles(*percentiles(durations / 1e3).values()) if len(durations) else NOTHING


def _binned(histogram: Ints) -> Percentiles:
    return Percentiles(*(percentile_ns(histogram, share) / 1e3 for share in SHARES.values()))


def _sparse(histogram: Ints) -> dict[int, int]:
    return {int(index): int(histogram[index]) for index in np.flatnonzero(histogram)}
