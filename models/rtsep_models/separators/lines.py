"""Buffers of a plugin that hold the past without allocating or moving more than they must."""

from __future__ import annotations

import numpy as np

from rtsep.separators.api import Audio


class Line:
    """The last `length` samples of a stream, (C, length), as one contiguous stretch; a hop is pushed at a time.

    Samples are appended to a buffer of two lengths, and moved back to its start only when that is full.
    """

    def __init__(self, channels: int, length: int, hop: int) -> None:
        """`length` is at least `hop`."""
        self._length, self._hop = length, hop
        keep = length - hop
        self._data = np.zeros((channels, keep + max(keep, hop) + hop), dtype=np.float32)
        self._end = length

    def push(self, mix: Audio) -> Audio:
        """Append (C, hop); where it now lies, to be changed at will."""
        if self._end + self._hop > self._data.shape[1]:
            keep = self._length - self._hop
            self._data[:, :keep] = self._data[:, self._end - keep : self._end]
            self._end = keep
        newest = self._data[:, self._end : self._end + self._hop]
        np.copyto(newest, mix)
        self._end += self._hop
        return newest

    def last(self, length: int, ago: int = 0) -> Audio:
        """The `length` samples that ended `ago` samples ago, (C, length); a view, good until the next push."""
        end = self._end - ago
        return self._data[:, end - length : end]

    def reset(self) -> None:
        """Silence."""
        self._data.fill(0.0)
        self._end = self._length


class OverlapAdd:
    """Sums frames of `length` samples, each a hop after the one before; (..., length) in, (..., hop) out."""

    def __init__(self, shape: tuple[int, ...], length: int, hop: int) -> None:
        """`shape`: the axes before the samples. `length` is a whole number of hops."""
        self._hops = length // hop
        self._hop = hop
        self._slots = np.zeros((self._hops, *shape, hop), dtype=np.float32)
        self._part = np.zeros((*shape, hop), dtype=np.float32)
        self._first = 0

    def add(self, frames: Audio, out: Audio) -> None:
        """Add a frame and write the hop that it finishes."""
        for index in range(self._hops):
            slot = self._slots[(self._first + index) % self._hops]
            np.copyto(self._part, frames[..., index * self._hop : (index + 1) * self._hop])
            np.add(slot, self._part, out=slot)
        finished = self._slots[self._first]
        np.copyto(out, finished)
        finished.fill(0.0)
        self._first = (self._first + 1) % self._hops

    def reset(self) -> None:
        """Silence."""
        self._slots.fill(0.0)
        self._first = 0
