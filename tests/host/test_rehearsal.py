"""How a separator is measured before it plays, and what becomes of one that is too slow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rtsep.errors import ConfigError
from rtsep.host import separator_process
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.engine import Engine
from rtsep.host.separator_process import WARM_UP_HOPS, rehearse
from rtsep.separators.api import Audio
from rtsep.separators.builtin import Delay


class Counted(Delay):
    """Counts its hops, each of which takes `hop_s` by a clock of its own."""

    def __init__(self, clock: Clock, hop_s: float) -> None:
        super().__init__()
        self.hops = self.resets = 0
        self._clock = clock
        self._hop_s = hop_s
        self.prepare(48000)

    def process(self, mix: Audio, out: Audio) -> None:
        self.hops += 1
        self._clock.now_s += self._hop_s

    def reset(self) -> None:
        super().reset()
        self.resets += 1


class Clock:
    """Time that passes only while a separator computes or nobody does anything."""

    now_s = 0.0

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds

    def perf_counter(self) -> float:
        return self.now_s

    def perf_counter_ns(self) -> int:
        return round(self.now_s * 1e9)


@pytest.mark.parametrize(
    ("hop_s", "hops"),
    [(1e-5, WARM_UP_HOPS + 150), (0.01, WARM_UP_HOPS + 40), (0.25, 12 + 2), (4.0, 2), (60.0, 2)],
)
def test_a_rehearsal_takes_few_seconds_or_two_hops(hop_s: float, hops: int, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(separator_process, "time", clock)
    separator = Counted(clock, hop_s)
    worst_ns, mean_ns = rehearse(separator, 48000.0)
    assert separator.hops == pytest.approx(hops, abs=1)
    np.testing.assert_allclose([worst_ns, mean_ns], hop_s * 1e9, rtol=1e-6)
    assert separator.resets == 1


class Resting(Counted):
    """Takes a tenth of the time in the hop that follows at once on the one before."""

    ended_s = -1.0

    def process(self, mix: Audio, out: Audio) -> None:
        self.hops += 1
        self._clock.now_s += 1e-4 if self._clock.now_s == self.ended_s else 1e-3
        self.ended_s = self._clock.now_s


class Stalling(Counted):
    """Its 90th hop takes 70 ms, the others 1 ms."""

    def process(self, mix: Audio, out: Audio) -> None:
        self.hops += 1
        self._clock.now_s += 0.07 if self.hops == 90 else 1e-3


def test_a_single_stall_is_not_taken_for_the_separators_own(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(separator_process, "time", clock)
    separator = Stalling(clock, 0.0)
    worst_ns, _ = rehearse(separator, 48000.0)
    assert separator.hops > 90
    assert worst_ns == pytest.approx(1e6, rel=1e-3)


def test_of_long_hops_more_time_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(separator_process, "time", clock)
    separator = Counted(clock, 1e-3)
    rehearse(separator, 12800.0)  # 10 ms a hop
    assert separator.hops == pytest.approx(WARM_UP_HOPS + 100, abs=1)


def test_hops_are_measured_at_the_pace_that_they_will_come_at(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(separator_process, "time", clock)
    worst_ns, mean_ns = rehearse(Resting(clock, 0.0), 48000.0)
    assert worst_ns == pytest.approx(1e6, rel=1e-3)
    assert mean_ns > 0.9e6


def test_a_host_does_not_start_with_a_separator_that_cannot_keep_up(plugins: Path) -> None:
    config = HostConfig(separator="test-sluggish", device=DeviceConfig(kind="null"), realtime=False)
    with pytest.raises(ConfigError, match=r"'test-sluggish' does not keep up: .*; choose a lighter .*'rtsep separate'"):
        Engine.start(config)
