"""Songs of the band on disk: the same again for the same seed, whole or not there, within full scale."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from bandsamples import Whistler, write_samples

from rtsep.errors import RtsepError
from rtsep_models.data.band.__main__ import main
from rtsep_models.data.band.library import Library
from rtsep_models.data.band.render import keep_song, render_song, song_path
from rtsep_models.data.band.splits import HELD_OUT_SETS
from rtsep_models.data.band.studio import Studio, open_studio
from rtsep_models.data.band.workers import Order, render_songs
from rtsep_models.data.songs import FULL_SCALE, SAMPLE_RATE, STEMS, open_song

SEEDS = (0, 2, 3)
LENGTH_S = (7.0, 10.0)
SILENCE = 1e-3


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def studio(samples: Path) -> Studio:
    return Studio(Library(samples, "train"), None, Whistler(), LENGTH_S)


@pytest.mark.parametrize("seed", SEEDS)
def test_song_is_within_full_scale_and_says_what_it_is_made_of(studio: Studio, seed: int) -> None:
    song = render_song(seed, studio)
    audio = song.stems.astype(np.float64) / FULL_SCALE
    assert song.stems.dtype == np.int16
    assert (audio.shape[0], audio.shape[2]) == (len(STEMS), 2)
    assert audio.shape[1] / SAMPLE_RATE == pytest.approx(song.card["duration_s"], abs=1e-3)
    assert 0.3 < np.abs(audio.sum(axis=0)).max() <= 0.9 + 4 / FULL_SCALE
    assert np.abs(audio).max() <= 0.9 + 1 / FULL_SCALE
    heard = {stem for _, _, _, stems in song.card["sections"] for stem in stems}
    assert {name for name, row in zip(STEMS, audio, strict=True) if row.any()} == heard
    assert set(song.card["sets"]) <= {"sm_drums", "dm_casio_rz1", "growlybass", "emilyguitar_di", "salamander_grand"}
    assert song.card["licences"] == (["CC0-1.0"] if song.card["sets"] else [])


def test_stems_are_silent_before_their_first_section(studio: Studio) -> None:
    song = next(
        song for song in (render_song(seed, studio) for seed in range(4, 40)) if len(song.card["sections"][0][3]) < 4
    )
    first = song.card["sections"][0]
    bar_s = song.card["beats_per_bar"] * 60 / song.card["tempo_bpm"]
    # A player may be a little early.
    end = round((first[2] * bar_s - 0.1) * SAMPLE_RATE)
    for name, row in zip(STEMS, song.stems, strict=True):
        assert (np.abs(row[:end]).max() > SILENCE * FULL_SCALE) == (name in first[3]), name


def test_same_seed_gives_the_same_samples_and_another_seed_others(studio: Studio, samples: Path) -> None:
    first = render_song(1, studio)
    again = render_song(1, Studio(Library(samples, "train"), None, Whistler(), LENGTH_S))
    np.testing.assert_array_equal(first.stems, again.stems)
    assert first.card == again.card
    assert render_song(4, studio).card != first.card


def test_validation_song_is_played_by_held_out_sets_only(samples: Path) -> None:
    studio = open_studio(samples, "validation", None, LENGTH_S)
    assert studio.singers is None  # the folder holds no voices
    sets = render_song(5, Studio(studio.library, None, None, LENGTH_S)).card["sets"]
    assert sets
    assert set(sets) <= frozenset().union(*HELD_OUT_SETS.values())


def test_kept_song_is_read_back_and_not_rendered_twice(studio: Studio, tmp_path: Path) -> None:
    path = keep_song(tmp_path, 1, studio)
    state = path.stat().st_mtime_ns
    song = open_song(path)
    assert song.split == "train"
    np.testing.assert_array_equal(song.stems["bass"], render_song(1, studio).stems[STEMS.index("bass")])
    assert keep_song(tmp_path, 1, studio) == path
    assert path.stat().st_mtime_ns == state
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".json", ".npy"]


def test_interrupted_run_goes_on_with_the_missing_songs(samples: Path, studio: Studio, tmp_path: Path) -> None:
    kept = keep_song(tmp_path, 6, studio)
    song_path(tmp_path, 7).with_suffix(".json").write_text("{}")  # stopped between the two files
    state = kept.stat().st_mtime_ns
    render_songs(Order(samples, tmp_path, "train", None, LENGTH_S), range(6, 8))
    assert kept.stat().st_mtime_ns == state
    assert open_song(song_path(tmp_path, 7)).frames > 5 * SAMPLE_RATE
    assert json.loads(song_path(tmp_path, 7).with_suffix(".json").read_text())["seed"] == 7


def test_worker_reports_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(RtsepError, match="manifest"):
        render_songs(Order(tmp_path, tmp_path / "out", "train"), range(1))


def test_lengths_the_wrong_way_round_are_refused(samples: Path, tmp_path: Path) -> None:
    with pytest.raises(RtsepError, match="swap them"):
        main(samples, tmp_path, shortest_s=20.0, longest_s=10.0)


def test_unknown_split_is_refused(samples: Path, tmp_path: Path) -> None:
    with pytest.raises(RtsepError, match="did you mean 'train'"):
        main(samples, tmp_path, "trian")
