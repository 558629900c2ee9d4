"""A rolling spectrogram, fed with sound as it comes: an image that is written in place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Audio = NDArray[np.float32]
SIZE = 2048
"""Samples in a window."""
FLOOR_DB = -90.0
LOW_HZ, HIGH_HZ = 40.0, 16000.0


class Spectrogram:
    """`image` (columns, bands) float32 in dB, oldest column first at `cursor`: column k of time is `(cursor + k) % columns`.

    Bands are spaced evenly by pitch from `LOW_HZ` to `HIGH_HZ`; each shows the loudest bin it covers.
    """

    def __init__(self, sample_rate: float, columns: int, bands: int, columns_per_s: float = 60.0) -> None:
        self.image = np.full((columns, bands), FLOOR_DB, dtype=np.float32)
        self.cursor = 0
        self.columns_per_s = columns_per_s
        self._hop = sample_rate / columns_per_s
        self._window = np.hanning(SIZE).astype(np.float32)
        self._scale_db = 20.0 * np.log10(2.0 / self._window.sum())
        self._past = np.zeros(SIZE, dtype=np.float32)
        self._due = self._hop
        edges = np.geomspace(LOW_HZ, min(HIGH_HZ, 0.45 * sample_rate), bands + 1) * SIZE / sample_rate
        low = np.floor(edges[:-1]).astype(int)
        self._low, self._count = low, np.maximum(1, np.ceil(edges[1:]).astype(int) - low)

    def feed(self, sound: Audio) -> int:
        """Take in samples (C, n), mixed to mono; the number of columns that came."""
        mono = sound.mean(axis=0)
        columns = 0
        while len(mono) >= self._due:
            part, mono = np.split(mono, [int(np.ceil(self._due))])
            self._due += self._hop - len(part)
            self._take(part)
            self._column()
            columns += 1
        self._due -= len(mono)
        self._take(mono)
        return columns

    def _take(self, part: Audio) -> None:
        part = part[-SIZE:]
        if len(part):
            self._past = np.concatenate([self._past[len(part) :], part])

    def _column(self) -> None:
        power = np.abs(np.fft.rfft(self._past * self._window)) ** 2
        # reduceat over (start, end) pairs: the even results are the bands.
        pairs = np.stack([self._low, self._low + self._count], axis=1).ravel()
        loudest = np.maximum.reduceat(power, np.minimum(pairs, len(power) - 1))[::2]
        self.image[self.cursor] = np.maximum(10.0 * np.log10(loudest + 1e-20) + self._scale_db, FLOOR_DB)
        self.cursor = (self.cursor + 1) % len(self.image)

    def in_order(self) -> NDArray[np.float32]:
        """A copy with the oldest column first."""
        return np.roll(self.image, -self.cursor, axis=0)
