"""Mixing in numpy: equaliser, compressor, reverb and panning over (2, T) or (T,) float64 at one sample rate."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rtsep.demo.clip import SAMPLE_RATE

HOP = 240
"""Samples between two readings of a compressor's level: 5 ms."""


@dataclass(frozen=True)
class Band:
    """One second-order filter of the Audio EQ Cookbook: kind "peak", "low" or "high" shelf, "highpass", "lowpass"."""

    kind: str
    frequency_hz: float
    gain_db: float = 0.0
    q: float = 0.707


def coefficients(band: Band, sample_rate: int = SAMPLE_RATE) -> tuple[np.ndarray, np.ndarray]:
    """Numerator and denominator, three each (R. Bristow-Johnson, Audio EQ Cookbook)."""
    w = 2 * np.pi * band.frequency_hz / sample_rate
    cos, alpha = np.cos(w), np.sin(w) / (2 * band.q)
    a = 10 ** (band.gain_db / 40)
    if band.kind == "peak":
        return np.array([1 + alpha * a, -2 * cos, 1 - alpha * a]), np.array([1 + alpha / a, -2 * cos, 1 - alpha / a])
    if band.kind in ("highpass", "lowpass"):
        s = 1 if band.kind == "highpass" else -1
        b = np.array([(1 + s * cos) / 2, -s * (1 + s * cos), (1 + s * cos) / 2])
        return b, np.array([1 + alpha, -2 * cos, 1 - alpha])
    s, r = (1 if band.kind == "low" else -1), 2 * np.sqrt(a) * alpha
    up, down = a + 1 + s * (a - 1) * cos, a + 1 - s * (a - 1) * cos
    b = a * np.array([down + r, 2 * s * (a - 1 - s * (a + 1) * cos), down - r])
    return b, np.array([up + r, -2 * s * (a - 1 + s * (a + 1) * cos), up - r])


def _fast_length(size: int) -> int:
    return 1 << (size - 1).bit_length()


def equalise(audio: np.ndarray, *bands: Band, sample_rate: int = SAMPLE_RATE) -> np.ndarray:
    """`audio` through the bands in series. The filters' responses are applied to the spectrum, zero-padded by 0.5 s."""
    size = _fast_length(audio.shape[-1] + sample_rate // 2)
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    spectrum = np.fft.rfft(audio, size)
    for band in bands:
        b, a = coefficients(band, sample_rate)
        spectrum = spectrum * ((b[0] + b[1] * z + b[2] * z * z) / (a[0] + a[1] * z + a[2] * z * z))
    return np.fft.irfft(spectrum, size)[..., : audio.shape[-1]]


def compress(
    audio: np.ndarray, threshold_db: float, ratio: float, attack_s: float = 0.008, release_s: float = 0.12
) -> np.ndarray:
    """`audio` with its level above the threshold divided by `ratio`; both channels share one gain."""
    power = np.mean(np.atleast_2d(audio) ** 2, axis=0)
    frames = -(-power.size // HOP)
    power = np.pad(power, (0, frames * HOP - power.size)).reshape(frames, HOP).mean(axis=1)
    wanted = -np.maximum(0.0, 10 * np.log10(power + 1e-12) - threshold_db) * (1 - 1 / ratio)
    step_s = HOP / SAMPLE_RATE
    attack, release = np.exp(-step_s / attack_s), np.exp(-step_s / release_s)
    gain_db, held = np.empty(frames), 0.0
    for index, target in enumerate(wanted):
        pole = attack if target < held else release
        held = pole * held + (1 - pole) * target
        gain_db[index] = held
    centres = (np.arange(frames) + 0.5) * HOP
    return audio * 10 ** (np.interp(np.arange(audio.shape[-1]), centres, gain_db) / 20)


def room(decay_s: float, predelay_s: float, seed: int, sample_rate: int = SAMPLE_RATE) -> np.ndarray:
    """A room's response (2, T): decorrelated noise whose treble dies sooner than its middle, at unit energy."""
    rng = np.random.default_rng(seed)
    size = int((decay_s * 1.3) * sample_rate)
    time_s = np.arange(size) / sample_rate
    noise = rng.standard_normal((2, size))
    edges = (150.0, 500.0, 2000.0, 6000.0, 12000.0)
    response = np.zeros((2, size))
    for (low, high), share in zip(pairwise(edges), (0.9, 1.0, 0.75, 0.45), strict=True):
        part = equalise(noise, Band("highpass", low), Band("lowpass", high), sample_rate=sample_rate)
        response += part * np.exp(-6.9 * time_s / (decay_s * share))
    response *= np.minimum(1.0, time_s / 0.01)
    response /= np.sqrt(np.sum(response**2, axis=1, keepdims=True))
    return np.pad(response, ((0, 0), (int(predelay_s * sample_rate), 0)))


def reverberate(audio: np.ndarray, decay_s: float, predelay_s: float, seed: int) -> np.ndarray:
    """The reverberation alone (2, T) of `audio`, cut to its length."""
    response = room(decay_s, predelay_s, seed)
    size = _fast_length(audio.shape[-1] + response.shape[-1])
    wet = np.fft.irfft(np.fft.rfft(np.atleast_2d(audio), size) * np.fft.rfft(response, size), size)
    return wet[:, : audio.shape[-1]]


def pan(audio: np.ndarray, position: float) -> np.ndarray:
    """Mono (T,) or stereo (2, T) placed from -1 (left) to 1 (right) at constant power; stereo is balanced."""
    angle = (position + 1) * np.pi / 4
    gains = np.array([[np.cos(angle)], [np.sin(angle)]])
    return np.atleast_2d(audio) * gains * (np.sqrt(2.0) if audio.ndim == 2 else 1.0)


def saturate(audio: np.ndarray, drive: float) -> np.ndarray:
    """Soft clipping with unit gain for small signals.

    >>> bool(abs(saturate(np.array([10.0]), 2.0)[0] - 0.5) < 1e-6)
    True
    """
    return np.tanh(audio * drive) / drive


def active_rms(audio: np.ndarray) -> float:
    """Root mean square over the 50 ms pieces that lie within 30 dB of the loudest one."""
    size = SAMPLE_RATE // 20
    mono = np.sqrt(np.mean(np.atleast_2d(audio) ** 2, axis=0))
    pieces = np.mean(mono[: mono.size // size * size].reshape(-1, size) ** 2, axis=1)
    return float(np.sqrt(np.mean(pieces[pieces > pieces.max() * 1e-3])))


def widen(audio: np.ndarray, width: float) -> np.ndarray:
    """Stereo (2, T) with its side signal multiplied by `width`."""
    mid, side = (audio[0] + audio[1]) / 2, width * (audio[0] - audio[1]) / 2
    return np.stack([mid + side, mid - side])
