"""Tempo on the audio clock: taps, and scenes that wait for their beat. 120 beats a minute: a beat is 24,000 frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showrig import RATE, Rig

from rtsep.changes import MixGain, Quantise, SceneClear, SceneRecall, SceneStore, Tap, Tempo
from rtsep.errors import ConfigError
from rtsep.show.tempo import next_beat

BEAT = RATE // 2


@pytest.fixture
def rig() -> Rig:
    """Scene 1 is at unity, the desk at -10 dB; four beats are a bar, and one began at position 1000."""
    rig = Rig()
    rig.engine.position = 1000
    rig.apply(SceneStore(1), MixGain(-10.0), Tempo(120.0), Quantise(4))
    rig.engine.position += 100
    return rig


def position_of_arrival(rig: Rig) -> int:
    """Where the scene begins to sound, moving block by block."""
    for _ in range(4000):
        rig.show.round()
        if rig.engine.desk.mix_gain_db == 0.0:
            return rig.engine.position
        rig.engine.position += 64
    raise AssertionError("it never came")


def test_a_scene_waits_for_the_next_bar_and_begins_in_the_block_that_holds_it(rig: Rig) -> None:
    rig.apply(SceneRecall(1))
    assert rig.engine.desk.mix_gain_db == -10.0
    assert (rig.state.show.coming, rig.state.show.scene) == (1, 0)
    due = 1000 + 4 * BEAT
    assert due - 64 <= position_of_arrival(rig) <= due
    assert (rig.state.show.coming, rig.state.show.scene) == (0, 1)


@pytest.mark.parametrize("change", [Tempo(0.0), Quantise(0)])
def test_without_tempo_or_quantisation_a_scene_comes_at_once(rig: Rig, change: Tempo | Quantise) -> None:
    rig.apply(change, SceneRecall(1))
    assert rig.engine.desk.mix_gain_db == 0.0


def test_a_scene_that_waits_comes_at_once_when_the_tempo_ends(rig: Rig) -> None:
    rig.apply(SceneRecall(1))
    rig.apply(Tempo(0.0))
    rig.show.round()
    assert rig.engine.desk.mix_gain_db == 0.0


def test_a_fade_begins_on_the_beat(rig: Rig) -> None:
    rig.apply(SceneRecall(1, 1.0))
    rig.pass_s(1.9)
    assert rig.engine.desk.mix_gain_db == -10.0
    rig.pass_s(0.6)
    assert -10.0 < rig.engine.desk.mix_gain_db < 0.0
    rig.pass_s(1.0)
    assert rig.engine.desk.mix_gain_db == 0.0


def test_the_last_scene_asked_for_is_the_one_that_comes(rig: Rig) -> None:
    rig.apply(MixGain(-20.0), SceneStore(2), MixGain(-10.0), SceneRecall(2), SceneRecall(1))
    rig.pass_s(2.5)
    assert rig.engine.desk.mix_gain_db == 0.0


def test_a_scene_that_waits_and_is_cleared_does_not_come(rig: Rig) -> None:
    rig.apply(SceneRecall(1))
    rig.apply(SceneClear(1))
    assert rig.state.show.coming == 0
    rig.pass_s(2.5)
    assert rig.engine.desk.mix_gain_db == -10.0


def test_the_thread_sleeps_until_the_beat_is_near(rig: Rig) -> None:
    rig.apply(SceneRecall(1))
    assert rig.show.round() == 0.5  # seconds; longer than the longest
    rig.engine.position = 1000 + 4 * BEAT - RATE // 10 - 64
    assert rig.show.round() == pytest.approx(0.1)


def test_two_taps_set_the_tempo_and_one_only_the_beat(rig: Rig) -> None:
    rig.apply(Tempo(90.0))
    rig.apply(Tap())
    assert rig.state.show.bpm == 90.0
    rig.engine.position += BEAT
    rig.apply(Tap())
    assert rig.state.show.bpm == 120.0


def test_one_bad_tap_does_not_spoil_the_tempo(rig: Rig) -> None:
    for wait in (BEAT, BEAT, BEAT + 5000, BEAT - 5000, BEAT):
        rig.apply(Tap())
        rig.engine.position += wait
    rig.apply(Tap())
    assert rig.state.show.bpm == 120.0


def test_taps_are_forgotten_after_two_seconds(rig: Rig) -> None:
    rig.apply(Tap())
    rig.engine.position += 2 * RATE + 1
    rig.apply(Tap())
    assert rig.state.show.bpm == 120.0
    rig.engine.position += RATE
    rig.apply(Tap())
    assert rig.state.show.bpm == 60.0


def test_taps_on_top_of_each_other_are_the_fastest_tempo(rig: Rig) -> None:
    rig.apply(Tap(), Tap())
    assert rig.state.show.bpm == 400.0


def test_the_beat_falls_on_the_tap(rig: Rig) -> None:
    rig.engine.position = 5000
    rig.apply(Tap(), SceneRecall(1))
    assert 5000 - 64 <= position_of_arrival(rig) <= 5000


@pytest.mark.parametrize("bpm", [-1.0, 19.9, 400.1, float("nan"), float("inf")])
def test_a_tempo_that_nobody_plays_is_refused(rig: Rig, bpm: float) -> None:
    with pytest.raises(ConfigError, match=r"must be 20\.\.400"):
        rig.apply(Tempo(bpm))
    with pytest.raises(ConfigError, match=r"must be 0\.\.64"):
        rig.apply(Quantise(65))


@given(
    position=st.integers(0, 10**12),
    anchor=st.integers(0, 10**12),
    bpm=st.floats(20.0, 400.0),
    beats=st.integers(1, 64),
    rate=st.sampled_from((44100.0, 48000.0, 96000.0)),
)
def test_the_next_beat_is_the_first_multiple_not_yet_over(
    position: int, anchor: int, bpm: float, beats: int, rate: float
) -> None:
    span = beats * 60.0 / bpm * rate
    found = next_beat(position, anchor, bpm, beats, rate)
    assert position <= found < position + span + 1
    off = (found - anchor) / span
    assert abs(off - round(off)) * span <= 1.0
