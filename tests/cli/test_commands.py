"""The commands as a user types them: answers, errors of one line, exit statuses, files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

PATIENCE_S = 120.0


def rtsep(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-c", "from rtsep.cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=PATIENCE_S, check=False)


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Three seconds of noise at 44.1 kHz, stereo."""
    path = tmp_path / "song.wav"
    soundfile.write(path, np.random.default_rng(0).uniform(-0.4, 0.4, (3 * 44100, 2)), 44100)
    return path


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("separate", "nowhere.wav", "-o", "out"), "nowhere.wav does not exist"),
        (("separate", "text.wav", "-o", "out"), "cannot be read as audio"),
        (("separate", "song.wav", "-o", "text.wav/below"), "choose another folder"),
        (("separate", "song.wav", "-o", "out", "-f", "mp3"), "choose one of wav, flac"),
        (("separate", "six.wav", "-o", "out"), "6 channels"),
        (("separate", "song.wav", "-o", "out", "--channels", "1,7"), "channels (1, 7) of 2"),
        (("separate", "song.wav", "-o", "out", "--param", "nothing=1"), "there is no parameter 'nothing'"),
        (("separate", "-o", "out", "song.wav", "--json", "song.wav"), "would overwrite song.wav"),
        (("separate", "song.wav", "./song.wav", "-o", "out"), "would both go to out/song"),
        (("demo", "-o", "song.wav"), "cannot write into song.wav"),
        (("run", "-d", "file:"), "nothing to play"),
        (("run", "-d", "null", "--name", "a/b"), "a/b"),
        (("run", "-d", "null", "-s", "clasic"), "did you mean 'classic'?"),
        (("run", "-d", "file:nowhere.wav"), "does not exist"),
        (("run", "-d", "file:song.wav", "--rate", "48000"), "at 44100 Hz, not 48000"),
        (("run", "-d", "null", "--gain", "vocls=-3"), "did you mean 'vocals'?"),
        (("run", "-d", "null", "--gain", "vocals=99"), "<= 12"),
        (("run", "-d", "null", "--gain", "vocals"), "give STEM=NUMBER"),
        (("run", "-d", "null", "--inputs", "a,b"), "give channel numbers"),
        (("run", "-d", "null", "--inputs", "1,2,3"), "the separator has 2"),
        (("run", "-d", "null", "--policy", "wet"), "policy"),
        (("run", "-d", "null", "--slack", "77"), "multiple of the block"),
        (("run", "-d", "null", "--set", "device.blok=64"), "blok"),
        (("run", "-d", "null", "-c", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("run", "-d", "null", "-c", "bad.toml"), "bad.toml"),
        (("run", "--attach", "nobody"), "no host is called 'nobody'"),
        (("run", "--host-api", "nonsense"), "no"),
        (("stop", "nobody"), "no host is called 'nobody'"),
    ],
)
def test_bad_input_gets_one_line_and_no_traceback(
    arguments: tuple[str, ...], told: str, song: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.wav").write_text("no sound")
    (tmp_path / "bad.toml").write_text("slack = 'much'")
    soundfile.write(tmp_path / "six.wav", np.zeros((100, 6)), 44100)
    answer = rtsep(*arguments, cwd=tmp_path)
    assert answer.returncode == 1
    assert told in answer.stderr
    assert answer.stderr.startswith("rtsep: ")
    assert len(answer.stderr.strip().splitlines()) == 1


def test_stems_of_a_file_line_up_and_add_up(song: Path, tmp_path: Path) -> None:
    answer = rtsep("separate", song.name, "-o", "out", "-s", "classic", "--json", "result.json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    result = json.loads((tmp_path / "result.json").read_text())[0]
    stems = [soundfile.read(tmp_path / path)[0] for path in result["stems"].values()]
    assert list(result["stems"]) == ["vocals", "drums", "bass", "other"]
    np.testing.assert_allclose(sum(stems), soundfile.read(song)[0], atol=1e-5)


def test_a_mono_file_separates_in_flac(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "mono.flac", np.random.default_rng(1).uniform(-0.4, 0.4, 10_007), 48000)
    answer = rtsep("separate", "mono.flac", "-o", "out", "-f", "flac", "-s", "delay", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert soundfile.info(tmp_path / "out" / "mono" / "vocals.flac").frames == 10_007


def test_a_file_plays_through_the_host_as_the_configuration_says(song: Path, tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(
        'separator = "delay"\nrealtime = false\n[device]\nkind = "file"\npath = "song.wav"\nblock = 128\npaced = false\n'
        "[stems.vocals]\nmute = true\n"
    )
    answer = rtsep("run", "-c", "show.toml", "--write", "out.wav", "--gain", "drums=-6", "--json", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    state = json.loads(answer.stdout)["state"]
    latency = sum(state["budget"].values())
    played, source = soundfile.read(tmp_path / "out.wav")[0], soundfile.read(song)[0]
    settled = slice(44100, 2 * 44100)
    expected = source[settled] * (0.25 * 10 ** (-6 / 20) + 0.25 + 0.25)
    np.testing.assert_allclose(played[latency:][settled], expected, atol=1e-6)
    assert state["counters"]["late_hops"] == 0


@pytest.mark.parametrize("command", ["separators", "doctor", "hosts"])
def test_every_listing_speaks_json(command: str, tmp_path: Path) -> None:
    answer = rtsep(command, "--json", cwd=tmp_path)
    assert answer.returncode in (0, 1) if command == "doctor" else answer.returncode == 0
    assert json.loads(answer.stdout)


def test_separators_are_listed_with_their_tier_and_the_default(tmp_path: Path) -> None:
    answer = json.loads(rtsep("separators", "--json", cwd=tmp_path).stdout)
    listed = {entry["name"]: entry for entry in answer["separators"]}
    classic = listed["classic"]
    assert (classic["tier"], classic["spec"]["hop"]) == ("stage", 128)
    assert classic["latency_ms"] == pytest.approx(1e3 * 256 / 44100)
    assert sum(entry["default"] for entry in listed.values()) == 1


def test_the_command_line_starts_without_numba_or_an_audio_library() -> None:
    script = "import sys, rtsep.cli.main; sys.exit(bool({'numba', 'sounddevice', 'torch'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
