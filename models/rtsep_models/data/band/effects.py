"""Mixing at 44.1 kHz, fast enough for thousands of songs: float32 (2, T) in, float32 (2, T) out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from rtsep.demo.effects import Band, coefficients, room
from rtsep_models.data.band.kernels import follow
from rtsep_models.data.songs import SAMPLE_RATE

FloatArray = NDArray[np.float32]
LOUDNESS_WINDOW = round(0.4 * SAMPLE_RATE)
HOP = 256
"""Samples between two readings of a compressor's level: 6 ms."""


def equalise(audio: FloatArray, *bands: Band) -> FloatArray:
    """`audio` through second-order filters in series."""
    if not bands:
        return audio
    sections = np.stack([np.concatenate(coefficients(band, SAMPLE_RATE)) for band in bands])
    sections /= sections[:, 3:4]
    # In double precision: at 30 Hz the poles lie so near to 1 that single precision would hiss.
    return np.stack([np.asarray(signal.sosfilt(sections, row.astype(np.float64)), np.float32) for row in audio])


def levels_db(audio: FloatArray) -> NDArray[np.float64]:
    """Level (N,) of every `HOP` samples in dB, both channels together."""
    frames = audio.shape[1] // HOP
    power = np.mean(audio[:, : frames * HOP].reshape(2, frames, HOP) ** 2, axis=(0, 2), dtype=np.float64)
    return 10 * np.log10(power + 1e-12)


def loudness(audio: FloatArray) -> float:
    """Root mean square of the pieces of 0.4 s that lie within 12 dB of the loudest; 0 for silence.

    Long enough that a kick drum in a bar of rests does not count as loud as a held chord.
    """
    frames = audio.shape[1] // LOUDNESS_WINDOW
    pieces = audio[:, : frames * LOUDNESS_WINDOW].reshape(2, frames, LOUDNESS_WINDOW)
    power = np.square(pieces).mean(axis=(0, 2), dtype=np.float64)
    loud = power[power > 10**-1.2 * power.max(initial=0.0)]
    return float(np.sqrt(loud.mean())) if loud.size else 0.0


def with_gains(audio: FloatArray, gains_db: NDArray[np.float64]) -> FloatArray:
    """`audio` with one gain per `HOP` samples, linear in between."""
    centres = (np.arange(gains_db.size) + 0.5) * HOP
    gain = np.interp(np.arange(audio.shape[1], dtype=np.float32), centres, 10 ** (gains_db / 20)).astype(np.float32)
    return audio * gain


def compress(
    audio: FloatArray, above_db: float, ratio: float, attack_s: float = 0.008, release_s: float = 0.12
) -> FloatArray:
    """`audio` with its level divided by `ratio` where it is more than `above_db` over its own usual level."""
    levels = levels_db(audio)
    usual = _usual(levels)
    wanted = -np.maximum(0.0, levels - (usual + above_db)) * (1 - 1 / ratio)
    step_s = HOP / SAMPLE_RATE
    follow(wanted, np.exp(-step_s / attack_s), np.exp(-step_s / release_s))
    return with_gains(audio, wanted)


def duck(audio: FloatArray, key: FloatArray, depth_db: float, release_s: float) -> FloatArray:
    """`audio` turned down while `key` is loud: the pumping of electronic music."""
    levels = levels_db(key)
    wanted = np.where(levels > levels.max(initial=-120.0) - 12, -depth_db, 0.0)
    step_s = HOP / SAMPLE_RATE
    follow(wanted, np.exp(-step_s / 0.004), np.exp(-step_s / release_s))
    return with_gains(audio, wanted)


def _usual(levels: NDArray[np.float64]) -> float:
    """Mean level of the frames within 30 dB of the loudest."""
    loud = levels[levels > levels.max(initial=-120.0) - 30]
    return float(10 * np.log10(np.mean(10 ** (loud / 10)))) if loud.size else -120.0


def reverberate(audio: FloatArray, decay_s: float, predelay_s: float, seed: int) -> FloatArray:
    """The reverberation alone of `audio`, cut to its length."""
    response = room(decay_s, predelay_s, seed, SAMPLE_RATE).astype(np.float32)
    wet = signal.oaconvolve(audio, response, axes=1)
    return np.ascontiguousarray(wet[:, : audio.shape[1]], dtype=np.float32)


def echo(audio: FloatArray, time_s: float, feedback: float, crossed: bool) -> FloatArray:
    """The repeats alone of `audio`, duller each time; `crossed` alternates between left and right."""
    wet = np.zeros_like(audio)
    tap = equalise(audio, Band("highpass", 250.0), Band("lowpass", 4500.0))
    step = max(1, round(time_s * SAMPLE_RATE))
    gain = 1.0
    for repeat in range(1, 6):
        if repeat * step >= audio.shape[1]:
            break
        turned = tap[::-1] if crossed and repeat % 2 else tap
        wet[:, repeat * step :] += gain * turned[:, : -repeat * step]
        gain *= feedback
    return wet


def chorus(audio: FloatArray, rate_hz: float, depth_s: float) -> FloatArray:
    """`audio` and two copies of it whose delay swings in opposite directions, left and right."""
    index = np.arange(audio.shape[1], dtype=np.float32)
    swing = np.sin(2 * np.pi * rate_hz / SAMPLE_RATE * index)
    out = np.empty_like(audio)
    for row, way in ((0, 1.0), (1, -1.0)):
        delayed = np.interp(index - (0.012 + depth_s * way * swing) * SAMPLE_RATE, index, audio[row])
        out[row] = 0.75 * audio[row] + 0.6 * delayed.astype(np.float32)
    return out


def tremolo(audio: FloatArray, rate_hz: float, depth: float) -> FloatArray:
    """`audio` with a gain that swings `rate_hz` times a second between 1 and 1 - `depth`."""
    swing = 0.5 + 0.5 * np.cos(2 * np.pi * rate_hz / SAMPLE_RATE * np.arange(audio.shape[1]))
    return audio * (1 - depth * swing).astype(np.float32)


def amplifier(audio: FloatArray, drive: float, treble_hz: float) -> FloatArray:
    """A guitar amplifier with its cabinet: clipping twice, then the roll-off of a twelve-inch speaker."""
    audio = equalise(audio, Band("highpass", 110.0), Band("peak", 900.0, 6.0, 0.7))
    peak = float(np.abs(audio).max(initial=1e-9))
    audio = np.tanh(audio * (drive / peak))
    audio = np.tanh(1.6 * audio + 0.15) - np.float32(np.tanh(0.15))
    cabinet = (
        Band("highpass", 85.0), Band("peak", 130.0, 3.0, 1.0), Band("peak", 420.0, -3.5, 0.8), Band("peak", 2600.0, 5.0, 1.0),
        Band("lowpass", treble_hz), Band("lowpass", 1.15 * treble_hz),
    )  # fmt: skip
    return equalise(audio, *cabinet)
