"""What controls do to the engine: take-over, encoders, ranges and laws, floods."""

from __future__ import annotations

import pytest
from memoryports import FADER, NANO, PADS, Desk, cc

from rtsep.changes import Late, StemGain
from rtsep.midi.assignments import Assignment, Control

KNOB = Assignment(path=FADER, control="cc", number=7, channel=1)
FREE = Assignment(path=FADER, control="cc", number=7, takeover=False)
CLOSE = 1 / 127


def test_knob_takes_no_effect_until_it_meets_the_value() -> None:
    desk = Desk(KNOB)
    desk.play(cc(7, 10))
    desk.play(cc(7, 60))
    assert desk.engine.applied == []
    desk.play(cc(7, 95))  # 0.748: three quarters is where 0 dB is
    assert desk.read(FADER) == pytest.approx(95 / 127)
    desk.play(cc(7, 20))
    assert desk.read(FADER) == pytest.approx(20 / 127)


def test_knob_that_crosses_the_value_has_it() -> None:
    desk = Desk(KNOB)
    desk.play(cc(7, 60))
    desk.play(cc(7, 120))
    assert desk.read(FADER) == pytest.approx(120 / 127)


def test_value_set_elsewhere_must_be_met_again() -> None:
    desk = Desk(KNOB)
    desk.play(cc(7, 60))
    desk.play(cc(7, 120))
    desk.engine.apply(StemGain("vocals", -144.0))
    desk.play(cc(7, 119))
    assert desk.read(FADER) == 0.0
    desk.play(cc(7, 1))
    assert desk.read(FADER) == pytest.approx(1 / 127)


def test_motor_fader_needs_no_take_over() -> None:
    desk = Desk(FREE)
    desk.play(cc(7, 10))
    assert desk.read(FADER) == pytest.approx(10 / 127)


def test_decibels_go_by_the_faders_law() -> None:
    desk = Desk(Assignment(path="/rtsep/stem/vocals/gain_db", control="pitch", takeover=False))
    for fine, decibels in ((0, -144.0), (16383, 12.0), (round(0.75 * 16383), 0.0)):
        desk.play(bytes((0xE0, fine & 127, fine >> 7)))
        assert desk.read("/rtsep/stem/vocals/gain_db") == pytest.approx(decibels, abs=0.01)


def test_log_law_goes_by_equal_ratios() -> None:
    desk = Desk(Assignment(path="/rtsep/separator/param/cutoff", control="pitch", takeover=False))
    desk.play(bytes((0xE0, 0, 64)))
    assert desk.read("/rtsep/separator/param/cutoff") == pytest.approx((20 * 20000) ** 0.5, rel=1e-3)


@pytest.mark.parametrize(("low", "high"), [(0.25, 0.5), (0.5, 0.25)])
def test_knob_may_cover_a_part_either_way_round(low: float, high: float) -> None:
    desk = Desk(Assignment(path=FADER, control="cc", number=7, low=low, high=high, takeover=False))
    desk.play(cc(7, 0))
    assert desk.read(FADER) == pytest.approx(low)
    desk.play(cc(7, 127))
    assert desk.read(FADER) == pytest.approx(high)


def test_value_beyond_a_knobs_part_is_met_at_its_end() -> None:
    desk = Desk(Assignment(path=FADER, control="cc", number=7, low=0.0, high=0.5))
    desk.play(cc(7, 100))
    assert desk.engine.applied == []
    desk.play(cc(7, 127))
    assert desk.read(FADER) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("mode", "right", "left"), [("twos_complement", 1, 127), ("signed_bit", 1, 65), ("binary_offset", 65, 63)]
)
def test_encoders_count_clicks_from_where_the_value_is(mode: str, right: int, left: int) -> None:
    desk = Desk(Assignment(path=FADER, control="cc", number=7, mode=mode, step=0.01))  # type: ignore[arg-type]
    desk.play(*[cc(7, right)] * 5)
    assert desk.read(FADER) == pytest.approx(0.80)
    desk.play(cc(7, left), cc(7, left))
    assert desk.read(FADER) == pytest.approx(0.78)
    desk.play(*[cc(7, right)] * 500)
    assert desk.read(FADER) == 1.0


def test_encoder_goes_through_whole_numbers_one_by_one() -> None:
    path = "/rtsep/mix/late"
    desk = Desk(Assignment(path=path, control="cc", number=7, mode="twos_complement"))
    desk.play(cc(7, 1))
    assert desk.engine.applied[-1] == (Late("mute-safe"),)
    desk.play(cc(7, 127))
    assert desk.engine.applied[-1] == (Late("dry"),)


def test_flood_is_one_change_and_the_last_value_wins() -> None:
    desk = Desk(FREE)
    desk.play(*[cc(7, value % 128) for value in range(10_001)])
    assert len(desk.engine.applied) == 1
    assert desk.read(FADER) == pytest.approx((10_000 % 128) / 127)


def test_channel_and_port_are_heeded() -> None:
    desk = Desk(Assignment(path=FADER, control="cc", number=7, channel=2, port="pads", takeover=False))
    desk.play(cc(7, 10, channel=1), port=PADS)
    desk.play(cc(7, 10, channel=2), port=NANO)
    assert desk.engine.applied == []
    desk.play(cc(7, 10, channel=2), port=PADS)
    assert desk.read(FADER) == pytest.approx(10 / 127)


def test_fourteen_bits_reach_the_engine_whole() -> None:
    desk = Desk(Assignment(path="/rtsep/stem/vocals/pan", control="cc14", number=1, takeover=False))
    desk.play(cc(1, 0), cc(33, 0))
    desk.play(cc(1, 64), cc(33, 1))
    assert desk.read("/rtsep/stem/vocals/pan") == pytest.approx(2 * (64 * 128 + 1) / 16383 - 1)


def test_what_another_separator_has_waits_and_costs_nothing() -> None:
    desk = Desk(Assignment(path="/rtsep/stem/flute/fader", control="cc", number=7), FREE)
    desk.play(cc(7, 10))
    assert desk.said == []
    assert desk.read(FADER) == pytest.approx(10 / 127)


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        (Assignment(path="/rtsep/status/xruns", control="cc"), "changes nothing in the engine"),
        (Assignment(path="/rtsep/session/load", control="cc"), "give mode 'trigger'"),
        (Assignment(path="/rtsep/session/load", control="cc", mode="trigger"), "give the assignment a fitting 'value'"),
        (Assignment(path=FADER, control="cc", low=-3.0), "must be 0..1"),
    ],
)
def test_assignment_that_cannot_be_played_is_said_once_and_left_out(assignment: Assignment, words: str) -> None:
    desk = Desk(assignment)
    desk.play(cc(0, 127))
    desk.play(cc(0, 0))
    assert len(desk.said) == 1
    assert words in desk.said[0]


def test_controls_overlap_where_one_movement_could_be_both() -> None:
    pair = Control(control="cc14", number=1)
    assert pair.overlaps(Control(control="cc", number=33, channel=4))
    assert not pair.overlaps(Control(control="cc", number=2))
    assert not pair.overlaps(Control(control="note", number=1))
    assert not Control(control="note", port="nano").overlaps(Control(control="note", port="pads"))
