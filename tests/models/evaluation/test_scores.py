"""Scores of a song: which stems have one, and what they are compared with."""

from __future__ import annotations

import numpy as np
import pytest

from rtsep_models.evaluation.ratios import Stem, usdr
from rtsep_models.evaluation.scores import merged, score

RATE = 8000
NAMES = ("vocals", "drums", "bass", "other")


@pytest.fixture
def true() -> dict[str, Stem]:
    tracks = np.random.default_rng(7).standard_normal((4, 2, 3 * RATE)).astype(np.float32)
    return dict(zip(NAMES, tracks, strict=True))


def test_the_mixture_itself_gains_nothing(true: dict[str, Stem]) -> None:
    mix = np.sum(list(true.values()), axis=0)
    scored = score("song", RATE, dict.fromkeys(NAMES, mix), true)
    for stem in scored.stems.values():
        assert stem.usdr_gain_db == pytest.approx(0.0, abs=1e-5)
        assert stem.museval_gain_db == pytest.approx(0.0, abs=1e-5)
    assert scored.seconds == 3.0


def test_silence_scores_nought_and_gains_what_the_mixture_lacks(true: dict[str, Stem]) -> None:
    mix = np.sum(list(true.values()), axis=0)
    scored = score("song", RATE, {name: 0 * track for name, track in true.items()}, true)
    for name, stem in scored.stems.items():
        assert stem.usdr_db == 0.0
        assert stem.usdr_gain_db == pytest.approx(-usdr(true[name], mix), abs=1e-4)
        assert np.isnan(stem.museval_db)
    assert scored.usdr_db == 0.0


def test_half_of_every_stem_scores_six_decibels(true: dict[str, Stem]) -> None:
    scored = score("song", RATE, {name: np.float32(0.5) * track for name, track in true.items()}, true)
    assert {round(stem.usdr_db, 3) for stem in scored.stems.values()} == {6.021}
    assert {round(stem.museval_db, 3) for stem in scored.stems.values()} == {6.021}
    assert scored.vocals_muted is not None
    assert scored.vocals_muted.vocals_left_db == pytest.approx(-6.021, abs=1e-3)


def test_stems_taken_for_one_another_score_badly(true: dict[str, Stem]) -> None:
    permuted = dict(zip(NAMES, [true[name] for name in (*NAMES[1:], NAMES[0])], strict=True))
    assert score("song", RATE, permuted, true).usdr_db == pytest.approx(-3.0, abs=0.3)


def test_a_silent_stem_has_no_score(true: dict[str, Stem]) -> None:
    true["bass"] = 0 * true["bass"]
    scored = score("song", RATE, true, true)
    assert list(scored.stems) == ["vocals", "drums", "other"]
    assert scored.silent == ("bass",)


def test_without_a_bass_of_its_own_bass_and_other_are_scored_as_one(true: dict[str, Stem]) -> None:
    estimates = dict(true)
    true["other"] = true["other"] + true.pop("bass")
    scored = score("song", RATE, estimates, true)
    assert list(scored.stems) == ["vocals", "drums", "bass+other"]
    assert min(stem.usdr_db for stem in scored.stems.values()) > 80


def test_what_a_song_without_other_does_not_have_is_left_out(true: dict[str, Stem]) -> None:
    voice_and_drums = {name: true[name] for name in ("vocals", "drums")}
    estimates, references = merged(true, voice_and_drums)
    assert list(estimates) == list(references) == ["vocals", "drums"]


def test_without_vocals_there_is_no_leakage(true: dict[str, Stem]) -> None:
    true["vocals"] = 0 * true["vocals"]
    assert score("song", RATE, true, true).vocals_muted is None
