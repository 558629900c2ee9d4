"""The show page against an engine without sound: scenes, set list, tempo, takes and sessions are reached by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from window import Stand

from rtsep.changes import SceneStore, SetList, StemGain, Tempo
from rtsep_gui.models.palette import LIGHT
from rtsep_gui.views.show import ShowPage

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stand(qtbot: QtBot) -> Iterator[Stand]:
    made = Stand(qtbot, [ShowPage])
    yield made
    made.close()


def page(stand: Stand) -> ShowPage:
    found = stand.window.page
    assert isinstance(found, ShowPage)
    return found


def click(stand: Stand, number: int) -> None:
    QTest.mouseClick(page(stand).scenes.pads[number - 1], LEFT)


def store(stand: Stand, number: int, name: str = "") -> None:
    stand.live.apply(SceneStore(number, name))
    stand.until(lambda: page(stand).scenes.pads[number - 1].pad.stored)


def answer(stand: Stand, text: str) -> None:
    """Press a button of the question that is asked."""
    stand.until(lambda: bool(stand.window.findChildren(QMessageBox)))
    (box,) = stand.window.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()
    stand.until(lambda: not stand.window.findChildren(QMessageBox))


def button(stand: Stand, text: str) -> QPushButton:
    return next(found for found in page(stand).findChildren(QPushButton) if found.text() == text)


def test_an_empty_pad_is_stored_into_and_then_recalled(stand: Stand) -> None:
    click(stand, 2)
    assert stand.state.show.scenes == ()
    page(stand).scenes.store.click()
    click(stand, 2)
    stand.until(lambda: page(stand).scenes.pads[1].pad.stored)
    assert not page(stand).scenes.store.isChecked()
    stand.live.apply(StemGain("vocals", -20.0))
    stand.until(lambda: stand.state.strips[0].gain_db == -20.0)
    click(stand, 2)
    stand.until(lambda: stand.state.strips[0].gain_db == 0.0)
    stand.until(lambda: page(stand).scenes.pads[1].pad.current)


@pytest.mark.parametrize(("said", "gone"), [("Clear", True), ("Cancel", False)])
def test_a_scene_is_cleared_only_after_a_question(stand: Stand, said: str, gone: bool) -> None:
    store(stand, 1, "intro")
    page(stand).scenes.clear(page(stand).scenes.pads[0])
    assert stand.state.show.scenes
    answer(stand, said)
    stand.rounds(3)
    assert (stand.state.show.scenes == ()) == gone


def test_storing_over_a_scene_asks_first(stand: Stand) -> None:
    store(stand, 1, "intro")
    stand.live.apply(StemGain("vocals", -6.0))
    page(stand).scenes.store.click()
    click(stand, 1)
    answer(stand, "Cancel")
    stand.rounds(3)
    click(stand, 1)
    stand.until(lambda: stand.state.strips[0].gain_db == 0.0)


def test_a_pads_menu_has_its_deeds_and_its_address(stand: Stand) -> None:
    store(stand, 3, "chorus")
    pad = page(stand).scenes.pads[2]
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), pad.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(pad, event)
    (menu,) = pad.findChildren(QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Go"
    assert "Rename …" in texts
    assert "/rtsep/scene/3/go" in texts
    next(action for action in menu.actions() if action.text() == "Add to the set list").trigger()
    menu.close()
    stand.until(lambda: stand.state.show.set_list == (3,))


def test_the_second_bank_is_scenes_17_to_32(stand: Stand) -> None:
    store(stand, 1)
    button(stand, "17 – 32").click()
    stand.live.apply(SceneStore(20, "late"))
    stand.until(lambda: page(stand).scenes.pads[3].pad.name == "late")
    assert not page(stand).scenes.pads[0].pad.stored


def test_the_set_list_is_edited_and_played(stand: Stand) -> None:
    for number in (1, 2):
        store(stand, number, f"s{number}")
    stand.live.apply(SetList((1, 2)))
    shown = page(stand).set_list.list
    stand.until(lambda: shown.count() == 2)
    shown.setCurrentRow(1)
    button(stand, "Up").click()
    stand.until(lambda: stand.state.show.set_list == (2, 1))
    stand.until(lambda: shown.currentRow() == 0)
    button(stand, "Next").click()
    stand.until(lambda: stand.state.show.scene == 2)
    stand.until(lambda: "now" in shown.item(0).text())
    button(stand, "Remove").click()
    stand.until(lambda: stand.state.show.set_list == (1,))


def test_tempo_is_typed_tapped_and_not_changed_under_a_hand(stand: Stand) -> None:
    tempo = page(stand).tempo
    tempo.bpm.setValue(120.0)
    stand.until(lambda: stand.state.show.bpm == 120.0 and tempo.bpm.value() == 120.0)
    tempo.bpm.setFocus()
    stand.live.apply(Tempo(90.0))
    stand.until(lambda: stand.state.show.bpm == 90.0)
    stand.rounds(3)
    assert tempo.bpm.value() == 120.0
    tempo.bpm.clearFocus()
    stand.until(lambda: tempo.bpm.value() == 90.0)
    tempo.quantise.setCurrentIndex(3)
    tempo.quantise.activated.emit(3)
    stand.until(lambda: stand.state.show.quantise == 4)


def test_a_take_is_started_below_the_folder_and_stopped(stand: Stand) -> None:
    take = page(stand).take
    take.folder.setText("/music")
    take.button.click()
    stand.until(lambda: stand.state.recording.replace("\\", "/").startswith("/music/recording-"))
    stand.until(lambda: take.button.isChecked() and take.button.text() == "Stop recording")
    take.button.click()
    stand.until(lambda: not stand.state.recording)
    stand.until(lambda: take.button.text() == "Record")


def test_a_session_of_a_bad_name_is_refused_in_place(stand: Stand) -> None:
    session = page(stand).session
    session.name.setText("../evil")
    session.save.click()
    assert session._problem.isVisible()


def test_keys_of_a_pad(stand: Stand) -> None:
    pad = page(stand).scenes.pads[0]
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Insert)
    stand.until(lambda: pad.pad.stored)
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    answer(stand, "Clear")
    stand.until(lambda: not pad.pad.stored)
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert not stand.window.findChildren(QMessageBox)


def test_it_can_be_restyled(stand: Stand) -> None:
    store(stand, 1)
    stand.window.restyle(LIGHT)
    stand.rounds(2)
