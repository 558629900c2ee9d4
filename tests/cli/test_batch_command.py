"""`rtsep separate` with folders: what is done stays done, whatever ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import soundfile
from support import noise, until

COMMAND = (sys.executable, "-c", "from rtsep.cli.main import main; main()", "separate", "music", "-o", "out")


def sounds(folder: Path, *names: str, frames: int = 1000) -> None:
    """Noise in files below `folder`/music."""
    for seed, name in enumerate(names):
        path = folder / "music" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, noise(frames, 2, seed), 48_000, subtype="FLOAT")


def separate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it in `folder`."""
    return subprocess.run([*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
def test_the_exit_status_counts_the_failed_files_and_the_rest_is_done_once(tmp_path: Path) -> None:
    sounds(tmp_path, "a.wav", "live/b.wav")
    for name in ("bad.wav", "live/worse.flac"):
        (tmp_path / "music" / name).write_text("no sound")
    first = separate(tmp_path, "-s", "delay", "-j", "1", "--json", "first.json")
    assert first.returncode == 2, first.stderr
    assert "failed music/bad.wav cannot be read as audio" in first.stdout
    assert "2 separated, 0 done already, 2 failed" in first.stdout
    told = json.loads((tmp_path / "first.json").read_text())
    assert [(entry["file"], entry["status"]) for entry in told] == [
        ("music/a.wav", "done"),
        ("music/bad.wav", "failed"),
        ("music/live/b.wav", "done"),
        ("music/live/worse.flac", "failed"),
    ]
    assert told[2]["stems"]["drums"] == "out/live/b/drums.wav"
    (tmp_path / "music" / "bad.wav").unlink()
    (tmp_path / "music" / "live" / "worse.flac").unlink()
    before = (tmp_path / "out/a/separation.json").stat().st_mtime_ns
    second = separate(tmp_path, "-s", "delay", "-j", "1")
    assert second.returncode == 0, second.stderr
    assert "0 separated, 2 done already, 0 failed" in second.stdout
    assert (tmp_path / "out/a/separation.json").stat().st_mtime_ns == before
    assert "2 separated, 0 done already" in separate(tmp_path, "-s", "delay", "-j", "1", "--force").stdout


@contextmanager
def under_way(folder: Path, plugin_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A batch that has done a.wav and is busy with b.wav, for a second or two."""
    sounds(folder, "a.wav", frames=100)
    sounds(folder, "b.wav", frames=48_000)
    command = [*COMMAND, "-s", "test-sluggish", "-j", "1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: (folder / "out/a/separation.json").exists(), "the first file")
            until(lambda: list((folder / "out").glob(".partial-*/vocals.wav")), "the second file's beginning")
            yield process
        finally:
            process.kill()


@pytest.mark.slow
def test_a_batch_that_was_killed_goes_on_where_it_was(tmp_path: Path, plugins: Path) -> None:
    with under_way(tmp_path, plugins) as process:
        children = psutil.Process(process.pid).children(recursive=True)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        until(lambda: not any(child.is_running() for child in children), "the end of its processes")
    assert not (tmp_path / "out" / "b").exists()
    before = (tmp_path / "out/a/separation.json").stat().st_mtime_ns
    answer = separate(tmp_path, "-s", "test-sluggish", "-j", "1")
    assert "1 separated, 1 done already, 0 failed" in answer.stdout, answer.stderr
    assert (tmp_path / "out/a/separation.json").stat().st_mtime_ns == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "b"]
    assert soundfile.info(tmp_path / "out/b/rest.wav").frames == 48_000


@pytest.mark.slow
def test_ctrl_c_leaves_what_is_done_and_nothing_else(tmp_path: Path, plugins: Path) -> None:
    with under_way(tmp_path, plugins) as process:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "1 separated, 0 done already, 0 failed, 1 left; the same command goes on" in out
    assert err == ""
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a"]


@pytest.mark.slow
def test_a_cluster_of_this_machine_does_the_same(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    sounds(tmp_path, "a.wav", "live/b.wav")
    first = separate(tmp_path, "-s", "delay", "-j", "2", "--cluster", "local")
    assert (first.returncode, first.stderr) == (0, "")
    assert "2 separated, 0 done already, 0 failed" in first.stdout
    assert "0 separated, 2 done already" in separate(tmp_path, "-s", "delay", "-j", "1").stdout
