"""The stage page against an engine without sound: pads, faders, scenes, panic, full screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support import RATE
from window import Stand

from rtsep.changes import SceneStore, SetList, SetListGo, StemMute
from rtsep.spec import MAX_STEMS, SeparatorSpec
from rtsep_gui.views.stage import StagePage

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stand(qtbot: QtBot) -> Iterator[Stand]:
    made = Stand(qtbot, [StagePage])
    made.until(lambda: bool(page(made).stems))
    yield made
    made.close()


def page(stand: Stand) -> StagePage:
    found = stand.window.page
    assert isinstance(found, StagePage)
    return found


def test_a_tap_mutes_and_another_tap_brings_it_back(stand: Stand) -> None:
    pad = page(stand).stems[0].pad
    QTest.mouseClick(pad, LEFT)
    stand.until(lambda: stand.state.strips[0].mute)
    stand.remote.apply(StemMute("vocals", False))
    stand.until(lambda: not stand.state.strips[0].mute)


def test_two_taps_solo_and_leave_the_mute_as_it_was(stand: Stand) -> None:
    pad = page(stand).stems[1].pad
    QTest.mouseClick(pad, LEFT)
    QTest.mouseDClick(pad, LEFT)  # its second press alone
    QTest.mouseRelease(pad, LEFT)
    stand.until(lambda: stand.state.strips[1].solo)
    assert not stand.state.strips[1].mute


def test_holding_a_pad_silences_until_it_is_let_go(stand: Stand) -> None:
    pad = page(stand).stems[2].pad
    QTest.mousePress(pad, LEFT)
    stand.until(lambda: stand.state.show.kills == ("bass",))
    QTest.mouseRelease(pad, LEFT)
    stand.until(lambda: stand.state.show.kills == ())
    assert not stand.state.strips[2].mute


def test_a_pad_that_is_held_when_the_window_loses_its_turn_lets_go(stand: Stand) -> None:
    pad = page(stand).stems[2].pad
    QTest.mousePress(pad, LEFT)
    stand.until(lambda: stand.state.show.kills == ("bass",))
    QApplication.sendEvent(pad, QEvent(QEvent.Type.WindowDeactivate))
    stand.until(lambda: stand.state.show.kills == ())


def test_a_pad_can_be_played_by_the_space_bar(stand: Stand) -> None:
    pad = page(stand).stems[3].pad
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Space)
    stand.until(lambda: stand.state.strips[3].mute)


def test_faders_set_the_gain(stand: Stand) -> None:
    fader = page(stand).stems[1].fader
    QTest.keyClick(fader, Qt.Key.Key_Down)
    stand.until(lambda: stand.state.strips[1].gain_db == -1.0)
    stand.until(lambda: page(stand).stems[1].readout.text() == "−1.0")


def test_a_tap_on_a_scene_recalls_it_and_the_list_shows_where_we_are(stand: Stand) -> None:
    scenes = page(stand).scenes
    assert scenes.lines == []
    stand.remote.apply(SceneStore(1, "intro"))
    stand.remote.apply(StemMute("vocals", True), SceneStore(2, "dub"))
    stand.remote.apply(SetList((1, 2)), SetListGo(1))
    stand.until(lambda: [line.row.mark for line in scenes.lines] == ["now", "next"])
    assert not stand.state.strips[0].mute
    QTest.mouseClick(scenes.lines[1], LEFT)
    stand.until(lambda: stand.state.strips[0].mute)
    stand.until(lambda: [line.row.mark for line in scenes.lines] == ["", "now"])
    QTest.mouseClick(page(stand).previous, LEFT)
    stand.until(lambda: stand.state.show.place == 1)


def test_panic_is_one_tap_away_and_cannot_be_missed(stand: Stand) -> None:
    QTest.mouseClick(page(stand).panic, LEFT)
    stand.until(lambda: stand.state.panic)
    stand.until(page(stand).banner.isVisible)


def test_full_screen_is_the_page_alone_until_the_engine_is_lost(stand: Stand) -> None:
    window = stand.window
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F11)
    stand.until(window.isFullScreen)
    assert not window.tabs.tabBar().isVisible()
    assert not window.foot.isVisible()
    stand.remote.away = True
    stand.until(lambda: not stand.live.alive)
    stand.until(window.told.isVisible)
    stand.remote.away = False
    stand.until(lambda: stand.live.alive and not window.told.isVisible())
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.alone
    assert window.tabs.tabBar().isVisible()


def test_sixteen_stems_have_pads_for_hands(qtbot: QtBot) -> None:
    names = tuple(f"stem {index}" for index in range(MAX_STEMS))
    stand = Stand(qtbot, [StagePage], SeparatorSpec("many", names, 2, (RATE,), 64, 0, True))
    stand.until(lambda: len(page(stand).stems) == MAX_STEMS)
    stand.until(lambda: all(view.pad.width() >= 80 and view.pad.height() >= 80 for view in page(stand).stems))
    stand.close()
