"""Frames of a chunk: the short-time Fourier transform of offline networks, and the way back for what is heard of it.

    padding "zeros", "reflect"    ~~[=============================]~~     frames are centred on 0, hop, 2 hop ...
    padding "none"                  [=============================]       whole frames only

The way back is that of least squares: frames are windowed again and divided by the sum of squared windows (Griffin and Lim,
1984), so that any hop will do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rtsep.separators.api import Audio
from rtsep_models.foreign.axes import Array
from rtsep_models.foreign.windows import window

LEAST_WEIGHT = 1e-6
"""Of squared windows, where next to nothing is known of a sample."""


@dataclass(frozen=True)
class Frames:
    """What a graph is fed with: `count` frames of `length` samples, each a `hop` after the one before.

    >>> Frames(4096, 1024, 512, "none").samples, Frames(6144, 1024, 256, "reflect").samples
    (527360, 261120)
    """

    length: int
    hop: int
    count: int
    padding: str = "zeros"
    window: str = "hann"

    @property
    def samples(self) -> int:
        """That the frames span."""
        return self.hop * (self.count - 1) + (self.length if self.padding == "none" else 0)

    @property
    def edge(self) -> int:
        """Samples before the first, at either end."""
        return 0 if self.padding == "none" else self.length // 2

    def analysed(self, mix: Audio) -> Array:
        """(C, `samples`) to spectra (C, N, F), complex64."""
        mode = "reflect" if self.padding == "reflect" else "constant"
        padded = np.pad(mix, ((0, 0), (self.edge, self.length - self.edge if self.edge else 0)), mode)
        views = np.lib.stride_tricks.sliding_window_view(padded, self.length, axis=1)[:, :: self.hop][:, : self.count]
        return np.fft.rfft(views * window(self.window, self.length), axis=-1).astype(np.complex64)

    def heard(self, begin: int, end: int) -> slice:
        """Frames that have a part in the samples from `begin` to `end`."""
        first = (begin + self.edge - self.length) // self.hop + 1
        last = (end + self.edge - 1) // self.hop
        return slice(max(0, first), min(self.count, last + 1))

    def synthesised(self, spectra: Array, begin: int, end: int) -> Audio:
        """Those samples, (S, C, end - begin), of the spectra (S, C, N, F) of the frames that `heard` names."""
        shape = window(self.window, self.length)
        frames = np.fft.irfft(spectra, self.length, axis=-1).astype(np.float32) * shape
        start = self.heard(begin, end).start * self.hop
        span = self.hop * (frames.shape[2] - 1) + self.length
        out, weight = np.zeros((*frames.shape[:2], span), dtype=np.float32), np.zeros(span, dtype=np.float32)
        for index in range(frames.shape[2]):
            place = slice(index * self.hop, index * self.hop + self.length)
            out[..., place] += frames[:, :, index]
            weight[place] += shape**2
        part = slice(begin + self.edge - start, end + self.edge - start)
        out /= np.maximum(weight, LEAST_WEIGHT)
        return out[..., part]
