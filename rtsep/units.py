"""Conversions between the units that people and kernels use."""

from __future__ import annotations

import math
from itertools import pairwise

SILENCE_DB = -144.0
"""Gains at or below this level (dB) are exactly zero."""


def db_to_gain(level_db: float) -> float:
    """Amplitude factor of a level.

    >>> db_to_gain(0.0), round(db_to_gain(-6.0206), 4), db_to_gain(-144.0)
    (1.0, 0.5, 0.0)
    """
    return 0.0 if level_db <= SILENCE_DB else 10.0 ** (level_db / 20.0)


def gain_to_db(gain: float) -> float:
    """Level of an amplitude factor, never below `SILENCE_DB`.

    >>> gain_to_db(1.0), gain_to_db(0.0)
    (0.0, -144.0)
    """
    return SILENCE_DB if gain <= 0.0 else max(SILENCE_DB, 20.0 * math.log10(gain))


FADER_DB = ((0.0, -90.0), (0.0625, -60.0), (0.25, -30.0), (0.5, -10.0), (0.75, 0.0), (1.0, 12.0))
"""The faders' law, straight between these points, as on large digital consoles: 0 is silence, three quarters unity."""


def fader_to_db(fader: float) -> float:
    """Gain of a fader, 0..1.

    >>> fader_to_db(0.75), fader_to_db(0.625), fader_to_db(0.0)
    (0.0, -5.0, -144.0)
    """
    if fader <= 0.0:
        return SILENCE_DB
    for (below, low_db), (above, high_db) in pairwise(FADER_DB):
        if fader <= above:
            return low_db + (high_db - low_db) * (fader - below) / (above - below)
    return FADER_DB[-1][1]


def db_to_fader(level_db: float) -> float:
    """Where a fader stands for a gain.

    >>> db_to_fader(0.0), db_to_fader(-5.0), db_to_fader(-100.0), db_to_fader(12.0)
    (0.75, 0.625, 0.0, 1.0)
    """
    if level_db <= FADER_DB[0][1]:
        return 0.0
    for (below, low_db), (above, high_db) in pairwise(FADER_DB):
        if level_db <= high_db:
            return below + (above - below) * (level_db - low_db) / (high_db - low_db)
    return 1.0


def frames_to_ms(frames: float, sample_rate: float) -> float:
    """Duration of `frames` in milliseconds.

    >>> frames_to_ms(384, 48000)
    8.0
    """
    return 1000.0 * frames / sample_rate


def ms_to_frames(duration_ms: float, sample_rate: float) -> int:
    """Nearest whole number of frames in `duration_ms`.

    >>> ms_to_frames(10, 44100)
    441
    """
    return round(duration_ms * sample_rate / 1000.0)
