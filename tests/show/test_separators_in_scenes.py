"""Scenes and sessions of another separator: it is switched to, strips are found by name, the rest comes when it plays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakeengine import FakeEngine
from showrig import Rig

from rtsep.changes import (
    Change,
    Kill,
    Knob,
    MixGain,
    SceneRecall,
    SceneStore,
    StemGain,
    StemMute,
    StemOutput,
    SwitchSeparator,
)
from rtsep.control import EngineState, Strip
from rtsep.errors import ConfigError, SeparatorError
from rtsep.spec import Parameter, SeparatorSpec

FOUR = SeparatorSpec(
    "four", ("vocals", "drums", "rest"), 2, (48000,), 64, 0, False, (Parameter("warmth", "", 0.0, 1.0, 0.5),)
)
TWO = SeparatorSpec("two", ("vocals", "noise"), 2, (48000,), 64, 0, False, (Parameter("depth", "", 0.0, 1.0, 0.5),))
SPECS = {"four": FOUR, "two": TWO}


class Switching(FakeEngine):
    """Switches when it is told to with `come`, as a host does once a separator has settled; has two outputs."""

    def __init__(self) -> None:
        super().__init__(FOUR)
        self.coming = ""
        self._strips: dict[str, Strip] = {}

    def apply(self, *changes: Change) -> None:
        """As a host, with its limits."""
        for change in changes:
            if isinstance(change, StemOutput) and change.output > 0:
                raise ConfigError("the device has 2 channels")
            if isinstance(change, SwitchSeparator) and change.separator not in SPECS:
                raise SeparatorError(f"no separator is called {change.separator!r}")
        playing = self.separator
        super().apply(*changes)
        self.coming, self.separator = (self.separator if self.separator != playing else self.coming), playing

    def state(self) -> EngineState:
        """With the separator that gets ready."""
        return replace(super().state(), next_separator=self.coming)

    def come(self, arrives: bool = True) -> None:
        """The switch ends, well or not."""
        if arrives:
            self.separator, self.spec = self.coming, SPECS[self.coming]
            self._strips |= self.desk.strips
            strips = {stem: self._strips.get(stem, Strip(stem)) for stem in self.spec.stems}
            self.desk = replace(self.desk, strips=strips, knobs={p.name: p.default for p in self.spec.parameters})
        self.coming = ""


@pytest.fixture
def rig() -> Rig:
    """Scene 1 is of "four", scene 2 of "two", which plays."""
    rig = Rig(engine=Switching())
    rig.apply(
        StemGain("vocals", -1.0), StemGain("drums", -2.0), StemMute("rest", True), Knob("warmth", 0.9), SceneStore(1)
    )
    switch(rig, "two")
    rig.apply(StemGain("vocals", -5.0), StemGain("noise", -6.0), Knob("depth", 0.1), SceneStore(2))
    return rig


def switch(rig: Rig, name: str) -> None:
    rig.apply(SwitchSeparator(name))
    arrive(rig)


def arrive(rig: Rig, well: bool = True) -> None:
    assert isinstance(rig.engine, Switching)
    rig.show.round()
    rig.engine.come(well)
    rig.show.round()


def test_a_scene_of_another_separator_sets_what_is_there_and_the_rest_when_it_plays(rig: Rig) -> None:
    rig.apply(StemGain("vocals", 0.0))
    rig.apply(SceneRecall(1))
    assert rig.state.next_separator == "four"
    assert rig.of("vocals").gain_db == -1.0
    assert rig.engine.desk.knobs == {"depth": 0.1}
    arrive(rig)
    assert rig.state.separator_name == "four"
    assert rig.of("drums").gain_db == -2.0
    assert rig.of("rest").mute
    assert rig.engine.desk.knobs == {"warmth": 0.9}
    assert rig.show.round() is None
    assert rig.said == []


def test_stems_that_the_desk_does_not_know_stay_in_the_scene(rig: Rig) -> None:
    rig.apply(SceneRecall(1))
    arrive(rig)
    rig.apply(StemGain("drums", 0.0), SceneRecall(2))
    arrive(rig)
    assert rig.of("noise").gain_db == -6.0
    rig.apply(SceneRecall(1))
    arrive(rig)
    assert rig.of("drums").gain_db == -2.0


def test_a_separator_that_fails_to_come_is_said_and_owed_nothing(rig: Rig) -> None:
    rig.apply(SceneRecall(1))
    arrive(rig, well=False)
    assert "'four' did not come to play" in rig.said[0]
    assert rig.show.round() is None
    switch(rig, "four")
    assert rig.engine.desk.knobs == {"warmth": 0.5}


def test_a_scene_of_the_separator_that_plays_calls_off_a_switch(rig: Rig) -> None:
    rig.apply(SceneRecall(1))
    rig.engine.applied.clear()
    rig.apply(SceneRecall(2))
    assert SwitchSeparator("two") in rig.engine.applied[0]
    arrive(rig, well=False)
    assert rig.said == []


def test_a_scene_whose_separator_is_gone_is_refused_and_changes_nothing(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(SPECS, "four")
    before = rig.state
    with pytest.raises(SeparatorError, match="no separator is called 'four'"):
        rig.apply(SceneRecall(1))
    assert rig.state == before


def test_a_fade_goes_on_with_what_is_left_when_stems_leave_the_desk(rig: Rig) -> None:
    rig.apply(MixGain(-12.0), StemGain("noise", 0.0), StemGain("vocals", 0.0), SceneRecall(2, 1.0))
    rig.pass_s(0.2)
    switch(rig, "four")
    rig.pass_s(0.5)
    assert -12.0 < rig.engine.desk.mix_gain_db < 0.0
    rig.pass_s(0.5)
    assert rig.engine.desk.mix_gain_db == 0.0
    assert rig.of("vocals").gain_db == -5.0
    assert rig.said == []
    switch(rig, "two")
    assert rig.of("noise").gain_db == -6.0


def test_a_kill_whose_stem_has_left_ends_when_the_stem_is_back(rig: Rig) -> None:
    rig.apply(Kill("noise", True))
    switch(rig, "four")
    rig.apply(Kill("noise", False))
    switch(rig, "two")
    assert not rig.of("noise").mute


def test_a_session_is_restored_without_the_outputs_and_the_separator_that_are_gone(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Rig(FOUR)
    other.apply(StemOutput("vocals", 6), StemOutput("drums", 0), StemGain("vocals", -3.0), MixGain(-1.0))
    other.engine.separator = "gone"
    session = other.show.capture()
    rig.show.restore(session)
    assert rig.engine.desk.mix_gain_db == -1.0
    assert rig.of("vocals").gain_db == -3.0
    assert (rig.state.separator_name, rig.state.next_separator) == ("two", "")
    assert rig.said


def test_a_scene_comes_without_an_output_that_the_device_lacks(rig: Rig) -> None:
    other = Rig(engine=Switching())
    FakeEngine.apply(other.engine, StemOutput("vocals", 6))
    other.apply(SceneStore(1), StemOutput("vocals", -1), StemGain("vocals", -9.0))
    other.apply(SceneRecall(1))
    assert other.of("vocals") == Strip("vocals")
    assert "the device has 2 channels" in other.said[0]
    other.apply(StemGain("vocals", -9.0), SceneRecall(1, 1.0))
    other.pass_s(1.1)
    assert other.of("vocals") == Strip("vocals")
