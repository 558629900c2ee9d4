"""`rtsep evaluate`, as its user meets it: separators and folders of estimates, on the clip inside the package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from typer.testing import CliRunner

from rtsep.cli.main import app
from rtsep.demo.clip import load_clip
from rtsep.errors import AudioFileError, ConfigError, SeparatorError
from rtsep_models.data.config import ROOT_VARIABLE
from rtsep_models.evaluation.material import BAND_VARIABLE

STEMS = ["vocals", "drums", "bass", "other"]
QUANTISED_DB = 60.0
"""Better than this an estimate cannot be told from the truth: 24-bit files."""


@pytest.fixture(autouse=True)
def without_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)
    monkeypatch.delenv(BAND_VARIABLE, raising=False)


def evaluate(*arguments: str | Path) -> str:
    """What `rtsep evaluate` prints; raises what it raises."""
    words = ["evaluate", "--processes", "1", *map(str, arguments)]
    return CliRunner().invoke(app, words, catch_exceptions=False, standalone_mode=False).output


def test_separators_are_scored_side_by_side(tmp_path: Path) -> None:
    target = tmp_path / "scores.json"
    printed = evaluate("classic", "passthrough", "--seconds", "2", "--json", target)
    scores = json.loads(target.read_text())
    assert list(scores) == ["classic", "passthrough"]
    assert list(scores["classic"]["summary"]["stems"]) == STEMS
    assert scores["classic"]["songs"][0]["seconds"] == 2.0
    assert (
        scores["classic"]["summary"]["mean"]["usdr_gain_db"] > scores["passthrough"]["summary"]["mean"]["usdr_gain_db"]
    )
    nothing = scores["passthrough"]["summary"]
    assert nothing["stems"]["vocals"]["usdr_db"] == 0.0
    assert nothing["stems"]["vocals"]["museval_db"] is None
    assert nothing["stems"]["other"]["usdr_gain_db"] == pytest.approx(0.0, abs=1e-6)
    assert nothing["vocals_muted"]["vocals_left_db"] == pytest.approx(0.0, abs=0.1)
    assert "demo clip" in printed


@pytest.mark.parametrize("rate", [48000, 96000])
def test_a_folder_of_estimates_is_scored_at_any_rate(tmp_path: Path, rate: int) -> None:
    clip = load_clip()
    song = tmp_path / "demo clip"
    song.mkdir()
    for name, stem in clip.stems.items():
        soundfile.write(song / f"{name}.flac", soxr.resample(stem.T, clip.sample_rate, rate, "VHQ"), rate, "PCM_24")
    evaluate(tmp_path, "--seconds", "2", "--json", tmp_path / "scores.json", "--pictures", tmp_path / "pictures")
    (scores,) = json.loads((tmp_path / "scores.json").read_text()).values()
    assert min(stem["usdr_db"] for stem in scores["summary"]["stems"].values()) > QUANTISED_DB
    assert scores["summary"]["vocals_muted"]["vocals_left_db"] < -QUANTISED_DB
    (picture,) = (tmp_path / "pictures").iterdir()
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_estimates_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="no estimates of 'demo clip'"):
        evaluate(tmp_path)
    song = tmp_path / "demo clip"
    song.mkdir()
    for name in STEMS[:-1]:
        soundfile.write(song / f"{name}.wav", np.zeros((36 * 48000, 2), np.float32), 48000)
    with pytest.raises(SeparatorError, match="also has other"):
        evaluate(tmp_path)
    soundfile.write(song / "other.wav", np.zeros((100, 2), np.float32), 48000)
    with pytest.raises(AudioFileError, match="as long as the song"):
        evaluate(tmp_path)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SeparatorError, match="did you mean 'classic'"):
        evaluate("clasic")
    with pytest.raises(ConfigError, match="no songs to score on"):
        evaluate("classic", "--songs", tmp_path)
