"""Speech as the frames of the WORLD vocoder in a small, rate-free code, and back to sound at any rate.

The spectral envelope and the noise share of every frame are kept as logarithms at fixed frequencies, so a voice recorded
at 16 kHz and one at 48 kHz are the same kind of thing, and a formant shift is only another way of reading the code.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from rtsep.demo.phrasing import FRAME_S
from rtsep.demo.world import pyworld

TOP_HZ = 20000.0
_MEL_TOP = 2595 * np.log10(1 + TOP_HZ / 700)
POINTS_HZ: np.ndarray = 700 * (10 ** (np.linspace(0, _MEL_TOP, 80) / 2595) - 1)
"""Where the envelope is kept: 80 points evenly spaced in mel."""
NOISE_HZ: np.ndarray = np.array([0.0, 1500.0, 3000.0, 4500.0, 6000.0, 9000.0, 12000.0, 15000.0, TOP_HZ])
"""Where the noise share is kept."""
FLOOR = -32.0
"""Logarithm of the weakest power kept, about -139 dB."""
CODE = (POINTS_HZ.size, TOP_HZ, NOISE_HZ.size)
"""What tells one code of frames from another in a cache."""
_FFT = 1024
"""Bins of 43 Hz resolve what 80 points hold, at half of WORLD's own synthesis time for 44.1 kHz."""


@dataclass(frozen=True, eq=False)
class Frames:
    """N frames, `FRAME_S` apart.

    `f0` (N,) in Hz, 0 where there is no voice; `envelope` (N, 80) natural logarithm of the power at `POINTS_HZ`;
    `noise` (N, 9) natural logarithm of the share of noise in the amplitude, at most 0, at `NOISE_HZ`.
    """

    f0: np.ndarray
    envelope: np.ndarray
    noise: np.ndarray

    def __len__(self) -> int:
        return len(self.f0)


def analyse(audio: np.ndarray, sample_rate: int, f0_range_hz: tuple[float, float]) -> Frames:
    """Frames of mono `audio` (T,) float64. The code above the audio's own Nyquist frequency repeats its last value.

    Raises `RtsepError` when pyworld is not installed.
    """
    world = pyworld()
    audio = np.ascontiguousarray(audio, dtype=np.float64)
    low, high = f0_range_hz
    f0, at = world.dio(audio, sample_rate, f0_floor=low, f0_ceil=high, frame_period=1000 * FRAME_S)
    f0 = world.stonemask(audio, f0, at, sample_rate)
    envelope = np.log(np.maximum(world.cheaptrick(audio, f0, at, sample_rate), np.exp(FLOOR)))
    share = np.log(np.clip(world.d4c(audio, f0, at, sample_rate), 1e-4, 1.0))
    hz = np.linspace(0, sample_rate / 2, envelope.shape[1])
    code = envelope @ _smoothing(sample_rate, envelope.shape[1])
    noise = np.stack([np.interp(NOISE_HZ, hz, row) for row in share])
    return Frames(f0.astype(np.float32), code.astype(np.float32), noise.astype(np.float32))


@functools.lru_cache(maxsize=8)
def _smoothing(sample_rate: int, bins: int) -> np.ndarray:
    """Matrix (F, 80) that averages a spectrum in triangles around `POINTS_HZ`."""
    hz = np.linspace(0, sample_rate / 2, bins)[:, None]
    points = np.minimum(POINTS_HZ, sample_rate / 2)
    width = np.maximum(np.gradient(POINTS_HZ), 1.01 * hz[1, 0])
    weights = np.maximum(0.0, 1 - np.abs(hz - points) / width)
    return weights / weights.sum(axis=0)


