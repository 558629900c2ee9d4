"""Scenes: kept, recalled at once or over time, without a jump, and never against a performer's hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from showrig import Rig
from showstrategies import desk_changes, whole_desks

from rtsep.changes import (
    Bypass,
    Change,
    Crossfade,
    DryWet,
    Kill,
    Knob,
    Late,
    MixGain,
    Panic,
    RecallSafe,
    SceneClear,
    SceneFade,
    SceneName,
    SceneRecall,
    SceneStore,
    StemGain,
    StemMute,
    StemPan,
    StemSide,
    StemSolo,
)
from rtsep.control import SceneInfo, Strip
from rtsep.deskstate import DeskState, side_gain
from rtsep.errors import ConfigError
from rtsep.separators.builtin import FOUR_STEMS
from rtsep.units import db_to_fader, db_to_gain, gain_to_db

STEEPEST = 0.4
"""Factor in a hundredth of a fade: from -144 to 12 dB, and across the crossfader besides, of a way of 4."""


@pytest.fixture
def rig() -> Rig:
    return Rig()


def strip_gain(desk: DeskState, strip: Strip) -> float:
    """What a strip lets through."""
    soloed = any(other.solo for other in desk.strips.values())
    heard = not strip.mute and (strip.solo or not soloed)
    return db_to_gain(strip.gain_db) * side_gain(strip.side, desk.crossfade) if heard else 0.0


def heard(desk: DeskState, fader: bool) -> list[float]:
    """Gains of everything, as fader positions, in which a fade moves evenly, or as factors."""
    wet = 0.0 if desk.bypass else desk.dry_wet
    gains = [*(strip_gain(desk, strip) for strip in desk.strips.values()), db_to_gain(desk.mix_gain_db)]
    return [*(db_to_fader(gain_to_db(gain)) if fader else gain for gain in gains), wet]


def test_a_scene_is_everything_audible_and_comes_back_at_once(rig: Rig) -> None:
    rig.apply(
        StemGain("vocals", -6.0), StemMute("drums", True), StemSide("bass", "a"), Crossfade(0.5), SceneStore(3, "verse")
    )
    kept = rig.engine.desk
    rig.apply(
        StemGain("vocals", 0.0), StemMute("drums", False), StemSide("bass", ""), Crossfade(0.0), Late("mute-safe")
    )
    rig.engine.applied.clear()
    rig.apply(SceneRecall(3))
    assert rig.engine.desk == kept
    assert len(rig.engine.applied) == 1
    assert rig.state.show.scene == 3
    assert rig.state.show.scenes == (SceneInfo(3, "verse", 0.0),)


def test_changes_of_one_apply_are_in_the_scene_that_they_store(rig: Rig) -> None:
    rig.apply(MixGain(-3.0), SceneStore(1), MixGain(0.0))
    rig.apply(SceneRecall(1))
    assert rig.engine.desk.mix_gain_db == -3.0


def test_panic_is_neither_kept_nor_undone(rig: Rig) -> None:
    rig.apply(Panic(True), SceneStore(1), Panic(False))
    rig.apply(SceneRecall(1))
    assert not rig.engine.desk.panic
    rig.apply(Panic(True))
    rig.apply(SceneRecall(1, 1.0))
    rig.pass_s(2.0)
    assert rig.engine.desk.panic


def test_a_kill_is_not_kept(rig: Rig) -> None:
    rig.apply(Kill("bass", True), SceneStore(1), Kill("bass", False))
    rig.apply(SceneRecall(1))
    assert rig.muted() == set()


def test_a_fade_moves_gains_along_the_faders_law_and_ends_exactly(rig: Rig) -> None:
    rig.apply(StemGain("vocals", -144.0), SceneStore(1), StemGain("vocals", -3.3), SceneStore(2), SceneRecall(1))
    rig.apply(SceneRecall(2, 1.0))
    assert rig.state.show.coming == 2
    seen = []
    for _ in range(100):
        rig.pass_s(0.01)
        seen.append(db_to_fader(rig.of("vocals").gain_db))
    assert seen == pytest.approx([db_to_fader(-3.3) * n / 100 for n in range(1, 101)], abs=1e-9)
    assert rig.of("vocals").gain_db == -3.3
    assert (rig.state.show.scene, rig.state.show.coming) == (2, 0)
    assert rig.show.round() is None


def test_pan_wet_crossfade_and_knobs_move_in_a_straight_line(rig: Rig) -> None:
    rig.apply(SceneStore(1))
    rig.apply(StemPan("bass", 1.0), DryWet(0.0), Crossfade(-1.0), Knob("drums", 1.0))
    rig.apply(SceneRecall(1, 2.0))
    rig.pass_s(0.5)
    desk = rig.engine.desk
    assert [desk.strips["bass"].pan, desk.dry_wet, desk.crossfade] == pytest.approx([0.75, 0.25, -0.75])
    assert desk.knobs["drums"] == pytest.approx(1.0 + 0.25 * (0.25 - 1.0))


@settings(deadline=None, max_examples=60)
@given(before=whole_desks(), after=whole_desks())
def test_no_fade_jumps_and_every_fade_ends_exactly(before: list[Change], after: list[Change]) -> None:
    """From any desk to any other: each step is a hundredth of the way. The crossfader's law makes a stem's way uneven."""
    rig = Rig()
    rig.apply(*after)
    goal = rig.engine.desk
    rig.apply(SceneStore(1), *before)
    even = rig.engine.desk.crossfade == goal.crossfade
    seen = [heard(rig.engine.desk, even)]
    rig.apply(SceneRecall(1, 1.0))
    seen.append(heard(rig.engine.desk, even))
    for _ in range(100):
        rig.pass_s(0.01)
        seen.append(heard(rig.engine.desk, even))
    assert rig.engine.desk == goal
    ways = [abs(last - first) for first, last in zip(seen[0], seen[-1], strict=True)]
    for one, other in pairwise(seen):
        for a, b, way in zip(one, other, ways, strict=True):
            assert abs(b - a) <= (0.01 * way + 1e-6 if even else STEEPEST)


def test_a_stem_that_becomes_muted_fades_first_and_one_that_is_unmuted_rises_from_silence(rig: Rig) -> None:
    rig.apply(StemMute("vocals", True), SceneStore(1), StemMute("vocals", False), StemMute("drums", True))
    rig.apply(SceneRecall(1, 1.0))
    assert rig.muted() == set()
    assert [rig.of(stem).gain_db for stem in ("vocals", "drums")] == [0.0, -144.0]
    rig.pass_s(0.5)
    assert rig.of("vocals").gain_db == pytest.approx(rig.of("drums").gain_db)
    rig.pass_s(0.49)
    assert rig.muted() == set()
    rig.pass_s(0.01)
    assert rig.muted() == {"vocals"}
    assert [rig.of(stem).gain_db for stem in ("vocals", "drums")] == [0.0, 0.0]


HANDS: tuple[tuple[Change, Any], ...] = (
    (StemGain("vocals", -20.0), lambda desk: desk.strips["vocals"].gain_db == -20.0),
    (StemPan("vocals", 0.1), lambda desk: desk.strips["vocals"].pan == 0.1),
    (StemMute("drums", False), lambda desk: not desk.strips["drums"].mute and desk.strips["drums"].gain_db == -1.0),
    (StemSolo("bass", True), lambda desk: desk.strips["bass"].solo),
    (MixGain(-9.0), lambda desk: desk.mix_gain_db == -9.0),
    (DryWet(0.9), lambda desk: desk.dry_wet == 0.9),
    (Bypass(False), lambda desk: not desk.bypass and desk.dry_wet == 0.5),
    (Crossfade(0.3), lambda desk: desk.crossfade == 0.3),
    (Knob("drums", 0.9), lambda desk: desk.knobs["drums"] == 0.9),
)


@pytest.mark.parametrize(("hand", "kept"), HANDS)
def test_a_performers_hand_takes_its_control_out_of_a_fade(rig: Rig, hand: Change, kept: Any) -> None:
    rig.apply(StemGain("vocals", -12.0), StemPan("vocals", 1.0), StemGain("drums", -1.0), StemMute("drums", True))
    rig.apply(MixGain(-6.0), DryWet(0.5), Bypass(True), Crossfade(1.0), Knob("drums", 0.0), SceneStore(1))
    goal = rig.engine.desk
    rig.apply(StemGain("vocals", 0.0), StemPan("vocals", 0.0), StemMute("drums", False), MixGain(0.0), DryWet(1.0))
    rig.apply(Bypass(False), Crossfade(0.0), Knob("drums", 1.0))
    rig.apply(SceneRecall(1, 1.0))
    rig.pass_s(0.5)
    rig.apply(hand)
    assert rig.state.show.coming == 1
    rig.pass_s(1.0)
    assert kept(rig.engine.desk)
    differs = [name for name in vars(goal) if getattr(goal, name) != getattr(rig.engine.desk, name)]
    assert len(differs) == 1


def test_a_new_recall_goes_on_from_where_the_fade_stands(rig: Rig) -> None:
    rig.apply(StemGain("vocals", -144.0), SceneStore(1), StemGain("vocals", 0.0), SceneStore(2))
    rig.apply(SceneRecall(1, 1.0))
    rig.pass_s(0.5)
    there = rig.of("vocals").gain_db
    rig.apply(SceneRecall(2, 1.0))
    assert rig.of("vocals").gain_db == pytest.approx(there)
    rig.pass_s(1.0)
    assert rig.of("vocals").gain_db == 0.0
    assert rig.state.show.scene == 2


def test_a_scenes_own_fade_time_counts_unless_told(rig: Rig) -> None:
    rig.apply(SceneStore(1), SceneFade(1, 2.0), MixGain(-10.0), SceneRecall(1))
    rig.pass_s(1.99)
    assert rig.state.show.coming == 1
    rig.pass_s(0.01)
    assert rig.engine.desk.mix_gain_db == 0.0
    rig.apply(MixGain(-10.0), SceneRecall(1, 0.0))
    assert rig.engine.desk.mix_gain_db == 0.0


def test_storing_again_keeps_name_and_fade_time(rig: Rig) -> None:
    rig.apply(SceneStore(1), SceneName(1, "verse"), SceneFade(1, 2.0), SceneStore(1))
    assert rig.state.show.scenes == (SceneInfo(1, "verse", 2.0),)
    rig.apply(SceneStore(1, "chorus"))
    assert rig.state.show.scenes == (SceneInfo(1, "chorus", 2.0),)


def test_safe_stems_are_left_alone(rig: Rig) -> None:
    rig.apply(SceneStore(1), RecallSafe("bass", True), StemGain("bass", -7.0), StemGain("drums", -7.0))
    rig.apply(SceneRecall(1, 0.5))
    rig.apply(StemPan("bass", 0.5))
    rig.pass_s(1.0)
    assert rig.of("bass") == Strip("bass", -7.0, pan=0.5)
    assert rig.of("drums") == Strip("drums")
    rig.apply(RecallSafe("bass", False), SceneRecall(1))
    assert rig.of("bass") == Strip("bass")


def test_a_kill_outlasts_a_fade_and_then_the_scene_counts(rig: Rig) -> None:
    rig.apply(StemMute("bass", True), SceneStore(1), StemMute("bass", False), Kill("bass", True), Kill("drums", True))
    rig.apply(SceneRecall(1, 1.0))
    rig.pass_s(2.0)
    assert rig.muted() == {"bass", "drums"}
    rig.apply(Kill("bass", False), Kill("drums", False))
    assert rig.muted() == {"bass"}


def test_listeners_hear_the_request_each_step_and_the_arrival(rig: Rig) -> None:
    rig.apply(SceneStore(1), MixGain(-10.0))
    rig.heard.clear()
    rig.apply(SceneRecall(1, 0.03))
    rig.pass_s(0.05)
    kinds = [type(change) for change in rig.heard]
    assert kinds == [SceneRecall, MixGain, MixGain, MixGain, SceneRecall]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (SceneRecall(2), "there is no scene 2, only: 1, 5; store it first"),
        (SceneRecall(65), "numbered from 1 to 64"),
        (SceneStore(0), "numbered from 1 to 64"),
        (SceneStore(1, "x" * 101), "101 characters"),
        (SceneName(1, ""), "0 characters"),
        (SceneName(2, "x"), "there is no scene 2"),
        (SceneClear(2), "there is no scene 2"),
        (SceneFade(1, 601.0), r"must be 0\.\.600 s"),
        (SceneRecall(1, float("nan")), "a fade of nan"),
        (RecallSafe("flute", True), "no stem 'flute'"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(rig: Rig, change: Change, words: str) -> None:
    rig.apply(SceneStore(1))
    before = rig.state
    with pytest.raises(ConfigError, match=words):
        rig.apply(MixGain(-3.0), SceneStore(5), change)
    assert rig.state == before


def test_a_scene_that_was_cleared_is_gone(rig: Rig) -> None:
    rig.apply(SceneStore(1), SceneRecall(1), SceneClear(1))
    assert rig.state.show.scenes == ()
    assert rig.state.show.scene == 0


@settings(deadline=None, max_examples=60)
@given(changes=desk_changes())
def test_a_recall_at_once_undoes_whatever_was_changed(changes: list[Change]) -> None:
    rig = Rig()
    rig.apply(StemGain("bass", -3.0), StemSolo("drums", True), SceneStore(1))
    kept = rig.engine.desk
    rig.apply(*changes)
    panic = rig.engine.desk.panic
    rig.apply(SceneRecall(1))
    assert (rig.engine.desk.strips, rig.engine.desk.knobs) == (kept.strips, kept.knobs)
    assert rig.engine.desk.panic == panic
    assert set(rig.engine.desk.strips) == set(FOUR_STEMS)
