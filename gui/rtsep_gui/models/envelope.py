"""The last seconds of a signal as its lowest and highest sample, column by column: a waveform in little."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Audio = NDArray[np.float32]
SECONDS = 6.0


class Envelope:
    """`low` and `high` (columns,), where column k of all time is `k % columns`. Columns lie on the host's clock.

    What was not seen, because the window was elsewhere, stays empty: NaN.
    """

    def __init__(self, sample_rate: float, columns: int, seconds: float = SECONDS) -> None:
        self.columns = columns
        self.low = np.full(columns, np.nan, dtype=np.float32)
        self.high = np.full(columns, np.nan, dtype=np.float32)
        self.frames = max(1, round(sample_rate * seconds / columns))
        """In a column."""
        self.end = 0
        """Position up to which it has been fed."""

    @property
    def column(self) -> int:
        """The one being written, of all time; the oldest shown is `column - columns + 1`."""
        return max(0, self.end - 1) // self.frames

    def feed(self, end: int, sound: Audio) -> bool:
        """Take in samples (C, n) that end at position `end`; whether a column has begun since the last time."""
        before = self.column
        start = end - sound.shape[1]
        if end < self.end:  # the clock began anew
            self.low[:] = self.high[:] = np.nan
            before = -1
        self._forget(before, end)
        self.end = end
        if sound.shape[1]:
            self._take(start, sound)
        return self.column != before

    def _forget(self, last: int, end: int) -> None:
        """Columns after the `last`, up to the one that holds `end`, begin empty."""
        newest = max(0, end - 1) // self.frames
        fresh = np.arange(max(last + 1, newest - self.columns + 1), newest + 1) % self.columns
        self.low[fresh] = self.high[fresh] = np.nan

    def _take(self, start: int, sound: Audio) -> None:
        skip = max(0, sound.shape[1] - self.columns * self.frames)
        start, sound = start + skip, sound[:, skip:]
        low, high = sound.min(axis=0), sound.max(axis=0)
        numbers = np.arange(start // self.frames, (start + len(low) - 1) // self.frames + 1)
        cuts = np.maximum(numbers * self.frames - start, 0)
        at = numbers % self.columns
        self.low[at] = np.fmin(self.low[at], np.minimum.reduceat(low, cuts))
        self.high[at] = np.fmax(self.high[at], np.maximum.reduceat(high, cuts))