@functools.lru_cache(maxsize=64)
def _reading(sample_rate: int, formant: float) -> tuple[np.ndarray, np.ndarray]:
    """Matrices (80, F) and (9, F) that read the two codes at the bins of a synthesis, formants moved up by `formant`."""
    hz = np.linspace(0, sample_rate / 2, _FFT // 2 + 1)
    envelope = np.stack([np.interp(hz / formant, POINTS_HZ, row) for row in np.eye(POINTS_HZ.size)])
    noise = np.stack([np.interp(hz, NOISE_HZ, row) for row in np.eye(NOISE_HZ.size)])
    return envelope, noise


def synthesise(frames: Frames, sample_rate: int, formant: float = 1.0) -> np.ndarray:
    """Sound (T,) float64 of the frames, formants moved up by the factor `formant`."""
    read_envelope, read_noise = _reading(sample_rate, formant)
    envelope = np.exp(frames.envelope @ read_envelope)
    noise = np.clip(np.exp(frames.noise @ read_noise), 1e-4, 0.999)
    return pyworld().synthesize(frames.f0.astype(np.float64), envelope, noise, sample_rate, 1000 * FRAME_S)


def dispersed(audio: np.ndarray, sample_rate: int, spread_s: float, rng: np.random.Generator) -> np.ndarray:
    """`audio` (T,) with its frequencies delayed apart, by up to `spread_s` and at random: an all-pass as long as a throat's.

    WORLD's pulses have minimum phase, which no singer's have: they buzz, and peak far above what is recorded of people.
    """
    size = 1 << (audio.size + round(2 * spread_s * sample_rate)).bit_length()
    hz = np.fft.rfftfreq(size, 1 / sample_rate)
    knots_hz = np.concatenate([[0.0], np.geomspace(100.0, sample_rate / 2, 24)])
    delay_s = np.interp(hz, knots_hz, rng.uniform(0, spread_s, knots_hz.size))
    phase = 2 * np.pi * np.cumsum(delay_s) * (hz[1] - hz[0])
    # A real response has no phase but 0 or pi at the Nyquist frequency; any other would leave a tone there.
    phase *= np.round(phase[-1] / np.pi) * np.pi / phase[-1]
    return np.fft.irfft(np.fft.rfft(audio, size) * np.exp(-1j * phase), size)[: audio.size]


def edge_hz(frames: Frames) -> float:
    """Where the recording ends: the first frequency above 4 kHz beyond which even hisses are 20 dB weaker."""
    loud_db = np.percentile(frames.envelope, 95, axis=0) * (10 / np.log(10))
    for index in np.flatnonzero((POINTS_HZ > 4000) & (POINTS_HZ < 0.8 * TOP_HZ)):
        if loud_db[1.12 * POINTS_HZ[index] < POINTS_HZ].max() < loud_db[index] - 20:
            return float(POINTS_HZ[index])
    return 0.8 * TOP_HZ


def extend(frames: Frames, edge_hz: float, air_db: float) -> Frames:
    """Frames with a plausible treble above `edge_hz`, where the recording ends.

    Voiced frames fall on at 12 dB per octave, more and more as noise; hisses stay level to 10 kHz and fall then.
    `air_db` raises or lowers all of it.
    """
    at_edge = (0.75 * edge_hz < POINTS_HZ) & (edge_hz >= POINTS_HZ)
    level = frames.envelope[:, at_edge].mean(axis=1, keepdims=True)
    octaves = np.log2(np.maximum(POINTS_HZ, edge_hz) / (0.85 * edge_hz))
    beyond = np.log2(np.maximum(POINTS_HZ, 10000.0) / 10000.0)
    is_voiced = (frames.f0 > 0)[:, None]
    fall_db = np.where(is_voiced, 12.0 * octaves, 2.0 * octaves + 12.0 * beyond)
    treble = level + (air_db - fall_db) * (np.log(10) / 10)
    envelope = np.where(edge_hz < POINTS_HZ, treble, frames.envelope)
    noisy = np.log(np.clip((NOISE_HZ - 0.5 * edge_hz) / edge_hz, 1e-4, 1.0))
    noise = np.where(0.6 * edge_hz < NOISE_HZ, np.maximum(frames.noise, noisy), frames.noise)
    return Frames(frames.f0, np.maximum(envelope, FLOOR).astype(np.float32), noise.astype(np.float32))
