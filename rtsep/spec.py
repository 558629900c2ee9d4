"""Values that everything shares: what a separator declares, and what its latency is made of.

Frozen, free of behaviour that could fail, importing nothing of ours but the errors.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from rtsep.errors import SeparatorError

MAX_STEMS = 16
MAX_CHANNELS = 8
MAX_PARAMETERS = 256
MAX_HOP = 1 << 18
"""Samples; 5.9 s at 44.1 kHz, for networks that separate whole chunks of seconds."""
MAX_SCOPE = 64
"""Dimensions of a latent that are shown."""

Law = Literal["linear", "decibel", "log", "toggle"]


@dataclass(frozen=True)
class Parameter:
    """One knob of a separator: a fader, an OSC address, a MIDI map and a GUI knob are made from it."""

    name: str
    unit: str
    minimum: float
    maximum: float
    default: float
    law: Law = "linear"

    def __post_init__(self) -> None:
        if not self.minimum <= self.default <= self.maximum:
            raise SeparatorError(
                f"parameter {self.name!r}: default {self.default} lies outside "
                f"{self.minimum}..{self.maximum}; choose a default inside the range"
            )


@dataclass(frozen=True)
class SeparatorSpec:
    """What a separator plugin promises.

    `delay` counts samples by which the output stream lags the input stream, hop to hop: an impulse
    at input sample t comes out at output sample t + delay. An overlap-add of synthesis windows of
    length W has delay W - hop. `exact_sum` promises that the stems add up to the input delayed by
    `delay`. The *last* stem is the residual: it takes whatever the others do not explain.

    >>> SeparatorSpec("demo", ("vocals", "rest"), 2, (48000,), hop=128, delay=128, exact_sum=True).hop
    128
    """

    name: str
    stems: tuple[str, ...]
    channels: int
    sample_rates: tuple[int, ...]
    hop: int
    delay: int
    exact_sum: bool
    parameters: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        limits = (
            ("stems", len(self.stems), 1, MAX_STEMS),
            ("channels", self.channels, 1, MAX_CHANNELS),
            ("hop", self.hop, 1, MAX_HOP),
            ("delay", self.delay, 0, 1 << 16),
            ("parameters", len(self.parameters), 0, MAX_PARAMETERS),
            ("sample_rates", len(self.sample_rates), 1, 64),
        )
        for name, value, low, high in limits:
            if not low <= value <= high:
                raise SeparatorError(
                    f"separator {self.name!r}: {name} is {value}, must be {low}..{high}; correct its spec"
                )
        if len(set(self.stems)) != len(self.stems):
            raise SeparatorError(f"separator {self.name!r}: stem names repeat in {self.stems}; rename one")

    def check_rate(self, sample_rate: int) -> None:
        """Raise SeparatorError unless `sample_rate`, Hz, is one that the separator runs at: for `prepare`."""
        if sample_rate not in self.sample_rates:
            raise SeparatorError(
                f"separator {self.name!r} runs at {self.sample_rates} Hz, not at {sample_rate}; resample around it"
            )


@dataclass(frozen=True)
class LatencyBudget:
    """Every component of the delay from the input jack to the output jack, in frames at the device's rate.

    >>> LatencyBudget(64, 64, 0, 128, 64, 64).total
    384
    """

    device_in: int
    adaptation: int
    resampling: int
    separator: int
    slack: int
    device_out: int

    @property
    def total(self) -> int:
        """Sum of all components, frames."""
        return sum(getattr(self, field.name) for field in fields(self))

    @property
    def host(self) -> int:
        """What rtsep adds between the device's input block and its output block, frames."""
        return self.total - self.device_in - self.device_out
