"""Streaming short-time Fourier transform: one hop in, one frame out, one hop of each masked frame back."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep.separators.classic.order import OPTIONS
from rtsep.separators.windows import asymmetric_windows

QUIETEST = 1e-15
"""Input below this (-300 dB) counts as silence: the Fourier transform of denormal numbers is slow."""


@njit(**OPTIONS)
def push_mid_side(mix: NDArray, line: NDArray, clean: NDArray) -> None:
    """Shift `line` (2, N) by a hop and append mid and side of `mix` (2, hop); keep `mix` in the ring `clean`.

    `clean` (2, 2 * hop) holds the last two hops as they came, for the residual.
    """
    hop = mix.shape[1]
    size = line.shape[1]
    for channel in range(2):
        for t in range(size - hop):
            line[channel, t] = line[channel, t + hop]
        for t in range(hop):
            clean[channel, t] = clean[channel, t + hop]
            clean[channel, t + hop] = mix[channel, t]
    for t in range(hop):
        mid = 0.5 * (mix[0, t] + mix[1, t])
        side = 0.5 * (mix[0, t] - mix[1, t])
        line[0, size - hop + t] = mid if abs(mid) > QUIETEST else 0.0
        line[1, size - hop + t] = side if abs(side) > QUIETEST else 0.0


@njit(**OPTIONS)
def overlap_add(frames: NDArray, window: NDArray, tail: NDArray, clean: NDArray, out: NDArray) -> None:
    """Finish one hop of every stem: `out` (S, 2, hop), its last stem the residual.

    `frames` (S - 1, 2, N) are masked mid and side frames, of which the last 2 hop samples are windowed; `tail`
    (S - 1, 2, hop) is the half-finished hop, in and out; `clean` as in `push_mid_side`, its older hop is due now.
    """
    stems, _, size = frames.shape
    hop = tail.shape[2]
    for t in range(hop):
        left = clean[0, t]
        right = clean[1, t]
        for stem in range(stems):
            mid = tail[stem, 0, t] + frames[stem, 0, size - 2 * hop + t] * window[t]
            side = tail[stem, 1, t] + frames[stem, 1, size - 2 * hop + t] * window[t]
            out[stem, 0, t] = mid + side
            out[stem, 1, t] = mid - side
            left -= out[stem, 0, t]
            right -= out[stem, 1, t]
            tail[stem, 0, t] = frames[stem, 0, size - hop + t] * window[hop + t]
            tail[stem, 1, t] = frames[stem, 1, size - hop + t] * window[hop + t]
        out[stems, 0, t] = left
        out[stems, 1, t] = right


class StreamingTransform:
    """Mid and side of a stereo stream as overlapping frames of `size` samples, and the way back; delay = hop.

    Separator process.
    """

    def __init__(self, size: int, hop: int, masked_stems: int) -> None:
        self._analysis, self._synthesis = asymmetric_windows(size, hop)
        self._line = np.zeros((2, size), dtype=np.float32)
        self._clean = np.zeros((2, 2 * hop), dtype=np.float32)
        self._tail = np.zeros((masked_stems, 2, hop), dtype=np.float32)
        self._frame = np.zeros((2, size), dtype=np.float32)
        self.spectra = np.zeros((2, size // 2 + 1), dtype=np.complex64)
        self.masked = np.zeros((masked_stems, 2, size // 2 + 1), dtype=np.complex64)

    def reset(self) -> None:
        """Silence the past."""
        for buffer in (self._line, self._clean, self._tail):
            buffer.fill(0.0)

    def push(self, mix: NDArray[np.float32]) -> None:
        """Take one hop, (2, hop), and write `spectra` (2, F): mid and side of the newest frame."""
        push_mid_side(mix, self._line, self._clean)
        np.multiply(self._line, self._analysis, out=self._frame)
        self.spectra[:] = np.fft.rfft(self._frame)

    def pull(self, out: NDArray[np.float32]) -> None:
        """Turn `masked` (S - 1, 2, F) into one finished hop of stems, `out` (S, 2, hop)."""
        overlap_add(np.fft.irfft(self.masked), self._synthesis, self._tail, self._clean, out)
