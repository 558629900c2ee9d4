"""The file device: what it can open, what it says of what it cannot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from support import RATE, noise, offline, until

from rtsep.errors import AudioFileError, DeviceError
from rtsep.host.config import DeviceConfig
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


def play(path: Path, out: Path, loop_until: int = 0, **more: object) -> tuple[np.ndarray, int]:
    """A device that drives an offline host's callback, its separator idle: unity mix is the delayed input all the same."""
    with OfflineHost(Passthrough(), RATE, 65, offline()) as host:
        config = DeviceConfig(kind="file", path=str(path), block=65, paced=False, write=str(out), **more)  # type: ignore[arg-type]
        device = PacedDevice(config, 2, host.control)
        host.control.set("stem_lag", 1 << 40)  # nothing is due: the device need not wait for stems
        host.control.set("hop", 1 << 40)
        device.start(host._driver)
        until(
            lambda: device.finished or (loop_until and host.control.get("position") > loop_until), "the file is through"
        )
        device.close()
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


@pytest.mark.parametrize("frames", [63, 12_000, 13_001])
def test_a_loop_goes_round_without_a_seam(tmp_path: Path, frames: int) -> None:
    path, out = sound(tmp_path, frames=frames), tmp_path / "out.wav"
    heard, latency = play(path, out, loop_until=60_000, loop=True)
    signal, _ = soundfile.read(path, dtype="float32", always_2d=True)
    endless = np.tile(signal, (-(-len(heard) // frames), 1))
    np.testing.assert_array_equal(heard[latency:40_000], endless[: 40_000 - latency])


def test_an_empty_file_ends_at_once(tmp_path: Path) -> None:
    heard, _ = play(sound(tmp_path, frames=0), tmp_path / "out.wav")
    assert not heard.any()
