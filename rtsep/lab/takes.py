"""What is asked of a loop, and what comes back from one, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from rtsep.host.config import DeviceConfig
from rtsep.lab.analysis import Measurement, analyse
from rtsep.lab.probe import Kind, Pattern, make_pattern
from rtsep.lab.synthetic import SyntheticLoop


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to measure, at whatever rate the device turns out to have."""

    probe: Kind = "sweep"
    shots: int = 10
    longest_ms: Annotated[float, msgspec.Meta(gt=0.0)] = 500.0
    level_db: float = -12.0

    def pattern(self, sample_rate: float) -> Pattern:
        """What to play. Raises ConfigError."""
        return make_pattern(self.probe, sample_rate, self.shots, self.longest_ms, self.level_db)


class LoopConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the loop is. The first of the device's input and output channels are the loop's."""

    device: DeviceConfig = DeviceConfig()
    """A null device is a synthetic loop, a file device a recording of the pattern that was made elsewhere."""
    connect: tuple[str, ...] = ()
    """JACK: cables SOURCE=TARGET, of which `out` and `in` are ours; empty: the hardware's ports."""
    loop: SyntheticLoop = SyntheticLoop()

    @property
    def input_channel(self) -> int:
        """Counted from 0."""
        return min(self.device.input_channels[:1], default=1) - 1

    @property
    def output_channel(self) -> int:
        """Counted from 0."""
        return min(self.device.output_channels[:1], default=1) - 1


class LoopFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the device turned out to be. The driver's own word of its latencies, frames; None where it gives none.

    `lost`: how many times the device says to have lost frames.
    """

    name: str
    host_api: str
    sample_rate: float
    block: int
    declared_in: int | None = None
    declared_out: int | None = None
    lost: int = 0

    @property
    def declared(self) -> int | None:
        """Input and output together."""
        if self.declared_in is None or self.declared_out is None:
            return None
        return self.declared_in + self.declared_out


@dataclass(frozen=True)
class Take:
    """A recording, (T,), sample 0 of which was captured as the pattern's sample 0 was played."""

    pattern: Pattern
    recording: NDArray[np.floating]
    facts: LoopFacts

    def measurement(self) -> Measurement:
        """What it says."""
        return analyse(self.recording, self.pattern)
