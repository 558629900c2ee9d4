"""Which files a batch takes, and where their stems go."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtsep.errors import AudioFileError
from rtsep.host.batch.manifest import MANIFEST
from rtsep.host.batch.plan import plan


def touch(root: Path, *names: str) -> Path:
    """Empty files below `root`."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return root


def places(root: Path, output: Path, *named: Path) -> dict[str, str]:
    """Folder below `output` by file below `root`."""
    jobs = plan([str(path) for path in named], output)
    return {
        Path(job.source).relative_to(root).as_posix(): Path(job.folder).relative_to(output).as_posix() for job in jobs
    }


def test_a_folder_keeps_its_layout(tmp_path: Path) -> None:
    music = touch(tmp_path / "music", "b/two.FLAC", "a/one.wav", "three.with.dots.mp3", "notes.txt", "cover.jpg")
    assert places(music, tmp_path / "out", music) == {
        "a/one.wav": "a/one",
        "b/two.FLAC": "b/two",
        "three.with.dots.mp3": "three.with.dots",
    }


def test_hidden_files_and_the_output_itself_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "one.wav", "._one.wav", ".cache/two.wav", "stems/one/vocals.wav")
    assert places(tmp_path, tmp_path / "stems", tmp_path) == {"one.wav": "one"}


def test_stems_of_a_batch_into_the_folder_itself_are_not_separated_again(tmp_path: Path) -> None:
    touch(tmp_path, "one.wav", "one/vocals.wav", f"one/{MANIFEST}", "one/live/two.wav")
    assert places(tmp_path, tmp_path, tmp_path) == {"one.wav": "one", "one/live/two.wav": "one/live/two"}


def test_a_file_that_is_named_may_be_called_anything(tmp_path: Path) -> None:
    touch(tmp_path, "take", "folder/song.wav")
    named = (tmp_path / "take", tmp_path / "folder")
    assert places(tmp_path, tmp_path / "out", *named) == {"take": "take", "folder/song.wav": "song"}


@pytest.mark.parametrize("names", [("a/song.wav", "a/song.flac"), ("a/song.wav", "b/song.wav")])
def test_two_files_for_one_folder_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    touch(tmp_path, *names)
    named = sorted({str((tmp_path / name).parent) for name in names})
    with pytest.raises(AudioFileError, match=r"song\.\w+ and .*song\.\w+ would both go to .*out/song"):
        plan(named, tmp_path / "out")


def test_a_folder_without_sounds_is_told_as_such(tmp_path: Path) -> None:
    touch(tmp_path, "notes.txt")
    with pytest.raises(AudioFileError, match=r"no sound files in .*looked for .*\.flac"):
        plan([str(tmp_path)], tmp_path / "out")
