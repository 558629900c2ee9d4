"""The latency marker: found under music, to a fraction of a frame; not there unless it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from support import Scripted, noise, offline, until

from rtsep.changes import Panic
from rtsep.errors import ConfigError
from rtsep.host.config import DeviceConfig, HostConfig, feed_width
from rtsep.host.engine import Engine
from rtsep.host.loopmeter import MARKER_FRAMES, Correlator, LoopMeter, marker, measured_loop
from rtsep.host.offline import OfflineHost
from rtsep.shared.block import directory
from rtsep.units import gain_to_db

BLOCK = 512
MARKED = DeviceConfig(kind="null", marker_output=4, marker_input=3)
FRACTION = 0.05
"""Frames, 40 dB below the music after ten periods."""


def music(frames: int, seed: int = 0) -> np.ndarray:
    """Noise whose spectrum falls as that of music does, -20 dBFS."""
    random = np.random.default_rng(seed)
    bins = np.arange(frames // 2 + 1)
    slope = 1.0 / np.maximum(bins / frames, 50.0 / 48000)
    wave = np.fft.irfft(slope * random.normal(size=len(bins)) * np.exp(2j * np.pi * random.random(len(bins))), frames)
    return 0.1 * wave / np.sqrt(np.mean(wave**2))


def delayed(period: np.ndarray, delay: float, gain: float = 1.0) -> np.ndarray:
    """A periodic signal, some frames later."""
    omega = 2.0 * np.pi * np.arange(len(period) // 2 + 1) / len(period)
    return gain * np.fft.irfft(np.fft.rfft(period) * np.exp(-1j * omega * delay), len(period))


def test_the_marker_has_the_level_that_was_asked_for_and_hardly_a_peak() -> None:
    period = marker(-66.0)
    assert len(period) == MARKER_FRAMES
    assert gain_to_db(float(np.sqrt(np.mean(np.square(period, dtype=np.float64))))) == pytest.approx(-66.0, abs=0.01)
    assert gain_to_db(float(np.abs(period).max())) < -52.0
    np.testing.assert_array_equal(period, marker(-66.0))


@pytest.mark.parametrize(("delay", "gain"), [(0.0, 1.0), (384.25, 1.0), (1023.5, -0.5), (30_000.875, 0.3)])
def test_it_is_found_forty_decibels_below_the_music(delay: float, gain: float) -> None:
    period = marker(-60.0)
    correlator = Correlator(period)
    song = music(10 * MARKER_FRAMES)
    for index in range(10):
        part = song[index * MARKER_FRAMES : (index + 1) * MARKER_FRAMES]
        correlator.add(part + delayed(period, delay, gain))
    found = correlator.find()
    assert found is not None
    distance = (found.delay - delay + MARKER_FRAMES / 2) % MARKER_FRAMES - MARKER_FRAMES / 2
    assert distance == pytest.approx(0.0, abs=FRACTION)
    assert found.sure_db > 25.0


def test_music_alone_is_never_taken_for_it() -> None:
    for seed in range(5):
        correlator = Correlator(marker(-60.0))
        song = music(20 * MARKER_FRAMES, seed)
        for index in range(20):
            correlator.add(song[index * MARKER_FRAMES : (index + 1) * MARKER_FRAMES])
            assert correlator.find() is None


def test_silence_is_nothing() -> None:
    correlator = Correlator(marker(-60.0))
    correlator.add(np.zeros(MARKER_FRAMES))
    assert correlator.find() is None


def played(config: HostConfig, signal: np.ndarray) -> np.ndarray:
    with OfflineHost(Scripted(lambda index, out: None), 48000, BLOCK, config, outputs=4) as host:
        inputs = max(2, config.device.least_inputs)
        return host.run(np.pad(signal, ((0, 0), (0, inputs - 2))))


def test_the_marker_is_on_its_channel_alone_and_nowhere_unless_asked_for() -> None:
    signal = noise(3 * BLOCK)
    without, with_it = played(offline(), signal), played(HostConfig(device=MARKED, realtime=False), signal)
    np.testing.assert_array_equal(with_it[:, :3], without[:, :3])
    assert not without[:, 3].any()
    np.testing.assert_array_equal(with_it[:, 3], marker(-66.0)[: 3 * BLOCK])


def test_a_panic_silences_the_marker_too() -> None:
    config = HostConfig(device=MARKED, realtime=False)
    with OfflineHost(Scripted(lambda index, out: None), 48000, BLOCK, config, outputs=4) as host:
        silence = np.zeros((BLOCK, 3), np.float32)
        host.desk.apply(Panic(True))
        assert not host.run(silence).any()
        host.desk.apply(Panic(False))
        np.testing.assert_array_equal(host.run(silence)[:, 3], marker(-66.0)[BLOCK : 2 * BLOCK])


def test_half_a_marker_is_none_and_takes_no_memory() -> None:
    for device in (DeviceConfig(kind="null", marker_output=4), DeviceConfig(kind="null", marker_input=3)):
        with OfflineHost(
            Scripted(lambda index, out: None), 48000, BLOCK, HostConfig(device=device, realtime=False), outputs=4
        ) as host:
            assert host.control.get("marker_frames") == 0
            assert not host.run(np.zeros((BLOCK, host._driver._context["input_channels"][0]), np.float32)).any()
            assert measured_loop(host.control) is None


@pytest.mark.parametrize("delay", [BLOCK, 2 * BLOCK + 333])
def test_a_cable_is_measured_while_music_plays_and_its_loss_is_told(delay: int) -> None:
    config = HostConfig(device=MARKED, realtime=False)
    with OfflineHost(Scripted(lambda index, out: None), 48000, BLOCK, config, outputs=4) as host:
        meter = LoopMeter(host.control)
        song = music(16 * MARKER_FRAMES)
        cable = np.zeros(len(song) + 4 * BLOCK, dtype=np.float32)

        def play(begin: int, end: int) -> None:
            for at in range(begin, end, BLOCK):
                part = song[at : at + BLOCK]
                back = cable[at - delay : at - delay + BLOCK] if at >= delay else np.zeros(BLOCK)
                out = host.run(np.stack([part, part, 0.7 * back + 0.01 * part], axis=1))
                cable[at : at + BLOCK] = out[:, 3]
                meter.round()

        play(0, 4 * MARKER_FRAMES)
        found = measured_loop(host.control)
        assert found is not None
        assert found.frames == pytest.approx(delay, abs=0.01)
        assert found.sure_db > 30.0
        host.audio.set("audio_pid", 4711)  # the device was opened anew
        meter.round()
        assert measured_loop(host.control) is None
        play(4 * MARKER_FRAMES, 6 * MARKER_FRAMES)
        assert measured_loop(host.control) is not None


def test_a_running_host_measures_what_its_third_input_brings_back(start: Callable[..., Engine], tmp_path: Path) -> None:
    """A file device: the cable is in the file, the marker being the same in every host."""
    song = music(6 * MARKER_FRAMES)
    back = np.tile(delayed(marker(-66.0), 777.25), 6)
    path = tmp_path / "loop.wav"
    soundfile.write(path, np.stack([song, song, back + 0.001 * song], axis=1), 48000, subtype="FLOAT")
    device = {"kind": "file", "path": str(path), "loop": True, "marker_output": 3, "marker_input": 3}
    engine = start(device | {"input_channels": (1, 2)})
    until(lambda: engine.state().loop is not None, "the marker is found")
    state = engine.state()
    assert state.loop is not None
    assert state.loop.frames == pytest.approx(777.25, abs=0.05)
    assert state.measured_latency == pytest.approx(777.25 + state.budget.host, abs=0.05)


def test_an_input_that_feeds_the_separator_is_refused() -> None:
    for device in (
        DeviceConfig(kind="null", marker_output=3, marker_input=2),
        DeviceConfig(kind="null", marker_output=3, marker_input=5, input_channels=(4, 5)),
    ):
        before = set(directory().iterdir())
        with pytest.raises(ConfigError, match="feeds the separator"):
            OfflineHost(Scripted(lambda index, out: None), 48000, BLOCK, HostConfig(device=device, realtime=False))
        assert not [path for path in set(directory().iterdir()) - before if path.name.startswith(f"{os.getpid()}-")]


def test_the_device_is_opened_as_wide_as_the_marker_needs() -> None:
    assert feed_width(HostConfig(device=DeviceConfig(marker_output=7, marker_input=3)), 2) == 7
    assert DeviceConfig(marker_input=3, input_channels=(5, 1)).least_inputs == 5
    assert DeviceConfig(marker_input=3).least_inputs == 3
    assert DeviceConfig().least_inputs == 0
