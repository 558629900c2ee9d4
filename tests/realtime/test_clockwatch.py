"""The device's own word: flags counted, and device time that passed without a callback."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import numpy as np
import pytest
from support import RATE, offline

from rtsep.host.offline import OfflineHost
from rtsep.realtime.clockwatch import WINDOW
from rtsep.separators.builtin import Passthrough

BLOCK = 64


class Device:
    """Calls as PortAudio does: with flags and a clock."""

    def __init__(self, host: OfflineHost) -> None:
        self._driver = host._driver
        self.host = host
        self.now = 1000.0 * RATE
        self._in, self._out = np.zeros((BLOCK, 2), np.float32), np.zeros((BLOCK, 2), np.float32)

    def call(self, flags: int = 0, late_frames: float = 0.0) -> None:
        """One callback, `late_frames` after its time; the next is due a block later."""
        times = (ctypes.c_double * 3)(0.0, (self.now + late_frames) / RATE, 0.0)
        pointers = self._in.ctypes.data, self._out.ctypes.data, BLOCK, ctypes.addressof(times)
        assert self._driver._call(*pointers, flags, self._driver.userdata) == 0
        self.now += BLOCK

    def missed(self) -> int:
        return int(self.host.control.get("missed_positions"))


@pytest.fixture
def device() -> Iterator[Device]:
    with OfflineHost(Passthrough(), RATE, BLOCK, offline()) as host:
        yield Device(host)


def test_each_flag_is_counted_by_name(device: Device) -> None:
    names = ("input_underflows", "input_overflows", "output_underflows", "output_overflows")
    for flags in (1, 2, 4, 8, 15, 16):  # 16: priming output, no fault
        device.call(flags)
    assert [device.host.control.get(name) for name in names] == [2, 2, 2, 2]


def test_callbacks_that_jitter_miss_nothing(device: Device) -> None:
    generator = np.random.default_rng(0)
    for _ in range(20 * WINDOW):
        device.call(late_frames=float(generator.exponential(0.2 * BLOCK)))
    assert device.missed() == 0


@pytest.mark.parametrize("blocks", [1, 2, 37])
def test_missed_blocks_are_counted_in_frames(device: Device, blocks: int) -> None:
    for _ in range(3 * WINDOW + 17):
        device.call()
    device.now += blocks * BLOCK
    for _ in range(3 * WINDOW):
        device.call()
    assert device.missed() == blocks * BLOCK


def test_each_gap_counts_once(device: Device) -> None:
    for _ in range(4):
        for _ in range(3 * WINDOW):
            device.call()
        device.now += BLOCK
    for _ in range(3 * WINDOW):
        device.call()
    assert device.missed() == 4 * BLOCK


@pytest.mark.parametrize("ppm", [-200, 200])
def test_slow_drift_between_clocks_is_no_gap(device: Device, ppm: int) -> None:
    for index in range(40 * WINDOW):
        device.call(late_frames=index * BLOCK * ppm * 1e-6)
    assert device.missed() == 0


def test_devices_without_a_clock_miss_nothing(device: Device) -> None:
    device.host.run(np.zeros((BLOCK * 3 * WINDOW, 2), np.float32))
    assert device.missed() == 0
    assert device.host.control.get("clock_known") == 0
