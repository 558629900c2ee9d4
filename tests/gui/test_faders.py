"""Faders and knobs without a display: laws, steps, notches, and who is right while a hand holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtsep.units import SILENCE_DB
from rtsep_gui.models.faders import (
    CROSSFADE,
    DRY_WET,
    FINE,
    GAIN,
    PAN,
    PATIENCE,
    Grip,
    Way,
    gain_text,
    typed_gain,
)

WAYS = (GAIN, PAN, CROSSFADE, DRY_WET)


@pytest.mark.parametrize("way", WAYS)
@given(place=st.floats(0.0, 1.0))
def test_a_place_is_found_again_from_its_value(way: Way, place: float) -> None:
    assert way.place(way.value(place)) == pytest.approx(place, abs=1e-9)


@given(value=st.floats(-90.0, 12.0), steps=st.integers(-200, 200))
def test_steps_never_leave_the_range(value: float, steps: int) -> None:
    assert SILENCE_DB <= GAIN.stepped(value, steps) <= 12.0


def test_a_fader_goes_to_silence_below_its_marks_and_comes_back() -> None:
    assert GAIN.stepped(-60.0, -1) == SILENCE_DB
    assert GAIN.stepped(SILENCE_DB, 1) == -60.0
    assert GAIN.stepped(SILENCE_DB, -1) == SILENCE_DB


def test_it_shows_the_hosts_value_unless_it_is_held() -> None:
    grip = Grip(GAIN)
    grip.follow(-10.0)
    assert grip.value == -10.0
    grip.take()
    wanted = grip.drag(0.2, fine=False)
    grip.follow(-20.0)
    assert grip.value == wanted
    grip.let_go()
    grip.follow(wanted)
    grip.follow(-30.0)
    assert grip.value == -30.0


def test_what_was_asked_for_is_shown_until_it_came_or_was_refused() -> None:
    grip = Grip(PAN)
    grip.follow(0.0)
    grip.ask(0.5)
    for _ in range(PATIENCE - 1):
        grip.follow(0.0)
        assert grip.value == 0.5
    grip.follow(0.0)
    assert grip.value == 0.0


def test_steps_in_quick_succession_add_up_before_the_host_has_answered() -> None:
    grip = Grip(GAIN)
    grip.follow(0.0)
    assert [grip.step(-1) for _ in range(3)] == [-1.0, -2.0, -3.0]


def test_fine_drags_go_a_tenth_of_the_way_and_pass_the_notch() -> None:
    coarse, fine = Grip(CROSSFADE), Grip(CROSSFADE)
    for grip in (coarse, fine):
        grip.follow(0.0)
        grip.take()
    assert coarse.drag(0.1, fine=False) == pytest.approx(0.2)
    assert fine.drag(0.1, fine=True) == pytest.approx(0.2 * FINE)
    assert coarse.drag(-0.095, fine=False) == 0.0


def test_a_drag_beyond_the_end_stays_at_the_end() -> None:
    grip = Grip(GAIN)
    grip.take()
    assert grip.drag(9.0, fine=False) == 12.0
    assert grip.drag(-9.0, fine=False) == SILENCE_DB


@given(gain_db=st.floats(-90.0, 12.0))
def test_what_the_read_out_says_can_be_typed(gain_db: float) -> None:
    assert typed_gain(gain_text(gain_db)) == pytest.approx(gain_db, abs=0.051)


@pytest.mark.parametrize("text", ["", "nan", "1.2.3", "dB", "e"])
def test_what_is_no_number_is_not_taken(text: str) -> None:
    assert typed_gain(text) is None
