"""What the callback costs as stems, channels, block and hop grow; called flat out, in this process, on one thread."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from benchmarks.plugins import delay
from rtsep.host.config import DeviceConfig, HostConfig, StripConfig
from rtsep.host.offline import OfflineHost
from rtsep.lab.tally import Tally
from rtsep.separators.api import Audio, Separator
from rtsep.separators.builtin import COMMON_RATES
from rtsep.spec import SeparatorSpec

RATE = 48000
STEMS, CHANNELS = (2, 4, 8, 16), (1, 2, 4, 8)
BLOCKS = (16, 32, 64, 128, 256, 512, 1024)
HOPS = (32, 64, 128, 256, 441, 512, 1024, 2048)
WARM_UP_S = 0.5


class Equal:
    """Any number of stems and channels: each stem is an equal share of the input, at once."""

    def __init__(self, stems: int, channels: int, hop: int = 128) -> None:
        names = tuple(f"stem{index}" for index in range(stems))
        self.spec = SeparatorSpec("bench-equal", names, channels, COMMON_RATES, hop, delay=0, exact_sum=True)

    def prepare(self, sample_rate: int) -> None:
        """Nothing to load."""

    def process(self, mix: Audio, out: Audio) -> None:
        """Share it out."""
        out[:] = mix / np.float32(len(out))

    def reset(self) -> None:
        """No past to forget."""

    def set_parameter(self, name: str, value: float) -> None:
        """No parameters."""


def play(separator: Separator, block: int, seconds: float) -> dict[str, Any]:
    """Noise through the callback, every strip at another gain so that every term of the mix is computed."""
    spec = separator.spec
    strips = {stem: StripConfig(gain_db=-1.0 - 0.5 * index) for index, stem in enumerate(spec.stems)}
    config = HostConfig(device=DeviceConfig(kind="null"), realtime=False, stems=strips, tape_s=1.0)
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, (RATE // block * block, spec.channels)).astype(np.float32)
    with OfflineHost(separator, RATE, block, config) as host:
        host.run(noise[: int(WARM_UP_S * RATE) // block * block])
        before, busy_before = Tally.of(host.control), time.thread_time()
        played = 0
        while played < seconds * RATE:
            played += len(host.run(noise))
        busy = time.thread_time() - busy_before
        figures = (Tally.of(host.control) - before).figures()
        budget = host.budget
    period_us = 1e6 * block / RATE
    return {
        "stems": len(spec.stems),
        "channels": spec.channels,
        "block": block,
        "hop": spec.hop,
        "callback_us": figures["callback_us"],
        "callback_share_p999": figures["callback_us"]["p99.9"] / period_us,
        "hop_us": figures["hop_us"],
        "cpu_ms_per_s": 1e3 * busy * RATE / played,
        "late_hops": figures["late_hops"],
        "adaptation_frames": budget.adaptation,
        "host_latency_frames": budget.host,
    }


def by_stems_and_channels(seconds: float) -> list[dict[str, Any]]:
    """Blocks and hops of 128."""
    return [play(Equal(stems, channels), 128, seconds) for stems in STEMS for channels in CHANNELS]


def by_block(seconds: float) -> list[dict[str, Any]]:
    """Four stereo stems, hops of 128."""
    return [play(Equal(4, 2), block, seconds) for block in BLOCKS]


def by_hop(seconds: float) -> list[dict[str, Any]]:
    """Four stereo stems that are delayed by a hop and a bit, blocks of 128."""
    return [play(delay(hop), 128, seconds) for hop in HOPS]


def exponent(sizes: Any, costs: Any) -> float:
    """The power of `sizes` by which `costs` grow: the slope of a straight line through their logarithms.

    >>> round(exponent([1, 2, 4], [3.0, 12.0, 48.0]), 6)
    2.0
    """
    return float(np.polyfit(np.log(np.asarray(sizes, float)), np.log(np.asarray(costs, float)), 1)[0])
