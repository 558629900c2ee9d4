"""Quick states and kills: mutes by one press, and what is left of them afterwards."""

from __future__ import annotations

import pytest
from showrig import Rig

from rtsep.changes import Kill, Panic, Quick, QuickState, RecallSafe, StemGain, StemMute, StemSolo
from rtsep.errors import ConfigError
from rtsep.separators.builtin import FOUR_STEMS
from rtsep.spec import SeparatorSpec


@pytest.fixture
def rig() -> Rig:
    return Rig()


@pytest.mark.parametrize(
    ("state", "muted"),
    [
        ("acapella", {"drums", "bass", "other"}),
        ("instrumental", {"vocals"}),
        ("drums_only", {"vocals", "bass", "other"}),
        ("all", set()),
    ],
)
def test_a_quick_state_mutes_what_its_name_says_and_ends_solos(rig: Rig, state: QuickState, muted: set[str]) -> None:
    rig.apply(StemSolo("bass", True), StemMute("drums", True))
    rig.engine.applied.clear()
    rig.apply(Quick(state))
    assert rig.muted() == muted
    assert not any(strip.solo for strip in rig.state.strips)
    assert len(rig.engine.applied) == 1


def test_a_quick_state_leaves_safe_stems_alone(rig: Rig) -> None:
    rig.apply(RecallSafe("drums", True), StemSolo("drums", True), Quick("acapella"))
    assert rig.muted() == {"bass", "other"}
    assert rig.of("drums").solo


def test_a_quick_state_without_its_stem_is_refused_with_the_stems_there_are() -> None:
    rig = Rig(SeparatorSpec("two", ("drums", "rest"), 2, (48000,), 64, 0, False))
    with pytest.raises(ConfigError, match=r"'vocals', and this separator has drums, rest"):
        rig.apply(Quick("acapella"))
    rig.apply(Quick("drums_only"))
    assert rig.muted() == {"rest"}


@pytest.mark.parametrize("before", [False, True])
def test_a_kill_let_go_leaves_the_mute_as_it_was(rig: Rig, before: bool) -> None:
    rig.apply(StemMute("bass", before))
    rig.apply(Kill("bass", True))
    assert rig.of("bass").mute
    assert rig.state.show.kills == ("bass",)
    rig.apply(Kill("bass", False))
    assert rig.of("bass").mute is before
    assert rig.state.show.kills == ()


def test_several_kills_end_each_for_itself(rig: Rig) -> None:
    rig.apply(Kill("bass", True), Kill("drums", True))
    assert rig.muted() == {"bass", "drums"}
    rig.apply(Kill("bass", False))
    assert rig.muted() == {"drums"}
    rig.apply(Kill("drums", False))
    assert rig.muted() == set()


def test_pressing_and_letting_go_twice_changes_nothing_more(rig: Rig) -> None:
    rig.apply(Kill("bass", True))
    rig.apply(Kill("bass", True))
    rig.apply(Kill("bass", False))
    rig.apply(Kill("bass", False))
    assert rig.muted() == set()


@pytest.mark.parametrize("wanted", [False, True])
def test_a_mute_during_a_kill_counts_afterwards(rig: Rig, wanted: bool) -> None:
    rig.apply(Kill("bass", True))
    rig.apply(StemMute("bass", wanted))
    assert rig.of("bass").mute
    assert StemMute("bass", wanted) in rig.heard
    rig.apply(Kill("bass", False))
    assert rig.of("bass").mute is wanted


def test_a_quick_state_during_a_kill_counts_afterwards(rig: Rig) -> None:
    rig.apply(Kill("vocals", True), Quick("instrumental"), Kill("bass", True), Quick("acapella"))
    assert rig.muted() == set(FOUR_STEMS)
    rig.apply(Kill("vocals", False), Kill("bass", False))
    assert rig.muted() == {"drums", "bass", "other"}


def test_a_kill_of_a_stem_that_is_not_there_is_refused(rig: Rig) -> None:
    with pytest.raises(ConfigError, match="no stem 'flute'"):
        rig.apply(Kill("flute", True))
    with pytest.raises(ConfigError, match="no stem 'flute'"):
        rig.apply(Kill("flute", False))


def test_one_change_that_fails_undoes_those_before_it(rig: Rig) -> None:
    before = rig.state
    with pytest.raises(ConfigError, match="gain_db is 13"):
        rig.apply(Kill("bass", True), Quick("all"), Panic(True), StemGain("drums", 13.0))
    assert rig.state == before
    assert rig.engine.applied == rig.heard == []
