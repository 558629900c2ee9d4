"""Rolling spectrograms, fed with sound as it comes: images that are written in place."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Audio = NDArray[np.float32]
Levels = NDArray[np.float32]
SIZE = 4096
"""Samples in a window: 12 Hz between bins, so that a bass line shows its notes; half of its energy lies within 30 ms."""
FLOOR_DB = -90.0
LOW_HZ, HIGH_HZ = 40.0, 16000.0
AT_ONCE = 8
"""Columns in one batch of transforms: more would only leave the cache."""


class Spectra:
    """Spectrograms of several signals that are fed together.

    `images` (signals, columns, bands) float32 in dB, oldest column first at `cursor`: column k of time is
    `(cursor + k) % columns`. Bands are spaced evenly by pitch from `LOW_HZ` to `HIGH_HZ`; each shows the loudest bin it
    covers, or, below where bins are wider than bands, what lies between two bins. Channels add up by power: what stands
    in opposite phase left and right is seen as it is heard.
    """

    def __init__(self, sample_rate: float, signals: int, columns: int, bands: int, columns_per_s: float = 60.0) -> None:
        self.images: Levels = np.full((signals, columns, bands), FLOOR_DB, dtype=np.float32)
        self.cursor = 0
        self.columns_per_s = columns_per_s
        self._hop = sample_rate / columns_per_s
        self._window = np.hanning(SIZE).astype(np.float32)
        self._scale = np.float32((2.0 / self._window.sum()) ** 2)
        self._past: Audio = np.zeros((signals, 1, SIZE), dtype=np.float32)
        self._fed = self._ended = 0
        edges = np.geomspace(LOW_HZ, min(HIGH_HZ, 0.45 * sample_rate), bands + 1) * SIZE / sample_rate
        narrow = int(np.searchsorted(np.diff(edges), 1.0))
        middle = np.sqrt(edges[:narrow] * edges[1 : narrow + 1])
        self._below = middle.astype(int)
        self._between = (middle - self._below).astype(np.float32)
        self._starts = np.floor(edges[narrow:-1]).astype(int)
        self._end = int(np.ceil(edges[-1]))

    @property
    def columns(self) -> int:
        """That each image holds."""
        return self.images.shape[1]

    def feed(self, sound: Audio) -> int:
        """Take in samples (signals, C, n); the number of columns that came."""
        if sound.shape[1] != self._past.shape[1]:
            self._past = np.zeros((*sound.shape[:2], SIZE), dtype=np.float32)
        joined = np.concatenate([self._past, sound], axis=-1)
        ends: list[int] = []
        # From the beginning, not from the last end: rounding errors that add up would depend on the portions.
        while (end := math.ceil((self._ended + 1) * self._hop) - self._fed) <= sound.shape[-1]:
            ends.append(end)
            self._ended += 1
        self._fed += sound.shape[-1]
        for first in range(0, len(ends), AT_ONCE):
            self._write(joined, ends[first : first + AT_ONCE])
        self._past = joined[..., -SIZE:]
        return len(ends)

    def skip(self, frames: int) -> int:
        """Let time pass of which nothing is known: empty columns, whose number is returned."""
        passed = int(frames / self._hop)
        blank = (self.cursor + np.arange(min(passed, self.columns))) % self.columns
        self.images[:, blank] = FLOOR_DB
        self.cursor = (self.cursor + passed) % self.columns
        self._past = np.zeros_like(self._past)
        return passed

    def _write(self, joined: Audio, ends: list[int]) -> None:
        windows = np.stack([joined[..., end : end + SIZE] for end in ends])  # (columns, signals, C, SIZE)
        power = np.zeros((*windows.shape[:2], SIZE // 2 + 1), dtype=np.float32)
        for channel in range(windows.shape[2]):  # all signals in one transform: half the time of one after another
            spectrum = np.fft.rfft(windows[:, :, channel] * self._window)
            power += np.square(spectrum.real) + np.square(spectrum.imag)
        level_db = self._banded(power * (self._scale / windows.shape[2]))
        places = (self.cursor + np.arange(len(ends))) % self.columns
        self.images[:, places] = level_db.swapaxes(0, 1)
        self.cursor = (self.cursor + len(ends)) % self.columns

    def _banded(self, power: Levels) -> Levels:
        """Power of bins (..., F) as levels of bands (..., bands), dB."""
        low = power[..., self._below] * (1 - self._between) + power[..., self._below + 1] * self._between
        wide = np.maximum.reduceat(power[..., : self._end], self._starts, axis=-1)
        banded = np.concatenate([low, wide], axis=-1)
        return np.maximum(10.0 * np.log10(banded + np.float32(1e-20)), np.float32(FLOOR_DB))

    def latest(self, count: int, first: int = 0, last: int | None = None) -> Levels:
        """A copy of the newest `count` columns, (signals, count, bands), oldest first; of signals `first` to before `last`."""
        return self.images[first:last, (self.cursor - count + np.arange(count)) % self.columns]

    def in_order(self) -> Levels:
        """A copy with the oldest column first."""
        return self.latest(self.columns)


class Spectrogram:
    """One signal's, as small pictures have it: `image` (columns, bands) as a row of `Spectra.images`."""

    def __init__(self, sample_rate: float, columns: int, bands: int, columns_per_s: float = 60.0) -> None:
        self._spectra = Spectra(sample_rate, 1, columns, bands, columns_per_s)
        self.columns_per_s = columns_per_s

    @property
    def image(self) -> Levels:
        """Written in place."""
        return self._spectra.images[0]

    @property
    def cursor(self) -> int:
        """The oldest column."""
        return self._spectra.cursor

    def feed(self, sound: Audio) -> int:
        """Take in samples (C, n); the number of columns that came."""
        return self._spectra.feed(sound[np.newaxis])

    def in_order(self) -> Levels:
        """A copy with the oldest column first."""
        return self._spectra.in_order()[0]
