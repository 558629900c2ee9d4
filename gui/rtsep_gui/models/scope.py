"""The latent scope: what the dimensions did in the last seconds, as encoded and as played, and how that is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rtsep.spec import MAX_SCOPE

Values = NDArray[np.float32]
SHOWN_S = 4
PER_S = 60
POINTS = 2 * SHOWN_S * PER_S + 1
"""Kept: enough for a screen with two pixels to each of ours, and the point before."""
SMALLEST = 2.0**-6
"""Span of a dimension that does next to nothing."""
REVIEW = PER_S
"""Points between two looks at whether a span has become too wide."""


@dataclass(frozen=True)
class Inks:
    """Colours of a trace's pixels, 0xRRGGBB."""

    ground: int
    zero: int
    encoded: int
    played: int


def span_of(peak: float, span: float = 0.0) -> float:
    """What a trace spans to either side, a power of two; `span`, the one so far, stays while it fits within a factor of 4.

    >>> span_of(3.0), span_of(1.5, 4.0), span_of(0.9, 4.0), span_of(0.0)
    (4.0, 4.0, 1.0, 0.015625)
    """
    if span > 0.0 and span / 4 <= peak <= span:
        return span
    return max(SMALLEST, float(2.0 ** np.ceil(np.log2(max(peak, SMALLEST)))))


class Scope:
    """A ring of points, one for each picture. One thread; `note` allocates nothing that lasts."""

    def __init__(self) -> None:
        self._kept: Values = np.full((2, MAX_SCOPE, POINTS), np.nan, dtype=np.float32)
        self._loudest: Values = np.zeros(MAX_SCOPE, dtype=np.float32)
        self._next = 0
        self._left = 0
        self.spans: Values = np.full(MAX_SCOPE, SMALLEST, dtype=np.float32)
        """Of each dimension: the trace goes from minus to plus this."""
        self.version = 0
        """Raised with every point."""
        self.cleared = 0
        """Raised whenever all that was drawn no longer holds."""

    @property
    def blank(self) -> bool:
        """Whether nothing is known."""
        return not self._left

    def clear(self) -> None:
        """Forget everything."""
        if self.blank:
            return
        self._kept.fill(np.nan)
        self.spans.fill(SMALLEST)
        self._left = 0
        self.cleared += 1

    def note(self, values: Values | None) -> None:
        """The dimensions (2, D) at this moment, as encoded and as played; None, or what is not finite, is a gap."""
        if values is None and self.blank:
            return
        point = self._kept[:, :, self._next]
        point.fill(np.nan)
        if values is not None:
            point[:, : values.shape[1]] = values
            point[np.isinf(point)] = np.nan
        self._left = POINTS if values is not None else self._left - 1
        self._next = (self._next + 1) % POINTS
        self.version += 1
        self._fit(self._kept if self.version % REVIEW == 0 else point[:, :, None])

    def _fit(self, seen: Values) -> None:
        """Wider as soon as need be, narrower when all that is kept allows it."""
        whole = seen is self._kept
        np.fmax.reduce(np.abs(seen), axis=(0, 2), initial=0.0, out=self._loudest)
        for index in np.flatnonzero((self._loudest > self.spans) | (whole & (self._loudest < self.spans / 4))):
            self.spans[index] = span_of(float(self._loudest[index]), float(self.spans[index]))

    def pixels(self, index: int, inks: Inks, columns: int, rows: int) -> NDArray[np.uint32]:
        """The newest points of a dimension, one a column: (columns, rows), the lowest row first; lines two pixels thick."""
        made = np.full((columns, rows), inks.ground, dtype=np.uint32)
        count = min(columns, POINTS - 1)
        places = (self._next - 1 - count + np.arange(count + 1)) % POINTS
        heights = np.clip((self._kept[:, index, places] / self.spans[index] + 1.0) / 2.0, 0.0, 1.0) * (rows - 2)
        drawn, row = made[columns - count :], np.arange(rows)
        drawn[~np.isnan(heights[1, 1:]), rows // 2] = inks.zero
        for height, ink in zip(np.rint(heights), (inks.encoded, inks.played), strict=True):
            low, high = np.fmin(height[:-1], height[1:]), np.fmax(height[:-1], height[1:]) + 1.0
            low[np.isnan(height[1:])] = np.nan
            drawn[(row >= low[:, None]) & (row <= high[:, None])] = ink
        return made
