"""The latency budget as parts of a bar, in the order in which the sound passes them."""

from __future__ import annotations

from dataclasses import dataclass

from rtsep.control import EngineState
from rtsep.units import frames_to_ms

MEASURE = "/rtsep/latency/measure"
"""Address that begins a loopback measurement, where the host offers one."""
ABOUT = {
    "device_in": "Input latency that the device reports.",
    "adaptation": "Waiting until the device's blocks have filled a hop: hop - gcd(block, hop).",
    "resampling": "Look-ahead of the resampler, where the separator does not run at the device's rate.",
    "separator": "The separator's own, declared delay.",
    "slack": "Whole blocks in which a hop is computed: its p99.9, measured before going live, and a wake-up.",
    "device_out": "Output latency that the device reports.",
}


@dataclass(frozen=True)
class Part:
    """A component of the latency."""

    name: str
    frames: int
    ms: float
    about: str


def parts(state: EngineState) -> tuple[Part, ...]:
    """Every component, also those that take no time."""
    budget, rate = state.budget, state.sample_rate
    frames = {name: int(getattr(budget, name)) for name in ABOUT}
    return tuple(
        Part(name.replace("_", " "), count, frames_to_ms(count, rate), ABOUT[name]) for name, count in frames.items()
    )


def total_ms(state: EngineState) -> float:
    """From the input jack to the output jack."""
    return frames_to_ms(state.budget.total, state.sample_rate)


def measured_ms(state: EngineState) -> float | None:
    """The same as measured by a latency marker; None: there is none, or it does not come back."""
    frames = state.measured_latency
    return None if frames is None else frames_to_ms(frames, state.sample_rate)
