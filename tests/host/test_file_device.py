"""The file device: what it can open, what it says of what it cannot."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from support import RATE, noise, offline, until

from rtsep.errors import AudioFileError, DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices import file as file_module
from rtsep.host.devices.file import PacedDevice
from rtsep.host.offline import OfflineHost
from rtsep.separators.builtin import Passthrough


def sound(folder: Path, kind: str = "wav", channels: int = 2, frames: int = 5000, rate: int = RATE) -> Path:
    path = folder / f"sound.{kind}"
    soundfile.write(path, noise(frames, channels), rate)
    return path


def opened(path: Path | None, channels: int = 2, feeds: int = 0, **more: object) -> PacedDevice:
    kind = "null" if path is None else "file"
    return PacedDevice(DeviceConfig(kind=kind, path=path and str(path), **more), channels, None, feeds)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg"])
@pytest.mark.parametrize(("channels", "rate"), [(1, 44100), (2, 48000), (6, 96000)])
def test_facts_are_the_files(tmp_path: Path, kind: str, channels: int, rate: int) -> None:
    facts = opened(sound(tmp_path, kind, channels, rate=rate)).facts
    assert (facts.sample_rate, facts.input_channels, facts.output_channels, facts.block) == (rate, channels, 2, 128)
    assert facts.name == f"file: sound.{kind}"


def test_outputs_suffice_for_mix_feeds_and_maps(tmp_path: Path) -> None:
    path = sound(tmp_path)
    assert opened(path, feeds=6).facts.output_channels == 6
    assert opened(path, output_channels=(7, 8)).facts.output_channels == 8
    assert opened(None, channels=2, input_channels=(3, 4)).facts.input_channels == 4


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"nowhere\.wav does not exist"):
        opened(tmp_path / "nowhere.wav")


@pytest.mark.parametrize("content", [b"", b"this is no sound at all", b"RIFF\0\0\0\0WAVE"])
def test_a_file_that_is_not_audio_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "song.wav"
    path.write_bytes(content)
    with pytest.raises(AudioFileError, match=r"song\.wav cannot be read as audio"):
        opened(path)


def test_a_folder_is_no_sound_file(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="cannot be read"):
        opened(tmp_path)


def test_what_the_file_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="is at 48000 Hz, not 44100"):
        opened(sound(tmp_path), sample_rate=44100)
    with pytest.raises(DeviceError, match="input channel 3 asked for"):
        opened(sound(tmp_path), input_channels=(2, 3))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"sound\.wav holds no sound"):
        opened(sound(tmp_path, frames=0))


@pytest.mark.parametrize("path", [None, ""])
def test_a_file_device_without_a_file_is_refused(path: str | None) -> None:
    with pytest.raises(DeviceError, match="nothing to play"):
        PacedDevice(DeviceConfig(kind="file", path=path), 2, None)


def test_the_null_device_plays_no_file(tmp_path: Path) -> None:
    device = PacedDevice(DeviceConfig(kind="null", path=str(sound(tmp_path, channels=6))), 2, None)
    assert (device.facts.name, device.facts.input_channels) == ("null", 2)


def idle_host(block: int = 65) -> OfflineHost:
    """An offline host whose separator never runs: unity mix is the delayed input all the same."""
    host = OfflineHost(Passthrough(), RATE, block, offline())
    host.control.set("stem_lag", 1 << 40)  # nothing is due: the device need not wait for stems
    host.control.set("hop", 1 << 40)
    return host


def drive(host: OfflineHost, path: Path, out: Path | None, loop_until: int = 0, **more: object) -> PacedDevice:
    """Play `path` through the host's callback, to its end or to a position; the device, closed."""
    settings = {"block": 65, "paced": False, "write": out and str(out)} | more
    device = PacedDevice(DeviceConfig(kind="file", path=str(path), **settings), 2, host.control)  # type: ignore[arg-type]
    device.start(host._driver)
    until(lambda: device.finished or (loop_until and host.control.get("position") > loop_until), "the file is through")
    device.close()
    return device


def play(path: Path, out: Path, loop_until: int = 0, **more: object) -> tuple[np.ndarray, int]:
    """What a device writes, and the latency in it."""
    with idle_host() as host:
        assert drive(host, path, out, loop_until, **more).failure == ""
        data, _ = soundfile.read(out, dtype="float32", always_2d=True)
        return data, int(host.control.get("dry_lag"))


@pytest.mark.parametrize("frames", [1, 64, 65, 130, 12_000, 24_001])
def test_every_frame_is_played_and_the_tail_comes_out(tmp_path: Path, frames: int) -> None:
    path, out = sound(tmp_path, frames=frames), tmp_path / "out.wav"
    heard, latency = play(path, out)
    signal, _ = soundfile.read(path, dtype="float32", always_2d=True)
    np.testing.assert_array_equal(heard[latency : latency + frames], signal)
    assert len(heard) % 65 == 0
    assert len(heard) - latency - frames < 65


