"""What is sent through a loop: an exponential sweep or a maximum length sequence, shot after shot, after a quiet lead-in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rtsep.errors import ConfigError
from rtsep.units import db_to_gain

Kind = Literal["sweep", "mls"]

LOW_HZ = 20.0
HIGH = 0.45
"""Upper end of a probe's band as a share of the sample rate: converters and resamplers cut off beyond."""
FRAMES = 1 << 14
"""Of a sweep: a third of a second at 48 kHz."""
ORDER = 13
_TAPS = (13, 4, 3, 1)
"""A primitive polynomial of that order (Xilinx XAPP 052)."""
CHIP = 82 / 32
"""Frames that each chip of the sequence lasts. Not a whole number: else every zero crossing falls on the same fraction of a
frame, and nothing of that fraction is left of a sequence that was clipped."""
_FINE = 32
MLS_HIGH = 0.7 / CHIP
"""As `HIGH`, below the first zero of a held chip's spectrum."""
FADE_IN, FADE_OUT = 512, 64
MOST_S = 600.0
"""A pattern that is longer than this is a mistake."""


@dataclass(frozen=True)
class Probe:
    """One shot. `samples` are (T,) within +-1; `low_hz` to `high_hz` is the band that it excites."""

    kind: Kind
    sample_rate: float
    samples: NDArray[np.float64]
    low_hz: float
    high_hz: float

    @property
    def frames(self) -> int:
        """Length."""
        return len(self.samples)


def make_probe(kind: Kind, sample_rate: float) -> Probe:
    """The probe of that kind, of as many frames at any rate."""
    samples = _sweep(sample_rate) if kind == "sweep" else _sequence()
    high = HIGH if kind == "sweep" else MLS_HIGH
    return Probe(kind, sample_rate, samples, LOW_HZ, high * sample_rate)


def _sweep(sample_rate: float) -> NDArray[np.float64]:
    """Farina's exponential sweep (AES 108, 2000): harmonics that a loop adds arrive early, and so beside the peak."""
    frames = FRAMES
    octaves = math.log(HIGH * sample_rate / LOW_HZ)
    at = np.arange(frames) / frames
    seconds = frames / sample_rate
    sweep = np.sin(2 * np.pi * LOW_HZ * seconds / octaves * (np.exp(at * octaves) - 1.0))
    sweep[:FADE_IN] *= np.sin(0.5 * np.pi * np.arange(FADE_IN) / FADE_IN) ** 2
    sweep[-FADE_OUT:] *= np.cos(0.5 * np.pi * np.arange(FADE_OUT) / FADE_OUT) ** 2
    return sweep


def _sequence() -> NDArray[np.float64]:
    """A maximum length sequence, each chip held, limited to the band: what is above would fold when sampled."""
    held = np.repeat(mls(ORDER, _TAPS), round(CHIP * _FINE))
    margin = FADE_IN * _FINE
    held = np.pad(held, (margin, margin + -len(held) % _FINE))
    frames = len(held) // _FINE
    share = np.arange(frames // 2 + 1) / frames
    edge = np.clip((HIGH - share) / (0.1 * HIGH), 0.0, 1.0)
    samples = np.fft.irfft(np.fft.rfft(held)[: frames // 2 + 1] * np.sin(0.5 * np.pi * edge) ** 2, frames)
    return samples / np.abs(samples).max()


def mls(order: int, taps: tuple[int, ...]) -> NDArray[np.float64]:
    """A maximum length sequence of +-1, (2**order - 1,), from a shift register.

    >>> sequence = mls(3, (3, 2))
    >>> len(sequence), int(sequence.sum())
    (7, 1)
    """
    state, sequence = 1, np.empty((1 << order) - 1)
    for index in range(len(sequence)):
        sequence[index] = 2.0 * (state & 1) - 1.0
        fed = 0
        for tap in taps:
            fed ^= state >> (order - tap)
        state = state >> 1 | (fed & 1) << (order - 1)
    return sequence


@dataclass(frozen=True)
class Pattern:
    """A whole measurement: `quiet` frames of silence, then `shots` times the probe and `longest` frames to hear it in."""

    probe: Probe
    shots: int = 10
    quiet: int = 12000
    longest: int = 24000
    level_db: float = -12.0

    def __post_init__(self) -> None:
        for name, value, low, high in (
            ("shots", self.shots, 1, 10000),
            ("longest delay in frames", self.longest, 64, 1 << 20),
            ("level in dB", self.level_db, -100.0, 0.0),
            ("length in s", self.frames / self.probe.sample_rate, 0.0, MOST_S),
        ):
            if not low <= value <= high:
                raise ConfigError(f"{name} of {value:g}: must be {low:g}..{high:g}; choose another")

    @property
    def period(self) -> int:
        """Frames from one shot to the next."""
        return self.probe.frames + self.longest

    @property
    def frames(self) -> int:
        """Length of the whole pattern."""
        return self.quiet + self.shots * self.period

    @property
    def starts(self) -> list[int]:
        """Where each shot begins, frames."""
        return [self.quiet + shot * self.period for shot in range(self.shots)]

    @property
    def gain(self) -> float:
        """Amplitude of what is played."""
        return db_to_gain(self.level_db)

    @cached_property
    def sound(self) -> NDArray[np.float32]:
        """What to play, (T,)."""
        sound = np.zeros(self.frames, dtype=np.float32)
        for start in self.starts:
            sound[start : start + self.probe.frames] = self.gain * self.probe.samples
        return sound


def make_pattern(
    kind: Kind, sample_rate: float, shots: int = 10, longest_ms: float = 500.0, level_db: float = -12.0
) -> Pattern:
    """A pattern by durations. Raises ConfigError."""
    longest = round(longest_ms * sample_rate / 1000.0)
    return Pattern(make_probe(kind, sample_rate), shots, round(0.25 * sample_rate), longest, level_db)
