"""How a singer's frames sound: level, brightness, breath, and the breath drawn before a phrase."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rtsep.demo.phrasing import FRAME_S
from rtsep_models.data.band.manner import Manner
from rtsep_models.data.band.singing import Sung
from rtsep_models.data.band.syllables import Syllable
from rtsep_models.data.band.vocoder import FLOOR, NOISE_HZ, POINTS_HZ, Frames

NEPER_DB = np.log(10) / 10
"""What 1 dB adds to the logarithm of a power."""
PULL = 0.75
"""How much of the differences in level between syllables is taken back, and of loud moments within a phrase."""
MOST_DB = 9.0
_WIDTHS = np.gradient(POINTS_HZ)
_OCTAVES = np.log2(np.maximum(POINTS_HZ, 1.0))


def _bump(middle_hz: float, octaves: float) -> np.ndarray:
    """A resonance (80,) of height 1."""
    return np.exp(-0.5 * ((_OCTAVES - np.log2(middle_hz)) / octaves) ** 2)


_TILT = np.clip((np.maximum(_OCTAVES, np.log2(100)) - np.log2(700)) / 3, -1.0, 1.2)
_RING = _bump(2900.0, 0.25)
_AIR = np.clip(_OCTAVES - np.log2(6000), 0.0, 1.0)
_MOUTH_DB = 9 * _bump(1600.0, 0.3) + 6 * _bump(3500.0, 0.25) - 6 * np.maximum(0.0, _OCTAVES - np.log2(5000))
_MOUTH_DB -= 12 * np.maximum(0.0, np.log2(900) - _OCTAVES)


def loudness(envelope: np.ndarray) -> np.ndarray:
    """Level (N,) in dB of the whole spectrum of every frame."""
    return 10 * np.log10(np.exp(envelope.astype(np.float64)) @ _WIDTHS)


def levelling(phrase: Sequence[Sung], all_syllables: Sequence[Syllable], places: np.ndarray) -> np.ndarray:
    """Gain (N,) in dB at the singer's frames `places` that brings all syllables near the same level."""
    usual = float(np.median([syllable.level_db for syllable in all_syllables]))
    gain_db = np.zeros(places.size)
    for syllable in (sung.syllable for sung in phrase):
        inside = (places >= syllable.start) & (places <= syllable.end)
        gain_db[inside] = np.clip(PULL * (usual - syllable.level_db), -MOST_DB, MOST_DB)
    smooth = np.hanning(11)[1:-1]
    return np.convolve(np.pad(gain_db, 4, mode="edge"), smooth / smooth.sum(), "valid")


def coloured(frames: Frames, gain_db: np.ndarray, manner: Manner) -> Frames:
    """Frames at `gain_db` (N,), with the singer's brightness, ring near 3 kHz, air and breath; louder is brighter."""
    voiced = (frames.f0 > 0)[:, None]
    effort = 0.35 * np.clip(gain_db, -15, 8)[:, None] * _TILT
    voice_db = effort + manner.bright_db * np.maximum(_TILT, 0) + manner.ring_db * _RING
    shaped = gain_db[:, None] + manner.air_db * _AIR + np.where(voiced, voice_db, manner.consonant_db)
    envelope = frames.envelope + NEPER_DB * shaped
    level = loudness(envelope)
    if voiced.any():
        excess = np.maximum(0.0, level - np.percentile(level[frames.f0 > 0], 70) - 2.0)
        envelope = envelope - NEPER_DB * PULL * excess[:, None]
    breath = manner.breath * np.clip((NOISE_HZ - 1500.0) / 6000.0, 0.02, 1.0)
    noise = np.where(voiced, np.maximum(frames.noise, np.log(breath + 1e-4)), 0.0)
    return Frames(frames.f0, envelope, noise)


def smoothed(rows: np.ndarray, frames: int) -> np.ndarray:
    """Rows (N, F) averaged in time over an odd number of `frames`."""
    padded = np.pad(rows, ((frames // 2 + 1, frames // 2), (0, 0)), mode="edge").cumsum(axis=0, dtype=np.float64)
    return (padded[frames:] - padded[:-frames]) / frames


def inhale(level_db: float, rng: np.random.Generator) -> Frames:
    """Breath drawn in, at most `level_db` loud (as `loudness` counts)."""
    size = int(rng.uniform(0.2, 0.4) / FRAME_S)
    shape_db = _MOUTH_DB + rng.normal(0, 1.5, POINTS_HZ.size)
    shape_db += level_db - loudness(NEPER_DB * shape_db[None])
    rise_db = 20 * np.log10(np.maximum(np.sin(np.linspace(0, np.pi, size)), 1e-4))
    envelope = np.maximum(NEPER_DB * (shape_db + rise_db[:, None]), FLOOR)
    return Frames(np.zeros(size), envelope, np.zeros((size, NOISE_HZ.size)))
