"""Means over songs."""

from __future__ import annotations

import pytest

from rtsep_models.evaluation.leakage import Leakage
from rtsep_models.evaluation.scores import SongScore, StemScore
from rtsep_models.evaluation.summary import summarise

NAN = float("nan")


def song(levels: dict[str, float], leak: Leakage | None = None) -> SongScore:
    return SongScore("", 10.0, {name: StemScore(db, db, 0.0, 0.0) for name, db in levels.items()}, (), leak)


def test_each_stem_is_averaged_over_the_songs_that_have_it() -> None:
    summary = summarise([song({"vocals": 2.0, "bass": 6.0}), song({"vocals": 4.0})])
    assert summary.stems["vocals"].usdr_db == 3.0
    assert summary.stems["bass"].usdr_db == 6.0
    assert summary.mean.usdr_db == pytest.approx((4.0 + 4.0) / 2)
    assert min(stem.usdr_db for stem in summary.stems.values()) == 3.0
    assert (summary.songs, summary.seconds) == (2, 20.0)


def test_musevals_middle_is_the_median_of_the_songs() -> None:
    summary = summarise([song({"vocals": level}) for level in (-40.0, 1.0, 3.0)])
    assert summary.stems["vocals"].museval_db == 1.0
    assert summary.stems["vocals"].usdr_db == -12.0


def test_undefined_values_are_left_out() -> None:
    summary = summarise([song({"vocals": NAN}), song({"vocals": 5.0}, Leakage(-10.0, 8.0))])
    assert summary.mean.museval_db == 5.0
    assert summary.vocals_muted == Leakage(-10.0, 8.0)
