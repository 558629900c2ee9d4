"""The set list: an order of scenes, gone through forwards and back."""

from __future__ import annotations

import pytest
from showrig import Rig

from rtsep.changes import Change, MixGain, SceneClear, SceneStore, SetList, SetListGo, SetListStep
from rtsep.errors import ConfigError


@pytest.fixture
def rig() -> Rig:
    """Scenes 1 to 3 at -1 to -3 dB, played as 3, 1, 2, 1."""
    rig = Rig()
    for number in (1, 2, 3):
        rig.apply(MixGain(-number), SceneStore(number))
    rig.apply(SetList((3, 1, 2, 1)))
    return rig


def test_next_and_previous_go_through_the_scenes_in_order(rig: Rig) -> None:
    played = []
    for step in (1, 1, 1, 1, -1, -1):
        rig.apply(SetListStep(step))  # type: ignore[arg-type]
        played.append((rig.state.show.place, -rig.engine.desk.mix_gain_db))
    assert played == [(1, 3), (2, 1), (3, 2), (4, 1), (3, 2), (2, 1)]


def test_a_place_is_gone_to_by_its_number_and_zero_is_before_the_start(rig: Rig) -> None:
    rig.apply(SetListGo(3))
    assert rig.engine.desk.mix_gain_db == -2.0
    rig.apply(SetListGo(0))
    assert rig.engine.desk.mix_gain_db == -2.0
    rig.apply(SetListStep(1))
    assert rig.engine.desk.mix_gain_db == -3.0


@pytest.mark.parametrize(
    ("place", "change", "words"),
    [
        (4, SetListStep(1), r"ends here: place 5, must be 0\.\.4"),
        (1, SetListStep(-1), "begins here: there is nothing before place 1"),
        (0, SetListStep(-1), "begins here"),
        (2, SetListGo(5), "ends here: place 5"),
        (2, SetListGo(-1), "begins here: place -1"),
        (2, SetListStep(2), "must be -1 or 1"),  # type: ignore[arg-type]
        (2, SetList((1, 4)), "there is no scene 4, only: 1, 2, 3; store it first"),
        (2, SetList((0,)), "numbered from 1 to 64"),
        (2, SetList((1,) * 1001), "at most 1000"),
        (2, SceneClear(2), "in the set list; take it out there first"),
    ],
)
def test_what_leads_nowhere_is_refused(rig: Rig, place: int, change: Change, words: str) -> None:
    rig.apply(SetListGo(place))
    before = rig.state
    with pytest.raises(ConfigError, match=words):
        rig.apply(change)
    assert rig.state == before


def test_an_empty_set_list_says_so(rig: Rig) -> None:
    rig.apply(SetList(()))
    for change in (SetListStep(1), SetListStep(-1), SetListGo(1)):
        with pytest.raises(ConfigError, match="the set list is empty"):
            rig.apply(change)


@pytest.mark.parametrize(
    ("scenes", "place"), [((3, 1, 2, 1, 2), 2), ((1, 3), 1), ((3, 2), 0), ((), 0), ((2, 1, 3), 2), ((2, 3, 1), 3)]
)
def test_the_place_stays_with_its_scene_when_the_list_changes(rig: Rig, scenes: tuple[int, ...], place: int) -> None:
    rig.apply(SetListGo(2))
    rig.apply(SetList(scenes))
    assert rig.state.show.place == place
    assert rig.state.show.set_list == scenes
