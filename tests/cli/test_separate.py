"""`rtsep separate` within this process: channels, folders, disks and plugins that fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from support import FLOAT32_SUM, RATE, Scripted, noise

from rtsep.cli.separate import separate
from rtsep.errors import AudioFileError, RtsepError, SeparatorError
from rtsep.host.batch import stems as module


def sound(path: Path, channels: int = 2, frames: int = 20_003) -> np.ndarray:
    """Write noise to `path`; what it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    signal = noise(frames, channels)
    soundfile.write(path, signal, RATE, subtype="FLOAT" if path.suffix == ".wav" else "PCM_16")
    return signal


def together(folder: Path) -> np.ndarray:
    """The sum of the stems in a folder."""
    return np.sum([soundfile.read(path, dtype="float32")[0] for path in sorted(folder.iterdir())], axis=0)


@pytest.mark.parametrize(
    ("there", "channels", "chosen"), [(4, "3,4", [2, 3]), (2, "2,1", [1, 0]), (4, "4,4", [3, 3]), (2, None, [0, 1])]
)
def test_the_channels_named_are_the_ones_separated(
    tmp_path: Path, there: int, channels: str | None, chosen: list[int]
) -> None:
    signal = sound(tmp_path / "song.wav", there)
    separate([str(tmp_path / "song.wav")], tmp_path / "out", separator="delay", channels=channels)
    np.testing.assert_allclose(together(tmp_path / "out" / "song"), signal[:, chosen], atol=FLOAT32_SUM)


@pytest.mark.parametrize("names", [("a/song.wav", "b/song.wav"), ("song.wav", "song.flac"), ("song.wav", "song.wav")])
def test_two_files_for_one_folder_are_refused_before_anything_starts(tmp_path: Path, names: tuple[str, str]) -> None:
    for name in names:
        sound(tmp_path / name)
    with pytest.raises(AudioFileError, match=r"song\.\w+ would both go to .*out/song; separate them in two calls"):
        separate([str(tmp_path / name) for name in names], tmp_path / "out", separator="delay")
    assert not (tmp_path / "out").exists()


def test_a_file_that_breaks_off_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "song.flac"
    sound(path, frames=100_000)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(AudioFileError, match=r"song\.flac cannot be read any further: .+; repair or convert it"):
        separate([str(path)], tmp_path / "out", separator="delay")


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(self: soundfile.SoundFile, data: Any) -> None:
        raise AssertionError  # which is what soundfile does

    sound(tmp_path / "song.wav")
    monkeypatch.setattr(soundfile.SoundFile, "write", write)
    with pytest.raises(AudioFileError, match=r"out/song cannot be written: the disk is full; make room"):
        separate([str(tmp_path / "song.wav")], tmp_path / "out", separator="delay")


class Unprepared(Scripted):
    """Finds no weights."""

    def prepare(self, sample_rate: int) -> None:
        """Fails."""
        raise FileNotFoundError("weights.pt")


def broken(_: int, __: object) -> None:
    """Misbehaves."""
    raise ZeroDivisionError("no hop is like another")


@pytest.mark.parametrize(
    ("plugin", "told"),
    [
        (Unprepared(lambda _, __: None), r"separator 'mine' failed: FileNotFoundError: weights\.pt"),
        (Scripted(broken), "separator 'mine' failed: ZeroDivisionError: no hop is like another"),
    ],
)
def test_a_plugin_that_fails_is_named_with_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plugin: Scripted, told: str
) -> None:
    sound(tmp_path / "song.wav")
    monkeypatch.setattr(module, "create", lambda _: plugin)
    with pytest.raises(RtsepError, match=told) as caught:
        separate([str(tmp_path / "song.wav")], tmp_path / "out", separator="mine")
    assert isinstance(caught.value, SeparatorError)
