"""What the tests share: signals, tiny separators, and ways to advance a host by hand."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.offline import OfflineHost
from rtsep.separators.api import Audio
from rtsep.separators.registry import registered
from rtsep.spec import Parameter, SeparatorSpec

RATE = 48000
AWKWARD_BLOCKS = (1, 8, 63, 64, 65, 128, 441, 1000)
"""Block sizes that a device might come with, most of them coprime to every hop."""
FLOAT32_SUM = 1e-5
"""Stems that add up, float32, full-scale input."""
PATIENCE_S = 60.0
"""Upper bound for anything that must happen eventually on a machine that is busy with other work."""

Frames = NDArray[np.float32]


def noise(frames: int, channels: int = 2, seed: int = 0, level: float = 0.5) -> Frames:
    """White noise, (T, C), within +-`level`."""
    return np.random.default_rng(seed).uniform(-level, level, (frames, channels)).astype(np.float32)


def sine(frames: int, frequency_hz: float = 220.0, level: float = 0.5, sample_rate: int = RATE) -> Frames:
    """A sine in both channels, (T, 2)."""
    wave = level * np.sin(2 * np.pi * frequency_hz * np.arange(frames) / sample_rate)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def offline(**settings: object) -> HostConfig:
    """A configuration for an OfflineHost."""
    return HostConfig(device=DeviceConfig(kind="null"), realtime=False, **settings)  # type: ignore[arg-type]


def complete_separators() -> list[str]:
    """Registered separators that come with all they need: not those of packages whose weights the user must fetch, and
    which take seconds for a hop; tests/models/chunked has those, at random weights."""
    adapters = ("rtsep_models.separators.demucs:", "rtsep_models.separators.openunmix:")
    return [name for name, point in registered().items() if not point.value.startswith(adapters)]


class Prescribed:
    """Gives out prescribed stems (S, C, T), `delay` late, whatever comes in; its input is meant to be their sum."""

    def __init__(self, stems: Audio, hop: int = 128, delay: int = 0, exact_sum: bool = True) -> None:
        names = tuple(f"stem{index}" for index in range(len(stems)))
        self.spec = SeparatorSpec("prescribed", names, stems.shape[1], (RATE, 44100), hop, delay, exact_sum)
        self._stems = np.pad(stems, ((0, 0), (0, 0), (delay, 16 * RATE)))
        self._next = 0

    def prepare(self, sample_rate: int) -> None:
        """Nothing to do."""

    def process(self, mix: Audio, out: Audio) -> None:
        """The next hop of the prescription."""
        out[:] = self._stems[:, :, self._next : self._next + self.spec.hop]
        self._next += self.spec.hop

    def reset(self) -> None:
        """The prescription goes on: it stands for the outside world."""

    def set_parameter(self, name: str, value: float) -> None:
        """No parameters."""


class Scripted:
    """Copies its input to the second of two stems; `misbehave(hop index, out)` may then raise or spoil the output."""

    def __init__(self, misbehave: Callable[[int, Audio], None], hop: int = 64, delay: int = 0) -> None:
        knob = (Parameter("knob", "", 0.0, 1.0, 0.5),)
        self.spec = SeparatorSpec("scripted", ("a", "b"), 2, (RATE,), hop, delay, True, knob)
        self._misbehave = misbehave
        self.calls = self.resets = 0
        self.knobs: list[tuple[int, str, float]] = []

    def prepare(self, sample_rate: int) -> None:
        """Nothing to do."""

    def process(self, mix: Audio, out: Audio) -> None:
        """Copy, then do as the script says."""
        out[0], out[1] = 0.0, mix
        self.calls += 1
        self._misbehave(self.calls - 1, out)

    def reset(self) -> None:
        """Counted."""
        self.resets += 1

    def set_parameter(self, name: str, value: float) -> None:
        """Noted, with the number of hops done before."""
        self.knobs.append((self.calls, name, value))


def settled(host: OfflineHost, frames: int = 0) -> int:
    """Advance by silence until ramps and pipes are through; how many frames that took."""
    block = int(host.control.get("block"))
    need = frames + host.budget.host + int(host.control.get("ramp_frames"))
    whole = -(-need // block) * block
    host.run(np.zeros((whole, host.spec.channels), dtype=np.float32))
    return whole


def whole_blocks(signal: Frames, block: int) -> Frames:
    """`signal` padded with silence to whole blocks."""
    return np.pad(signal, ((0, -len(signal) % block), (0, 0)))


def largest_step(signal: Frames) -> float:
    """Largest difference between neighbouring samples: what a click would raise."""
    return float(np.abs(np.diff(signal, axis=0)).max())


def level_db(signal: NDArray[np.floating]) -> float:
    """RMS level, dBFS; -300 for silence."""
    power = float(np.mean(np.square(signal, dtype=np.float64)))
    return 10.0 * np.log10(power) if power > 0.0 else -300.0


def until(condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Poll `condition` until it holds; fail, saying `what` never came, if it takes unreasonably long."""
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {patience_s:.0f} s"
        time.sleep(0.005)
