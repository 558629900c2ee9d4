"""The table of keys: complete, without doubles, the terminal's keys as they are there, and each does what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakeengine import FakeEngine

from rtsep.changes import Change, Crossfade, Kill, MixGain, Record, SceneRecall, StemGain, StemSide
from rtsep.cli.watching import changes_for
from rtsep.control import EngineState, SceneInfo, ShowState
from rtsep_gui.models.shortcuts import SHORTCUTS, Pressed, Shortcut, groups

SAME_AS_THE_TERMINAL = {**{key: key for key in "1234567890asdfbpr"}, "Up": "up", "Down": "down"}


def row_of(key: str) -> tuple[Shortcut, int]:
    return next((row, row.keys.index(key)) for row in SHORTCUTS if key in row.keys)


def press(key: str, state: EngineState, chosen: int = 0) -> tuple[Change, ...]:
    row, which = row_of(key)
    return row.changes(Pressed(state, chosen, which))


@pytest.fixture
def state() -> EngineState:
    return FakeEngine().state()


def test_no_key_is_there_twice() -> None:
    keys = [key.upper() for row in SHORTCUTS for key in row.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", SAME_AS_THE_TERMINAL)
def test_the_terminals_keys_do_the_same_here(state: EngineState, key: str) -> None:
    ours = key if any(key in row.keys for row in SHORTCUTS) else key.upper()
    here, there = press(ours, state, 1), changes_for(SAME_AS_THE_TERMINAL[key], 1, state)
    if key == "r":
        assert [type(change) for change in here] == [type(change) for change in there] == [Record]
    else:
        assert list(here) == there


def test_every_row_asks_for_something_or_is_the_windows(state: EngineState) -> None:
    state = replace(state, show=ShowState(scenes=tuple(SceneInfo(n, "x", 0.0) for n in range(1, 10))))
    for row in SHORTCUTS:
        assert bool(row.changes(Pressed(state, 0, 0))) != bool(row.do), row.about
        assert row.about
        assert row.group in groups()


def test_what_is_held_is_let_go(state: EngineState) -> None:
    row, which = row_of("Ctrl+2")
    assert row.changes(Pressed(state, 0, which)) == (Kill("drums", True),)
    assert row.let_go is not None
    assert row.let_go(Pressed(state, 0, which)) == (Kill("drums", False),)


def test_pairs_of_keys_go_opposite_ways(state: EngineState) -> None:
    assert press("Ctrl+Up", state) == (MixGain(1.0),)
    assert press("Ctrl+Down", state) == (MixGain(-1.0),)
    assert press("Ctrl+Left", state) == (Crossfade(-0.05),)
    assert press("Shift+Up", state, 2) == (StemGain("bass", 0.1),)


def test_the_crossfader_sides_come_round(state: EngineState) -> None:
    assert press("E", state) == (StemSide("vocals", "a"),)
    for side, following in (("a", "b"), ("b", "")):
        strips = (replace(state.strips[0], side=side), *state.strips[1:])
        assert press("E", replace(state, strips=strips)) == (StemSide("vocals", following),)  # type: ignore[arg-type]


def test_keys_of_what_is_not_there_ask_for_nothing(state: EngineState) -> None:
    assert press("9", state) == ()
    assert press("Shift+F3", state) == ()
    stored = replace(state, show=ShowState(scenes=(SceneInfo(3, "drop", 1.0),)))
    assert press("Shift+F3", stored) == (SceneRecall(3),)


def test_the_chosen_strip_may_have_gone_with_its_separator(state: EngineState) -> None:
    assert press("Home", state, 7) == (StemGain("other", 0.0),)
