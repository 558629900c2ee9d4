"""Learning and forgetting: what is proposed for which address, what is replaced, and that it is kept."""

from __future__ import annotations

import pytest
from memoryports import FADER, KILL, MUTE, NANO, PADS, Desk, cc, note

from rtsep.midi.assignments import Assignment, MidiMap
from rtsep.midi.learning import encoder
from rtsep.osc.messages import addresses
from rtsep.osc.table import TABLE


def learn(desk: Desk, path: str, *messages: bytes, port: str = NANO) -> Assignment | None:
    """Learn `path` from messages a millisecond apart; the assignment, None if nothing was learned."""
    kept = len(desk.kept)
    desk.player.learn(addresses(TABLE, desk.engine.state())[path])
    for raw in messages:
        desk.now += 0.001
        desk.player.work([(port, raw, desk.now)], desk.now)
    desk.wait(0.5)
    return desk.player.map.assignments[-1] if len(desk.kept) > kept else None


@pytest.mark.parametrize(
    ("path", "messages", "control", "mode"),
    [
        (FADER, [cc(7, 10), cc(7, 11)], "cc", "absolute"),
        (FADER, [cc(1, 10), cc(33, 5), cc(1, 10), cc(33, 6)], "cc14", "absolute"),
        (FADER, [cc(33, 5), cc(1, 10)], "cc14", "absolute"),
        (FADER, [cc(99, 0), cc(98, 5), cc(6, 10), cc(38, 4)], "nrpn", "absolute"),
        (FADER, [bytes((0xE0, 0, 64))], "pitch", "absolute"),
        (FADER, [cc(7, 1)] * 4, "cc", "twos_complement"),
        (FADER, [cc(7, 65)] * 4, "cc", "binary_offset"),
        (MUTE, [note(60, 100)], "note", "latched"),
        (MUTE, [cc(9, 127), cc(9, 0)], "cc", "latched"),
        (MUTE, [cc(9, 60), cc(9, 70)], "cc", "absolute"),
        (KILL, [note(60, 100)], "note", "momentary"),
        ("/rtsep/quick/all", [note(60, 100)], "note", "trigger"),
        ("/rtsep/scene/4/go", [cc(9, 127)], "cc", "trigger"),
        ("/rtsep/mix/late", [note(60, 100)], "note", "latched"),
    ],
)
def test_control_and_address_propose_the_mode(path: str, messages: list[bytes], control: str, mode: str) -> None:
    learned = learn(Desk(), path, *messages)
    assert learned is not None
    assert (learned.path, learned.control, learned.mode, learned.channel) == (path, control, mode, 1)


def test_what_is_learned_plays() -> None:
    desk = Desk()
    learn(desk, MUTE, note(60, 100), note(60, 0))
    assert desk.read(MUTE) == 0
    desk.play(note(60, 100))
    assert desk.read(MUTE) == 1


def test_learned_pair_plays_by_both_halves() -> None:
    desk = Desk()
    learn(desk, FADER, cc(1, 95), cc(33, 100))
    desk.play(cc(1, 96), cc(33, 0))
    desk.play(cc(1, 96), cc(33, 77))
    assert desk.read(FADER) == pytest.approx((96 * 128 + 77) / 16383)


def test_a_control_plays_one_thing_only() -> None:
    desk = Desk(Assignment(path=FADER, control="cc", number=33), Assignment(path=MUTE, control="cc", number=60))
    learn(desk, "/rtsep/mix/fader", cc(1, 10), cc(33, 5))
    assert [a.path for a in desk.player.map.assignments] == [MUTE, "/rtsep/mix/fader"]
    assert desk.kept == [desk.player.map]


def test_the_moving_control_is_not_played_while_it_is_learned() -> None:
    desk = Desk(Assignment(path=FADER, control="cc", number=7, takeover=False))
    learn(desk, "/rtsep/mix/fader", cc(7, 10), cc(7, 20))
    assert desk.engine.applied == []


def test_held_button_may_be_let_go_while_something_is_learned() -> None:
    desk = Desk(Assignment(path=KILL, control="note", number=60, mode="momentary"))
    desk.play(note(60, 1))
    learn(desk, FADER, note(60, 0), cc(7, 10))
    assert desk.engine.kills == set()


def test_button_for_a_fader_is_refused_and_learning_goes_on() -> None:
    desk = Desk()
    assert learn(desk, FADER, note(60, 100)) is None
    assert "note 60, channel 1 is a button and cannot play" in desk.said[0]
    desk.play(cc(7, 10))
    desk.wait(0.5)
    assert desk.player.map.assignments[-1].number == 7


def test_another_controller_that_moves_meanwhile_is_not_mixed_in() -> None:
    desk = Desk()
    desk.player.learn(addresses(TABLE, desk.engine.state())[FADER])
    desk.player.work(
        [(NANO, cc(1, 10), desk.now), (PADS, cc(33, 9), desk.now), (NANO, cc(33, 9, 2), desk.now)], desk.now
    )
    desk.wait(0.5)
    assert desk.player.map.assignments[-1].control == "cc"


def test_the_port_is_named_only_where_there_are_several() -> None:
    desk = Desk()
    learned = learn(desk, FADER, cc(7, 10))
    assert learned is not None
    assert learned.port == ""
    desk.player.input_opened(PADS)
    learned = learn(desk, FADER, cc(8, 10), port=PADS)
    assert learned is not None
    assert learned.port == "pads:pads MIDI 1"


def test_cancelled_learning_learns_nothing() -> None:
    desk = Desk()
    desk.player.learn(addresses(TABLE, desk.engine.state())[FADER])
    desk.player.learn(None)
    desk.play(cc(7, 10))
    assert desk.kept == []


def test_forgetting_lets_go_of_what_is_held() -> None:
    desk = Desk(Assignment(path=KILL, control="note", number=60, mode="momentary"))
    desk.play(note(60, 1))
    desk.player.forget(KILL)
    assert desk.engine.kills == set()
    assert desk.kept == [MidiMap()]
    desk.play(note(60, 0), note(60, 1))
    assert desk.engine.kills == set()


@pytest.mark.parametrize("values", [[5, 5], [40, 40, 40], [1, 2, 3, 4, 5], [127, 0, 127, 0], [0, 0, 0], []])
def test_knobs_and_buttons_are_no_encoders(values: list[int]) -> None:
    assert encoder(values) is None
