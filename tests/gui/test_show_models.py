"""Scenes, set list and takes, without a display."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakeengine import FakeEngine

from rtsep.changes import SCENES, SceneFade, SceneName, SceneRecall, SceneStore, SetList
from rtsep.control import EngineState, SceneInfo, ShowState
from rtsep.errors import ConfigError
from rtsep_gui.models.sessions import name_problem, saved_sessions
from rtsep_gui.models.show import (
    BANK,
    BANKS,
    Pad,
    appended,
    entries,
    moved,
    overwrites,
    pads,
    press,
    refaded,
    removed,
    renamed,
    take,
)


@pytest.fixture
def state() -> EngineState:
    scenes = (SceneInfo(1, "intro", 2.0), SceneInfo(18, "verse", 0.0))
    return replace(FakeEngine().state(), show=ShowState(scenes, 1, 18, (1, 18, 1), 2))


def test_every_scene_has_a_pad_in_one_bank(state: EngineState) -> None:
    numbers = [pad.number for bank in range(BANKS) for pad in pads(state, bank)]
    assert numbers == list(range(1, SCENES + 1))


def test_pads_say_what_sounds_and_what_comes(state: EngineState) -> None:
    first, second = pads(state, 0), pads(state, 1)
    assert (first[0].current, first[0].detail) == (True, "fades 2 s")
    assert (second[18 - BANK - 1].coming, second[18 - BANK - 1].detail) == (True, "coming")
    assert not first[1].stored


def test_a_press_recalls_or_stores_and_an_empty_pad_is_silent() -> None:
    stored, empty = Pad(3, "a", 0.0, True), Pad(4)
    assert press(stored, False) == SceneRecall(3)
    assert press(empty, False) is None
    assert press(empty, True) == SceneStore(4)
    assert overwrites(stored, True)
    assert not overwrites(empty, True)
    assert not overwrites(stored, False)


def test_names_and_fades_are_kept_in_range() -> None:
    pad = Pad(3, "a", 0.0, True)
    assert renamed(pad, " b ") == SceneName(3, "b")
    assert renamed(pad, "a") is None
    assert renamed(pad, "  ") is None
    assert refaded(pad, -1.0) == SceneFade(3, 0.0)
    assert refaded(pad, 9999.0) == SceneFade(3, 600.0)


def test_the_set_list_is_edited_by_place_so_that_scenes_may_come_twice(state: EngineState) -> None:
    assert [(entry.name, entry.current) for entry in entries(state)] == [
        ("intro", False),
        ("verse", True),
        ("intro", False),
    ]
    assert appended(state, 5) == SetList((1, 18, 1, 5))
    assert removed(state, 3) == SetList((1, 18))
    assert removed(state, 0) == SetList((1, 18, 1))
    assert moved(state, 2, -1) == SetList((18, 1, 1))
    assert moved(state, 1, -1) is None
    assert moved(state, 3, 1) is None


def test_a_take_goes_below_the_chosen_folder() -> None:
    made = take("/music", "flac")
    assert made.folder is not None
    assert made.folder.replace("\\", "/").startswith("/music/recording-")
    assert made.format == "flac"
    assert take("", "wav").folder is not None


def test_session_names_are_checked_before_they_are_sent() -> None:
    assert name_problem("tour 2026") == ""
    assert "session name" in name_problem("../x")


def test_sessions_are_listed_and_damaged_ones_cannot_be_chosen(tmp_path: object) -> None:
    from rtsep.show.sessions import SessionStore

    store = SessionStore(str(tmp_path))
    (store.folder / "broken.json").write_text("{}")
    (found,) = saved_sessions(store)
    assert (found.name, found.readable) == ("broken", False)
    with pytest.raises(ConfigError):
        store.load("broken")
