"""Variations of a segment's stems, each float32 (C, T) with C = 2, at 44.1 kHz. All randomness comes from `rng`."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy.signal import lfilter, oaconvolve

from rtsep.demo.effects import saturate
from rtsep_models.data.config import Augmentation
from rtsep_models.data.songs import CHANNELS, SAMPLE_RATE

Array = NDArray[np.float32]
MARGIN = 128
"""Samples beside a resampled segment that are dropped: the resampler's edges."""
QUALITY = "MQ"
"""16 bit, and the same 20 kHz of bandwidth as soxr's better ones; LQ would end at 15 kHz."""


def chance(rng: np.random.Generator, share: float) -> bool:
    """True with probability `share`."""
    return bool(rng.random() < share)


def gain(db: float) -> float:
    """Decibels as a factor."""
    return float(10.0 ** (db / 20))


def draw_speed(rng: np.random.Generator, config: Augmentation) -> float:
    """How many times as fast a segment is to be read; mostly 1."""
    if not chance(rng, config.speed_share):
        return 1.0
    low, high = np.log(config.speed)
    return float(np.exp(rng.uniform(low, high)))


def frames_needed(length: int, speed: float) -> int:
    """Samples to read for `length` at `speed`."""
    return length if speed == 1.0 else int(np.ceil(length * speed)) + 2 * MARGIN


def change_speed(frames: Array, length: int, speed: float) -> Array:
    """(T, C) read `speed` times as fast, `length` samples of it: pitch changes with tempo."""
    if speed == 1.0:
        return frames[:length]
    read = soxr.resample(frames, speed, 1.0, QUALITY)
    first = round(MARGIN / speed)
    return read[first : first + length]


def draw_matrix(rng: np.random.Generator, config: Augmentation, mono: bool) -> Array:
    """Gain, polarity, channel swap, width and balance of a stem as one (C, C) matrix on its channels."""
    matrix = np.eye(CHANNELS)
    if mono:
        matrix[:] = 0.5
    elif chance(rng, config.width_share):
        width = rng.uniform(*config.width)
        matrix = np.array([[1 + width, 1 - width], [1 - width, 1 + width]]) / 2
    if not mono and chance(rng, config.balance_share):
        half = rng.uniform(*config.balance_db) / 2
        matrix = np.array([[gain(half)], [gain(-half)]]) * matrix
    if chance(rng, config.swap_share):
        matrix = matrix[::-1]
    sign = -1.0 if chance(rng, config.polarity_share) else 1.0
    return (sign * gain(rng.uniform(*config.gain_db)) * matrix).astype(np.float32)


def draw_present(rng: np.random.Generator, config: Augmentation, count: int) -> NDArray[np.bool_]:
    """Which of `count` stems play: now and then one is silent, two, or all but one."""
    if chance(rng, config.alone_share):
        return np.arange(count) == rng.integers(count)
    return rng.random(count) >= config.drop_share


def _filtered(b: NDArray[np.float64], a: NDArray[np.float64], signal: Array) -> Array:
    return np.asarray(lfilter(b.astype(np.float32), a.astype(np.float32), signal, axis=-1), dtype=np.float32)


def tilt(stem: Array, tilt_db: float, pivot_hz: float) -> Array:
    """Treble raised by `tilt_db` against the bass, half of it up, half down: H(s) = (g s + w) / (s + g w), bilinear."""
    g, k = gain(tilt_db / 2), np.tan(np.pi * pivot_hz / SAMPLE_RATE)
    b = np.array([g + k, k - g]) / (1 + g * k)
    a = np.array([1.0, (g * k - 1) / (1 + g * k)])
    return _filtered(b, a, stem)


def colour(rng: np.random.Generator, stem: Array, config: Augmentation) -> Array:
    """`stem` through a random tilt and a random soft clipping, or none of them."""
    if chance(rng, config.tilt_share):
        stem = tilt(stem, rng.uniform(*config.tilt_db), float(np.exp(rng.uniform(np.log(200.0), np.log(4000.0)))))
    if chance(rng, config.clip_share):
        peak = float(np.abs(stem).max())
        if peak > 0:
            stem = saturate(stem, gain(rng.uniform(*config.drive_db)) / peak)
    return stem


def noise(rng: np.random.Generator, length: int, level_db: float) -> Array:
    """(C, T) white or pink noise of that RMS; the channels independent."""
    white = rng.standard_normal((CHANNELS, length), dtype=np.float32)
    if chance(rng, 0.5):
        size = length + length % 2
        slope = np.arange(1, size // 2 + 2, dtype=np.float32) ** -0.5
        white = np.fft.irfft(np.fft.rfft(white, size) * slope, size)[:, :length]
        white /= np.sqrt(np.mean(white**2)) + 1e-12
    return (gain(level_db) * white).astype(np.float32)


def room(rng: np.random.Generator, decay_s: float, level_db: float) -> Array:
    """(C, N) response: the direct sound, and noise that falls by 60 dB in `decay_s`, `level_db` below it in energy."""
    size = int(1.2 * decay_s * SAMPLE_RATE)
    tail = rng.standard_normal((CHANNELS, size), dtype=np.float32)
    tail *= np.exp(-6.9 / (decay_s * SAMPLE_RATE) * np.arange(size, dtype=np.float32))
    tail[:, : int(rng.uniform(0.0, 0.03) * SAMPLE_RATE)] = 0  # the way to the first wall
    tail = _filtered(np.array([0.5]), np.array([1.0, -0.5]), tail)  # walls swallow treble
    tail *= gain(level_db) / (np.sqrt(np.sum(tail**2, axis=1, keepdims=True)) + 1e-12)
    tail[:, 0] += 1
    return tail


def reverberate(stems: Array, response: Array) -> Array:
    """(S, C, T) stems in the room of `response` (C, N): each channel with its own."""
    return np.asarray(oaconvolve(stems, response[np.newaxis], axes=-1)[..., : stems.shape[-1]])


def finish(rng: np.random.Generator, stems: Array, config: Augmentation) -> None:
    """What concerns the whole segment (S, C, T), in place: noise into the last stem, a shared room, the level."""
    if chance(rng, config.noise_share):
        stems[-1] += noise(rng, stems.shape[-1], rng.uniform(*config.noise_db))
    if chance(rng, config.reverb_share):
        stems[:] = reverberate(stems, room(rng, rng.uniform(*config.reverb_s), rng.uniform(*config.reverb_db)))
    level = gain(rng.uniform(*config.level_db))
    mixture = stems.sum(axis=0)
    peak = level * float(max(mixture.max(), -mixture.min()))
    stems *= np.float32(level / max(peak, 1.0))
