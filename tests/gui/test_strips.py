"""What strips, pads and the list of scenes show, without a display."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from fakeengine import FakeEngine
from support import AWKWARD_BLOCKS, RATE, noise

from rtsep.changes import (
    Kill,
    Quick,
    QuickState,
    Record,
    SceneRecall,
    SceneStore,
    SetList,
    SetListGo,
    SetListStep,
    StemMute,
    StemSolo,
)
from rtsep.control import EngineState, Level, Strip
from rtsep.show.show import Show
from rtsep.spec import SeparatorSpec
from rtsep_gui.models.addresses import Book, stem_path, tip
from rtsep_gui.models.envelope import Envelope
from rtsep_gui.models.pads import DOUBLE_S, HOLD_S, Pad
from rtsep_gui.models.scenelist import scene_rows
from rtsep_gui.models.strips import (
    MeterModel,
    going_on,
    outputs,
    quick_in_force,
    quick_offered,
    record,
    silenced,
)

TWO = SeparatorSpec("two", ("tonal", "rest"), 2, (RATE,), 64, 0, True)


@pytest.fixture
def show() -> Show:
    return Show(FakeEngine(), None, print)


def strip_of(state: EngineState, stem: str) -> Strip:
    return next(strip for strip in state.strips if strip.stem == stem)


def test_a_stem_is_silenced_by_its_mute_its_kill_and_anothers_solo(show: Show) -> None:
    assert not silenced(strip_of(show.state(), "bass"), show.state())
    show.apply(Kill("bass", True))
    assert silenced(strip_of(show.state(), "bass"), show.state())
    show.apply(Kill("bass", False), StemSolo("drums", True))
    assert silenced(strip_of(show.state(), "bass"), show.state())
    assert not silenced(strip_of(show.state(), "drums"), show.state())


@pytest.mark.parametrize("name", get_args(QuickState))
def test_a_quick_state_is_in_force_once_it_was_pressed_and_until_a_mute_changes(show: Show, name: QuickState) -> None:
    show.apply(StemSolo("bass", True))
    assert not quick_in_force(name, show.state())
    show.apply(Quick(name))
    assert quick_in_force(name, show.state())
    show.apply(StemMute("other", not strip_of(show.state(), "other").mute))
    assert not quick_in_force(name, show.state())


def test_a_quick_state_about_a_stem_that_is_not_there_is_not_offered() -> None:
    state = FakeEngine(TWO).state()
    assert [name for name in get_args(QuickState) if quick_offered(name, state)] == ["all"]


def test_outputs_are_pairs_of_the_device_and_the_one_in_use(show: Show) -> None:
    state = show.state()
    assert outputs(state, -1, 4) == [("Mix", -1), ("1–2", 0), ("3–4", 2)]
    assert ("2–3", 1) in outputs(state, 1, 4)
    assert ("9–10", 8) in outputs(state, 8, 4)


def test_the_record_button_ends_a_take_that_goes_on_and_begins_one_otherwise(show: Show) -> None:
    state = show.state()
    assert isinstance(record(state), Record)
    assert record(state).folder
    assert record(replace(state, recording="take 12 s")) == Record(None)
    assert not going_on(replace(state, recording="stopped: the disk is full"))


def test_the_clip_light_burns_from_one_click_to_the_next_clip() -> None:
    meter = MeterModel()
    loud = Level(1.0, 2.0, -6.0, 3)
    assert meter.bars(loud).lit
    meter.clear()
    assert not meter.bars(loud).lit
    assert meter.bars(replace(loud, clips=4)).lit
    assert meter.clips == 1
    assert not meter.bars(replace(loud, clips=0)).lit, "another host begins anew"


def test_a_meter_shows_nothing_when_nobody_answers() -> None:
    meter = MeterModel()
    assert meter.bars(Level(-3.0, -1.0, -12.0, 1)).peak > 0.0
    gone = meter.bars(None)
    assert (gone.rms, gone.peak, gone.hold, gone.lit) == (0.0, 0.0, 0.0, False)


def test_a_tap_mutes_at_once_and_a_second_one_solos_instead() -> None:
    pad = Pad("bass")
    pad.press(0.0)
    assert pad.wait(0.1) == ()
    assert pad.release(0.1, Strip("bass")) == (StemMute("bass", True),)
    pad.press(0.2)
    assert pad.release(0.25, Strip("bass", mute=True)) == (StemMute("bass", False), StemSolo("bass", True))
    pad.press(0.3)
    assert pad.release(0.35, Strip("bass", solo=True)) == (StemMute("bass", True),), "a third tap is a first one"


def test_two_slow_taps_are_two_mutes() -> None:
    pad = Pad("bass")
    pad.press(0.0)
    pad.release(0.05, Strip("bass"))
    pad.press(DOUBLE_S + 0.1)
    assert pad.release(DOUBLE_S + 0.15, Strip("bass", mute=True)) == (StemMute("bass", False),)


def test_holding_silences_for_exactly_as_long_as_it_lasts() -> None:
    pad = Pad("bass")
    pad.press(0.0)
    assert pad.wait(HOLD_S) == (Kill("bass", True),)
    assert pad.wait(HOLD_S + 1.0) == ()
    assert pad.release(9.0, Strip("bass")) == (Kill("bass", False),)
    pad.press(10.0)
    pad.wait(11.0)
    assert pad.cancel() == (Kill("bass", False),), "the finger was taken away"
    assert pad.cancel() == ()
    assert pad.release(12.0, Strip("bass")) == ()


def test_scenes_stand_in_the_order_of_the_set_list_with_the_others_after_it(show: Show) -> None:
    for number, name in ((1, "intro"), (2, "verse"), (7, "")):
        show.apply(SceneStore(number, name))
    show.apply(SetList((2, 1, 2)), SetListGo(1))
    rows = scene_rows(show.state())
    assert [(row.number, row.mark) for row in rows] == [(2, "now"), (1, "next"), (2, ""), (7, "")]
    assert rows[2].recall == SetListGo(3)
    assert rows[3].recall == SceneRecall(7)
    assert rows[3].name
    show.apply(SetListStep(1))
    assert [row.mark for row in scene_rows(show.state())] == ["", "now", "next", ""]


@pytest.mark.parametrize("block", AWKWARD_BLOCKS)
def test_a_waveform_does_not_depend_on_the_portions_it_is_fed_in(block: int) -> None:
    sound = noise(RATE // 4).T
    whole, parts = Envelope(RATE, 30, 1.0), Envelope(RATE, 30, 1.0)
    whole.feed(sound.shape[1], sound)
    for start in range(0, sound.shape[1], block):
        part = sound[:, start : start + block]
        parts.feed(start + part.shape[1], part)
    np.testing.assert_array_equal(parts.low, whole.low)
    np.testing.assert_array_equal(parts.high, whole.high)


def test_what_a_waveform_did_not_see_stays_empty() -> None:
    made = Envelope(1000, 10, 1.0)
    made.feed(1000, np.ones((1, 1000), dtype=np.float32))
    assert (made.high == 1.0).all()
    made.feed(1500, np.ones((1, 100), dtype=np.float32))
    assert np.isnan(made.high).sum() == 4
    made.feed(100, np.ones((1, 100), dtype=np.float32))
    assert np.isnan(made.high).sum() == 9, "the clock began anew"


def test_a_tooltip_tells_what_a_control_is_where_it_is_found_and_its_range(show: Show) -> None:
    flat = Book().flat(show.state())
    words = tip(stem_path("vocals", "gain_db"), flat[stem_path("vocals", "gain_db")])
    assert words.splitlines() == ["Fader of a stem; -144 is silence.", "/rtsep/stem/vocals/gain_db", "-144 to 12 dB"]
    assert tip("/rtsep/nowhere", None) == "/rtsep/nowhere"


def test_the_addresses_follow_the_separator() -> None:
    book = Book()
    assert "/rtsep/stem/drums/mute" in book.flat(FakeEngine().state())
    assert "/rtsep/stem/drums/mute" not in book.flat(FakeEngine(TWO).state())
