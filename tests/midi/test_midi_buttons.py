"""Buttons: latched, momentary, triggers; and what is let go when nobody can let go of it."""

from __future__ import annotations

from memoryports import KILL, MUTE, NANO, PADS, Desk, cc, note

from rtsep.changes import Bypass, Quick, SceneRecall, StemMute, Tap
from rtsep.midi.assignments import Assignment


def test_latched_button_turns_over_at_each_press_and_not_at_release() -> None:
    desk = Desk(Assignment(path=MUTE, control="note", number=60, mode="latched"))
    desk.play(note(60, 1), note(60, 0))
    assert desk.engine.applied[-1] == (StemMute("vocals", True),)
    desk.play(note(60, 127))
    desk.play(note(60, 0))
    assert desk.engine.applied[-1] == (StemMute("vocals", False),)
    desk.play(note(60, 9), note(60, 0), note(60, 9), note(60, 0))
    assert desk.read(MUTE) == 0


def test_latched_button_knows_of_changes_from_elsewhere() -> None:
    desk = Desk(Assignment(path="/rtsep/mix/bypass", control="cc", number=9, mode="latched"))
    desk.engine.apply(Bypass(True))
    desk.play(cc(9, 127))
    assert desk.read("/rtsep/mix/bypass") == 0


def test_controller_that_goes_on_above_the_middle_is_one_press() -> None:
    desk = Desk(Assignment(path=MUTE, control="cc", number=9, mode="latched"))
    for value in (10, 70, 80, 127, 90):
        desk.play(cc(9, value))
    assert desk.read(MUTE) == 1


def test_momentary_button_holds() -> None:
    desk = Desk(Assignment(path=KILL, control="note", number=60, mode="momentary"))
    desk.play(note(60, 5))
    assert desk.engine.kills == {"vocals"}
    desk.play(bytes((0x80, 60, 64)))
    assert desk.engine.kills == set()


def test_held_button_is_let_go_when_its_port_vanishes() -> None:
    desk = Desk(Assignment(path=KILL, control="note", number=60, mode="momentary"))
    desk.play(note(60, 5))
    desk.player.input_lost(PADS)
    assert desk.engine.kills == {"vocals"}
    desk.player.input_lost(NANO)
    assert desk.engine.kills == set()


def test_latched_mute_stays_when_its_port_vanishes() -> None:
    desk = Desk(Assignment(path=MUTE, control="note", number=60, mode="latched"))
    desk.play(note(60, 5))
    desk.player.input_lost(NANO)
    assert desk.read(MUTE) == 1


def test_triggers_fire_once_a_press() -> None:
    desk = Desk(
        Assignment(path="/rtsep/quick/acapella", control="note", number=1, mode="trigger"),
        Assignment(path="/rtsep/scene/3/go", control="note", number=2, mode="trigger"),
        Assignment(path="/rtsep/scene/3/recall", control="note", number=3, mode="trigger", value=2.5),
        Assignment(path="/rtsep/tempo/tap", control="cc", number=4, mode="trigger"),
        Assignment(path="/rtsep/mix/late", control="note", number=5, mode="trigger", value="mute-safe"),
    )
    desk.play(note(1, 9), note(1, 0), note(2, 9), note(2, 0), note(3, 9), note(3, 0), cc(4, 127), cc(4, 0))
    assert desk.engine.shown == [Quick("acapella"), SceneRecall(3), SceneRecall(3, 2.5), Tap()]
    desk.play(note(5, 1))
    assert desk.read("/rtsep/mix/late") == "mute-safe"
