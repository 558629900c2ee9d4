"""The last minute of levels: peaks are the highest, RMS is a mean power, gaps are gaps."""

from __future__ import annotations

import numpy as np
import pytest

from rtsep.control import Level
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.history import FIRST_STEM, INPUT, MIX, PER_S, POINTS, History


def meters(peak_db: float, rms_db: float, stems: int = 2) -> Meters:
    level = Level(peak_db, peak_db, rms_db, 0)
    return Meters((level,) * stems, level, level)


def test_of_what_falls_into_a_point_the_highest_peak_and_the_mean_power_stay() -> None:
    history = History()
    history.note(10.0, meters(-20.0, -20.0))
    history.note(10.05, meters(-6.0, -144.0))
    assert history.peak_db[INPUT, -1] == pytest.approx(-6.0)
    assert history.rms_db[MIX, -1] == pytest.approx(-20.0 - 10 * np.log10(2.0))


def test_time_rolls_on_and_a_time_without_a_host_is_a_gap() -> None:
    history = History()
    history.note(10.0, meters(-1.0, -2.0))
    for step in range(1, 1 + 2 * PER_S):
        history.note(10.0 + step / PER_S, None)
    history.note(12.0 + 1 / PER_S, meters(-3.0, -4.0))
    known = np.flatnonzero(~np.isnan(history.peak_db[FIRST_STEM]))
    assert known.tolist() == [POINTS - 2 - 2 * PER_S, POINTS - 1]


def test_after_more_than_a_minute_nothing_old_is_left() -> None:
    history = History()
    history.note(10.0, meters(-1.0, -2.0))
    history.note(100.0, None)
    assert np.isnan(history.peak_db).all()


def test_input_and_mix_go_on_with_another_separator_and_its_stems_begin() -> None:
    history = History()
    history.note(10.0, meters(-1.0, -2.0))
    history.note(11.0, meters(-3.0, -4.0, stems=4))
    assert history.rows == FIRST_STEM + 4
    assert (~np.isnan(history.peak_db)).sum(axis=1).tolist() == [2, 2, 1, 1, 1, 1]


def test_silence_is_a_level_and_no_gap() -> None:
    history = History()
    history.note(10.0, meters(-144.0, -144.0))
    assert history.rms_db[INPUT, -1] == pytest.approx(-144.0)
