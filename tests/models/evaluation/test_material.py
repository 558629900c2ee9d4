"""Songs to score on: found by a folder's layout, loaded as the stems that a song tells apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rtsep.errors import ConfigError
from rtsep_models.data.config import ROOT_VARIABLE
from rtsep_models.data.songs import FULL_SCALE, SAMPLE_RATE
from rtsep_models.evaluation.material import BAND_VARIABLE, find

SECONDS = 6


@pytest.fixture
def band(tmp_path: Path) -> Path:
    """A rendered song for validation, one for training, and one that hides its bass; vocals sound in second 4 alone."""
    data = np.random.default_rng(2).integers(-3000, 3000, (4, SECONDS * SAMPLE_RATE, 2), dtype=np.int16)
    data[0, : 4 * SAMPLE_RATE] = 0
    data[0, 5 * SAMPLE_RATE :] = 0
    songs = {"one": {"split": "validation"}, "two": {"split": "train"}, "three": {"bass_free": False}}
    for name, notes in songs.items():
        np.save(tmp_path / f"{name}.npy", data)
        (tmp_path / f"{name}.json").write_text(json.dumps({"name": name, "sample_rate": SAMPLE_RATE} | notes))
    return tmp_path


def test_songs_made_for_training_are_left_out(band: Path) -> None:
    assert sorted(piece.name for piece in find([band])) == ["one", "three"]


def test_an_excerpt_is_where_the_rarest_stem_sounds(band: Path) -> None:
    song = next(piece for piece in find([band]) if piece.name == "one").load(2.0)
    whole = np.load(band / "one.npy")
    assert song.start in (3 * SAMPLE_RATE, 4 * SAMPLE_RATE)
    assert song.mix.shape == (2, 2 * SAMPLE_RATE)
    drums = whole[1, song.start : song.start + 2 * SAMPLE_RATE].T
    assert np.array_equal(np.rint(song.stems["drums"] * FULL_SCALE), drums)


def test_a_bass_that_may_hide_in_other_is_no_stem_of_its_own(band: Path) -> None:
    pieces = {piece.name: piece.load() for piece in find([band])}
    assert list(pieces["one"].stems) == ["vocals", "drums", "bass", "other"]
    assert list(pieces["three"].stems) == ["vocals", "drums", "other"]
    assert np.allclose(pieces["three"].mix, pieces["one"].mix, atol=1e-6)


def test_without_any_data_there_is_the_clip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)
    monkeypatch.delenv(BAND_VARIABLE, raising=False)
    (piece,) = find([])
    clip = piece.load(3.0)
    assert clip.mix.shape == (2, 3 * clip.sample_rate)


def test_the_environment_says_where_songs_are(band: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = band / "rendered" / "validation"
    folder.mkdir(parents=True)
    for path in band.glob("one.*"):
        path.rename(folder / path.name)
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)
    monkeypatch.setenv(BAND_VARIABLE, str(band / "rendered"))
    assert [piece.name for piece in find([])] == ["one"]


def test_a_folder_without_songs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no songs to score on"):
        find([tmp_path])
