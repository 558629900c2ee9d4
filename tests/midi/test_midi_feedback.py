"""Feedback: LEDs, rings and motor faders follow the engine, whoever changed it; a hand is left alone."""

from __future__ import annotations

import pytest
from memoryports import FADER, KILL, MUTE, NANO, Desk, MemoryOutput, cc, note

from rtsep.changes import StemGain, StemMute, StemPan
from rtsep.midi.assignments import Assignment
from rtsep.midi.player import FEEDBACK_S

LED = Assignment(path=MUTE, control="note", number=60, channel=1, mode="latched")
MOTOR = Assignment(path=FADER, control="cc", number=7, channel=1, takeover=False)


@pytest.fixture
def out() -> MemoryOutput:
    return MemoryOutput()


def desk_with(out: MemoryOutput, *assignments: Assignment) -> Desk:
    desk = Desk(*assignments)
    desk.player.output_opened(NANO, out)
    desk.wait(1.0)
    return desk


def test_everything_is_shown_when_a_port_comes(out: MemoryOutput) -> None:
    desk = desk_with(out, LED, MOTOR)
    assert out.take() == [note(60, 0), cc(7, 95)]
    again = MemoryOutput()
    desk.player.output_lost(NANO)
    desk.player.output_opened(NANO, again)
    desk.wait(0.0)
    assert again.take() == [note(60, 0), cc(7, 95)]


def test_only_what_differs_is_sent(out: MemoryOutput) -> None:
    desk = desk_with(out, LED, MOTOR)
    out.take()
    desk.engine.apply(StemPan("vocals", 1.0), StemMute("vocals", True))
    desk.wait(1.5 * FEEDBACK_S)
    assert out.take() == [note(60, 127)]
    desk.wait(10.0)
    assert out.take() == []


def test_a_flood_of_changes_is_sent_at_the_rate_of_feedback(out: MemoryOutput) -> None:
    desk = desk_with(out, MOTOR)
    out.take()
    for step in range(1000):
        desk.engine.apply(StemGain("vocals", -60.0 * step / 999))
        desk.wait(FEEDBACK_S / 100)
    assert len(out.sent) <= 11
    desk.wait(1.5 * FEEDBACK_S)
    assert out.sent[-1] == cc(7, 8)


def test_motor_fader_in_a_hand_is_left_alone_and_follows_afterwards(out: MemoryOutput) -> None:
    desk = desk_with(out, MOTOR)
    out.take()
    desk.player.work([(NANO, cc(7, 50), desk.now)], desk.now)
    desk.engine.apply(StemGain("vocals", 0.0))
    desk.wait(0.1)
    assert out.take() == []
    desk.wait(0.6)
    assert out.take() == [cc(7, 95)]


def test_motor_fader_is_not_sent_where_the_hand_put_it(out: MemoryOutput) -> None:
    desk = desk_with(out, MOTOR)
    out.take()
    desk.play(cc(7, 50))
    desk.wait(5.0)
    assert out.take() == []
    desk.engine.apply(StemGain("vocals", 12.0))
    desk.wait(1.5 * FEEDBACK_S)
    assert out.take() == [cc(7, 127)]


def test_lamp_is_shown_again_after_each_press(out: MemoryOutput) -> None:
    desk = desk_with(out, Assignment(path=KILL, control="note", number=60, channel=1, mode="momentary"))
    out.take()
    desk.play(note(60, 9))
    assert out.take() == [note(60, 127)]
    desk.play(note(60, 0))
    assert out.take() == [note(60, 0)]


@pytest.mark.parametrize(
    ("assignment", "messages"),
    [
        (Assignment(path=FADER, control="cc14", number=1), [cc(1, 95), cc(33, 127)]),
        (Assignment(path=FADER, control="pitch", channel=3), [bytes((0xE2, 127, 95))]),
        (Assignment(path=FADER, control="nrpn", number=261), [cc(99, 2), cc(98, 5), cc(6, 95), cc(38, 127)]),
        (Assignment(path=MUTE, control="cc", number=9, mode="latched"), [cc(9, 0)]),
        (Assignment(path=FADER, control="cc", number=9, mode="signed_bit"), [cc(9, 95)]),
        (Assignment(path=FADER, control="cc", number=9, low=1.0, high=0.5), [cc(9, 64)]),
        (Assignment(path="/rtsep/quick/all", control="note", mode="trigger"), []),
    ],
)
def test_every_kind_of_control_is_shown_in_its_own_way(
    out: MemoryOutput, assignment: Assignment, messages: list[bytes]
) -> None:
    desk = desk_with(out, assignment)
    desk.engine.apply(StemGain("vocals", 0.0))
    assert out.take() == messages


def test_output_that_takes_no_more_is_reported_once(out: MemoryOutput) -> None:
    desk = desk_with(out, LED)
    out.dead = True
    desk.engine.apply(StemMute("vocals", True))
    desk.wait(1.0)
    desk.wait(1.0)
    assert desk.broken == [NANO]


def test_lights_go_out_at_the_end_and_with_what_is_forgotten(out: MemoryOutput) -> None:
    desk = desk_with(out, LED, Assignment(path="/rtsep/mix/bypass", control="note", number=61, mode="latched"))
    desk.engine.apply(StemMute("vocals", True))
    desk.wait(1.0)
    out.take()
    desk.player.forget(MUTE)
    assert out.take() == [note(60, 0)]
    desk.play(note(61, 1))
    out.take()
    desk.player.end()
    assert out.take() == [note(61, 0)]


def test_a_controls_own_port_is_the_one_that_shows_it(out: MemoryOutput) -> None:
    other = MemoryOutput()
    desk = Desk(Assignment(path=MUTE, control="note", number=60, mode="latched", port="nano"))
    desk.player.output_opened(NANO, out)
    desk.player.output_opened("pads", other)
    desk.wait(1.0)
    assert (out.take(), other.take()) == ([note(60, 0)], [])