@pytest.mark.parametrize("frames", [1, 63, 5_999, 12_000, 13_001])
def test_a_loop_goes_round_without_a_seam(tmp_path: Path, frames: int) -> None:
    path, out = sound(tmp_path, frames=frames), tmp_path / "out.wav"
    heard, latency = play(path, out, loop_until=60_000, loop=True)
    signal, _ = soundfile.read(path, dtype="float32", always_2d=True)
    endless = np.tile(signal, (-(-len(heard) // frames), 1))
    np.testing.assert_array_equal(heard[latency:40_000], endless[: 40_000 - latency])


@pytest.mark.parametrize(("loop", "until_frame"), [(False, 1), (False, 20_000), (False, 30_001), (True, 50_000)])
def test_a_device_opened_in_the_middle_goes_on_where_the_clock_stands(
    tmp_path: Path, loop: bool, until_frame: int
) -> None:
    path, out, whole = sound(tmp_path, frames=30_001), tmp_path / "out.wav", tmp_path / "whole.wav"
    with idle_host() as host:
        drive(host, path, out, until_frame, loop=loop)
        assert len(soundfile.read(out)[0]) == host.control.get("position")
        drive(host, path, out, 100_000 if loop else 0, loop=loop)
    play(path, whole, 100_000 if loop else 0, loop=loop)
    resumed, straight = soundfile.read(out)[0], soundfile.read(whole)[0]
    common = 90_000 if loop else len(straight)
    np.testing.assert_array_equal(resumed[:common], straight[:common])
    assert loop or len(resumed) == len(straight)


def test_what_a_killed_process_had_not_written_is_silence_and_the_rest_in_time(tmp_path: Path) -> None:
    path, out = sound(tmp_path, frames=40_000), tmp_path / "out.wav"
    with idle_host() as host:
        drive(host, path, out, 10_000)
        position = int(host.control.get("position"))
        kept, _ = soundfile.read(out, dtype="float32")
        soundfile.write(out, kept[:4_000], RATE, "FLOAT")
        drive(host, path, out)
        latency = int(host.control.get("dry_lag"))
    heard, _ = soundfile.read(out, dtype="float32")
    signal, _ = soundfile.read(path, dtype="float32")
    np.testing.assert_array_equal(heard[:4_000], kept[:4_000])
    assert not heard[4_000:position].any()
    np.testing.assert_array_equal(heard[position : latency + 40_000], signal[position - latency :])


def test_in_the_middle_of_a_show_an_output_that_cannot_be_written_does_not_stop_the_sound(tmp_path: Path) -> None:
    path, out = sound(tmp_path, frames=30_000), tmp_path / "out.wav"
    with idle_host() as host:
        drive(host, path, out, 10_000)
        out.write_bytes(b"something else")
        device = drive(host, path, out)
        assert host.control.get("position") >= 30_000
    assert "out.wav cannot be written" in device.failure


@pytest.mark.parametrize("loop", [False, True])
def test_a_file_that_breaks_off_ends_the_show_and_says_why(tmp_path: Path, loop: bool) -> None:
    path, out = sound(tmp_path, "flac", frames=60_000), tmp_path / "out.wav"
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    with idle_host() as host:
        device = drive(host, path, out, loop=loop)
        latency = int(host.control.get("dry_lag"))
    assert device.finished
    assert "sound.flac cannot be read any further" in device.failure
    assert len(soundfile.read(out)[0]) > 12_000 + latency


class FullDisk(soundfile.SoundFile):
    """Takes three chunks."""

    room = 3

    def write(self, data: Any) -> None:
        """Fails as soundfile's own."""
        FullDisk.room -= 1
        if FullDisk.room < 0:
            raise AssertionError
        super().write(data)


def test_a_full_disk_ends_the_output_and_not_the_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = sound(tmp_path, frames=100_000), tmp_path / "out.wav"
    monkeypatch.setattr(file_module.soundfile, "SoundFile", FullDisk)
    monkeypatch.setattr(FullDisk, "room", 3)
    monkeypatch.setattr(file_module, "WRITE_BEHIND", 2)
    with idle_host() as host:
        device = drive(host, path, out)
        assert host.control.get("position") >= 100_000
    assert device.finished
    assert "out.wav is not written any further: the disk took only a part" in device.failure


def test_sound_in_real_time_does_not_wait_for_a_slow_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    write = soundfile.SoundFile.write

    def stalled(self: soundfile.SoundFile, data: Any) -> None:
        assert go.wait(60.0)
        write(self, data)

    monkeypatch.setattr(file_module, "WRITE_BEHIND", 1)
    monkeypatch.setattr(file_module, "CHUNK_S", 0.01)
    path, out = sound(tmp_path, frames=12_000), tmp_path / "out.wav"
    with idle_host() as host:
        config = DeviceConfig(kind="file", path=str(path), block=65, write=str(out))
        device = PacedDevice(config, 2, host.control)
        monkeypatch.setattr(soundfile.SoundFile, "write", stalled)
        device.start(host._driver)
        until(lambda: device.finished, "the file is through")
        go.set()
        device.close()
    assert "its disk is too slow" in device.failure


@pytest.mark.skipif(sys.platform != "linux", reason="how Linux schedules threads")
def test_only_the_playing_thread_keeps_the_real_time_priority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[tuple[str, int]] = []

    def note(pid: int, policy: int, _: os.sched_param) -> None:
        assert pid == 0
        left.append((threading.current_thread().name, policy))

    monkeypatch.setattr(os, "sched_setscheduler", note)
    play(sound(tmp_path), tmp_path / "out.wav")
    assert sorted(left) == [("file reader", os.SCHED_OTHER), ("file writer", os.SCHED_OTHER)]
