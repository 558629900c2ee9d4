"""Compiled loops that add a recorded or synthetic note to a track. Worker processes; they neither allocate nor raise.

Tracks are float32 (2, T), changed in place; positions in samples. Each kernel depends on this file alone, so that numba's
cache on disk stays right.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep.kernelcache import use_kernel_cache

use_kernel_cache()  # before the first of them is defined
OPTIONS = {"cache": True, "error_model": "numpy", "nogil": True, "fastmath": True}
FloatArray = NDArray[np.float32]


@njit(**OPTIONS)
def add_sample(
    track: FloatArray,
    sample: FloatArray,
    start: float,
    ratio: float,
    gains: tuple[float, float],
    length: int,
    release: int,
) -> None:
    """Add `sample` (1 or 2, n) from position `start`, read `ratio` times as fast, with a gain for either channel.

    After `length` samples it fades within `release` samples. Cubic Hermite interpolation; reading stops at its end.
    """
    channels, size = sample.shape
    first = math.ceil(start)
    offset = first - start
    right = channels - 1
    for i in range(length + release):
        at = first + i
        if at >= track.shape[1]:
            break
        place = (offset + i) * ratio
        whole = int(place)
        if whole + 2 >= size:
            break
        if at < 0:
            continue
        x = place - whole
        gain = 1.0 if i < length else 0.5 + 0.5 * math.cos(math.pi * (i - length) / release)
        before = max(whole - 1, 0)
        w0 = ((-0.5 * x + 1.0) * x - 0.5) * x
        w1 = (1.5 * x - 2.5) * x * x + 1.0
        w2 = ((-1.5 * x + 2.0) * x + 0.5) * x
        w3 = (0.5 * x - 0.5) * x * x
        left = sample[0, before] * w0 + sample[0, whole] * w1 + sample[0, whole + 1] * w2 + sample[0, whole + 2] * w3
        other = left
        if right:
            other = (
                sample[1, before] * w0 + sample[1, whole] * w1 + sample[1, whole + 1] * w2 + sample[1, whole + 2] * w3
            )
        track[0, at] += gain * gains[0] * left
        track[1, at] += gain * gains[1] * other


@njit(**OPTIONS)
def add_wave(
    track: FloatArray,
    wave: FloatArray,
    start: int,
    length: int,
    pitch: tuple[float, float],
    voices: tuple[float, float],
    envelope: tuple[float, float, float, float],
    tone: tuple[float, float, float, float],
    gain: float,
) -> None:
    """Add one note of a subtractive synthesiser: one cycle `wave` (n,) in unison, through a resonant low-pass.

    `pitch`: cycles per sample at the start and after the glide (10 % of the note). `voices`: how many, and their
    detuning as a share of the frequency; they spread from left to right. `envelope`: attack, decay, release in samples
    and the sustained level. `tone`: cutoff as a share of the sample rate, how much the envelope opens it (octaves), its
    decay in samples, damping (2 none of the resonance, 0.1 a lot). State-variable filter: A. Simper, 2013.
    """
    attack, decay, release, sustain = envelope
    cutoff, opening, closing, damping = tone
    size = wave.shape[0]
    count = int(voices[0])
    l1, l2, r1, r2 = 0.0, 0.0, 0.0, 0.0
    g = 0.0
    phase = 0.0
    stop = min(length + int(release), track.shape[1] - start)
    glide = max(1.0, 0.1 * length)
    for i in range(stop):
        level = min(1.0, i / attack) * (sustain + (1.0 - sustain) * math.exp(-max(0.0, i - attack) / decay))
        if i > length:
            level *= 1.0 - (i - length) / release
        if i % 16 == 0:
            frequency = cutoff * 2.0 ** (opening * math.exp(-i / closing))
            g = math.tan(math.pi * min(frequency, 0.45))
        phase += pitch[1] + (pitch[0] - pitch[1]) * max(0.0, 1.0 - i / glide)
        left, right = 0.0, 0.0
        for v in range(count):
            side = 0.5 if count == 1 else v / (count - 1)
            place = phase * (1.0 + voices[1] * (2.0 * side - 1.0)) + 0.37 * v
            place = (place - math.floor(place)) * size
            whole = int(place)
            x = place - whole
            value = wave[whole % size] * (1.0 - x) + wave[(whole + 1) % size] * x
            left += value * (1.0 - 0.7 * side)
            right += value * (0.3 + 0.7 * side)
        h = 1.0 / (1.0 + g * (g + damping))
        band = h * (l1 + g * (left - l2))
        low = l2 + g * band
        l1, l2 = 2.0 * band - l1, 2.0 * low - l2
        band_right = h * (r1 + g * (right - r2))
        low_right = r2 + g * band_right
        r1, r2 = 2.0 * band_right - r1, 2.0 * low_right - r2
        if start + i >= 0:
            track[0, start + i] += gain * level * low
            track[1, start + i] += gain * level * low_right


@njit(**OPTIONS)
def follow(wanted: NDArray[np.float64], attack: float, release: float) -> None:
    """Smooth gains in dB (N,) in place: pole `attack` while they fall, `release` while they rise."""
    held = 0.0
    for n in range(wanted.shape[0]):
        pole = attack if wanted[n] < held else release
        held = pole * held + (1.0 - pole) * wanted[n]
        wanted[n] = held
