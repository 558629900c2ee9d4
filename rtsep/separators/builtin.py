"""The two separators without any separation: reference points for latency and null tests."""

from __future__ import annotations

import numpy as np

from rtsep.separators.api import Audio
from rtsep.spec import Parameter, SeparatorSpec

FOUR_STEMS = ("vocals", "drums", "bass", "other")
COMMON_RATES = (44100, 48000, 88200, 96000)


class Passthrough:
    """Everything goes to the residual stem, undelayed: the host's own latency and nothing else."""

    spec = SeparatorSpec("passthrough", FOUR_STEMS, 2, COMMON_RATES, hop=128, delay=0, exact_sum=True)

    def prepare(self, sample_rate: int) -> None:
        """Nothing to load."""

    def process(self, mix: Audio, out: Audio) -> None:
        """Copy the hop to the last stem."""
        out[:-1] = 0.0
        out[-1] = mix

    def reset(self) -> None:
        """No past to forget."""

    def set_parameter(self, name: str, value: float) -> None:
        """No parameters."""


class Delay:
    """Each stem gets its share of the input, `delay` samples late: a known latency through every path.

    The shares are parameters (`vocals`, `drums`, `bass`); the residual takes the rest, so the sum is exact.
    """

    def __init__(self, hop: int = 128, delay: int = 128, rates: tuple[int, ...] = COMMON_RATES) -> None:
        shares = tuple(Parameter(name, "", 0.0, 1.0, 0.25) for name in FOUR_STEMS[:-1])
        self.spec = SeparatorSpec("delay", FOUR_STEMS, 2, rates, hop, delay, exact_sum=True, parameters=shares)

    def prepare(self, sample_rate: int) -> None:
        """Allocate the delay line: `delay` past samples, then one hop."""
        self._line = np.zeros((self.spec.channels, self.spec.delay + self.spec.hop), dtype=np.float32)
        self._shares = [parameter.default for parameter in self.spec.parameters]

    def process(self, mix: Audio, out: Audio) -> None:
        """Shift the line by one hop and share its oldest hop out."""
        hop = self.spec.hop
        self._line[:, :-hop] = self._line[:, hop:]
        self._line[:, -hop:] = mix
        delayed = self._line[:, :hop]
        for stem, share in enumerate(self._shares):
            out[stem] = share * delayed
        out[-1] = delayed - out[:-1].sum(axis=0)

    def reset(self) -> None:
        """Silence the line."""
        self._line[:] = 0.0

    def set_parameter(self, name: str, value: float) -> None:
        """Set the share of one stem, 0..1."""
        self._shares[FOUR_STEMS.index(name)] = value
