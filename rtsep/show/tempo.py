"""Beats on the audio clock: where the next one falls, and what taps say of the tempo. Positions in frames."""

from __future__ import annotations

import math
import statistics
from itertools import pairwise

from rtsep.errors import ConfigError

SLOWEST_BPM, FASTEST_BPM = 20.0, 400.0
FORGET_S = 2.0
"""A tap that comes later than this after the one before is the first of its own."""
TAPS = 9


def checked_bpm(bpm: float) -> float:
    """A tempo, or 0. Raises ConfigError."""
    if bpm == 0.0 or SLOWEST_BPM <= bpm <= FASTEST_BPM:
        return float(bpm)
    raise ConfigError(f"tempo is {bpm:g}, must be {SLOWEST_BPM:g}..{FASTEST_BPM:g} beats a minute, or 0 for none")


def next_beat(position: int, anchor: int, bpm: float, beats: int, sample_rate: float) -> int:
    """First position, not before `position`, that is a multiple of `beats` beats away from `anchor`.

    >>> next_beat(48001, 0, 120.0, 4, 48000.0), next_beat(96000, 0, 120.0, 4, 48000.0)
    (96000, 96000)
    """
    span = beats * 60.0 / bpm * sample_rate
    # The rounding of a beat's place must not make it appear to be over.
    count = math.ceil((position - anchor - 0.5) / span)
    return anchor + round(count * span)


def tapped(taps: tuple[int, ...], position: int, sample_rate: float) -> tuple[tuple[int, ...], float]:
    """Taps after one more, and the tempo of the median interval between them; 0 after the first.

    >>> tapped((0, 24000), 48000, 48000.0)
    ((0, 24000, 48000), 120.0)
    """
    if taps and position - taps[-1] > FORGET_S * sample_rate:
        taps = ()
    taps = (*taps, position)[-TAPS:]
    if len(taps) < 2:
        return taps, 0.0
    interval_s = statistics.median(b - a for a, b in pairwise(taps)) / sample_rate
    bpm = FASTEST_BPM if interval_s <= 60.0 / FASTEST_BPM else 60.0 / interval_s
    return taps, max(SLOWEST_BPM, bpm)
