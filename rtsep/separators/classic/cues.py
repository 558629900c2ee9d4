"""Nine cues per frequency bin and hop that tell voice, drums and bass apart: the evidence, without any verdict."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rtsep.separators.classic import kernels
from rtsep.separators.classic.order import median_across, push_history

CUES = ("novelty", "slope", "share", "tonal", "steady", "burst", "centre", "pan", "bright")
"""Names along axis K of `Cues.values`; `kernels` says what each one measures."""

NEIGHBOURS = 9  # bins; medians over 13 to 51 separated less well
HISTORY = 32  # levels per bin, one every HISTORY_HOPS hops: 1.4 s, long enough for a note to count as new
HISTORY_HOPS = 16
SLOPE_HOPS = 16  # 43 ms, the length of the frame: shorter and old and new frame would share most samples
STEREO_RATE = 0.03  # per hop: 0.1 s; places are steadier than sounds
STEADY_RATE = 0.1
BURST_DECAY = 0.985  # per hop: 0.2 s, the ring of a drum
BRIGHT_HZ = 5000.0


class Cues:
    """Follows a stream of mid and side frames; `values` (K, F) float32 holds the cues of the newest one.

    `bins` is F, `bin_hz` their spacing. Memory is bounded: 1.4 s of levels per bin. Separator process.
    """

    def __init__(self, bins: int, bin_hz: float) -> None:
        self._bins = bins
        self._edge = int(BRIGHT_HZ / bin_hz)
        self.values = np.zeros((len(CUES), bins), dtype=np.float32)
        self._level, self._across, self._rise = (np.zeros(bins, dtype=np.float32) for _ in range(3))
        self._window = np.zeros(NEIGHBOURS, dtype=np.float32)
        self._smooth = np.zeros((4, bins), dtype=np.float32)
        self._previous, self._turn = (np.zeros(bins, dtype=np.complex64) for _ in range(2))
        self._past = np.zeros((SLOPE_HOPS, bins), dtype=np.float32)
        self._ring, self._ranked = (np.zeros((bins, HISTORY), dtype=np.float32) for _ in range(2))
        self.reset()

    def reset(self) -> None:
        """Forget the past: as if it had been silent."""
        silence = math.log2(kernels.FLOOR)
        for quiet in (self._past, self._ring, self._ranked):
            quiet.fill(silence)
        self._smooth.fill(kernels.FLOOR)
        for zero in (self.values, self._previous, self._turn):
            zero.fill(0.0)
        self._hops = 0

    def update(self, frame: NDArray[np.complex64]) -> None:
        """Take in the next frame: mid and side, (2, F)."""
        mid, side = frame
        novelty, slope, share, tonal, steady, burst, centre, pan, bright = self.values
        total, above = kernels.measure_levels(mid, side, self._level, self._edge)
        kernels.stereo_cues(mid, side, self._smooth, STEREO_RATE, centre, pan)
        kernels.steadiness(mid, self._previous, self._turn, STEADY_RATE, steady)
        slot = self._hops % SLOPE_HOPS
        kernels.change_cues(self._level, self._past, slot, self._ranked, total, novelty, slope, share)
        median_across(self._level, self._window, self._across)
        kernels.tonal_cue(self._level, self._across, tonal)
        median_across(slope, self._window, self._rise)
        kernels.burst_cue(self._rise, BURST_DECAY, burst)
        bright.fill(above - total + 4.0)
        self._remember()
        self._hops += 1

    def _remember(self) -> None:
        """Spread the history's update over HISTORY_HOPS hops, a band of bins each, so that every hop costs the same."""
        part = self._hops % HISTORY_HOPS
        start, stop = (self._bins * edge // HISTORY_HOPS for edge in (part, part + 1))
        slot = self._hops // HISTORY_HOPS % HISTORY
        push_history(self._ring, self._ranked, slot, self._level, start, stop)
