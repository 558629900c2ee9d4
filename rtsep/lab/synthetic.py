"""A loop that is arithmetic: its delay is known exactly, so that measuring it measures the measurement."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from rtsep.errors import ConfigError
from rtsep.lab.probe import Pattern
from rtsep.units import db_to_gain

Real = NDArray[np.float64]
Positive = Annotated[float, msgspec.Meta(gt=0.0)]

ORDER = 4
"""Slope of the band limits, as a Butterworth filter's of that order."""
TAPS = 64
KAISER = 9.0
CHUNK = 1 << 12


class SyntheticLoop(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What lies between output and input. The band limits are without phase: they delay nothing."""

    delay: Annotated[float, msgspec.Meta(ge=0.0, le=1e6)] = 0.0
    """Frames."""
    gain_db: float = 0.0
    inverted: bool = False
    snr_db: float | None = None
    """Of the probe, while it sounds, over white noise; None: no noise."""
    low_hz: Positive | None = None
    high_hz: Positive | None = None
    clip_db: float | None = None
    """How far the signal goes beyond full scale, where it is cut off."""
    drift_ppm: float = 0.0
    """How much slower the input's clock counts than the output's."""
    jitter: Annotated[float, msgspec.Meta(ge=0.0)] = 0.0
    """Standard deviation of each shot's delay, frames."""
    unplugged: bool = False
    """Nothing of the probe comes back; with `snr_db` its noise does."""
    seed: int = 0

    def play(self, pattern: Pattern) -> Real:
        """What comes back, (T,)."""
        random = np.random.default_rng(self.seed)
        sound = pattern.sound.astype(float)
        heard = self._moved(sound, pattern, random)
        heard = self._filtered(heard, pattern.probe.sample_rate) * db_to_gain(self.gain_db)
        sounding = np.concatenate([heard[start : start + pattern.period] for start in pattern.starts])
        level = float(np.sqrt(np.sum(sounding**2) / (pattern.shots * pattern.probe.frames)))
        if self.inverted:
            heard = -heard
        if self.unplugged:
            heard = np.zeros_like(heard)
        peak = float(np.max(np.abs(heard)))
        if self.snr_db is not None:
            heard = heard + random.normal(0.0, level * db_to_gain(-self.snr_db), len(heard))
        if self.clip_db is not None and peak > 0.0:
            heard = np.clip(heard * db_to_gain(self.clip_db) / peak, -1.0, 1.0)
        return heard

    def _moved(self, sound: Real, pattern: Pattern, random: np.random.Generator) -> Real:
        """Delayed: by a phase where one delay holds for all, else by interpolation."""
        if not self.drift_ppm and not self.jitter:
            size = 1 << (len(sound) + int(self.delay) + 1).bit_length()
            turn = np.exp(-2j * np.pi * np.fft.rfftfreq(size) * self.delay)
            return np.fft.irfft(np.fft.rfft(sound, size) * turn, size)[: len(sound)]
        at = np.arange(len(sound))
        shifts = random.normal(0.0, self.jitter, pattern.shots) if self.jitter else np.zeros(pattern.shots)
        shot = np.clip((at - pattern.quiet) // pattern.period, 0, pattern.shots - 1)
        return interpolated(sound, at * (1.0 - 1e-6 * self.drift_ppm) - self.delay - shifts[shot])

    def _filtered(self, sound: Real, sample_rate: float) -> Real:
        if self.low_hz is None and self.high_hz is None:
            return sound
        size = 1 << (2 * len(sound) - 1).bit_length()
        frequency = np.fft.rfftfreq(size, 1.0 / sample_rate)
        gain = np.ones_like(frequency)
        if self.low_hz is not None:
            gain /= np.sqrt(1.0 + (self.low_hz / np.maximum(frequency, 1e-9)) ** (2 * ORDER))
        if self.high_hz is not None:
            gain /= np.sqrt(1.0 + (frequency / self.high_hz) ** (2 * ORDER))
        return np.fft.irfft(np.fft.rfft(sound, size) * gain, size)[: len(sound)]


def interpolated(sound: Real, places: Real) -> Real:
    """A (T,) sound at places between its samples, by a windowed sinc; silence outside. True to -60 dB up to 0.45 of the rate."""
    padded = np.pad(sound, TAPS)
    result = np.zeros(len(places))
    offsets = np.arange(TAPS) - TAPS // 2 + 1
    grid = np.linspace(0.0, 1.0, 2049)
    table = np.i0(KAISER * np.sqrt(1.0 - grid**2)) / np.i0(KAISER)
    for begin in range(0, len(places), CHUNK):
        place = np.clip(places[begin : begin + CHUNK], -TAPS / 2, len(sound) + TAPS / 2 - 2) + TAPS
        whole = np.floor(place).astype(int)
        near = padded[whole[:, None] + offsets]
        if near.any():
            distance = (place - whole)[:, None] - offsets
            window = np.interp(2.0 * np.abs(distance) / TAPS, grid, table)
            result[begin : begin + CHUNK] = np.sum(near * np.sinc(distance) * window, axis=1)
    return result


def parse_loop(text: str) -> SyntheticLoop:
    """From "delay=100.25,snr_db=20,inverted=true". Raises ConfigError.

    >>> parse_loop("delay=100.25,inverted=true").delay
    100.25
    """
    pairs = [part.partition("=") for part in text.split(",") if part]
    try:
        return msgspec.convert({key.strip(): value for key, _, value in pairs}, SyntheticLoop, strict=False)
    except msgspec.ValidationError as error:
        names = ", ".join(SyntheticLoop.__struct_fields__)
        raise ConfigError(f"--loop {text!r}: {error}; give KEY=VALUE,KEY=VALUE of {names}") from None
