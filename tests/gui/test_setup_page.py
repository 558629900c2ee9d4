"""The setup page: separators switch live, parameters are generated, the device is the host's to change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from test_setup_models import DEVICES, told
from window import Stand

from rtsep.changes import Knob
from rtsep.separators.classic import Classic
from rtsep.spec import Parameter, SeparatorSpec
from rtsep_gui.models.palette import LIGHT
from rtsep_gui.models.setup import FILE
from rtsep_gui.views.control_menu import ControlMenu
from rtsep_gui.views.setup import SetupPage

pytestmark = pytest.mark.gui


class Answered:
    """In place of a question to `rtsep`."""

    def __init__(self, answer: object, problem: str = "") -> None:
        self.answer, self.problem, self.done = answer, problem, True


@pytest.fixture
def stand(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    answers = {"devices": DEVICES, "separators": told("classic", "stage")}
    monkeypatch.setattr("rtsep_gui.views.setup.Asked", lambda what: Answered(answers[what]))
    made = Stand(qtbot, [SetupPage], Classic().spec)
    page(made).take_answers()
    made.rounds(2)
    yield made
    made.close()


def page(stand: Stand) -> SetupPage:
    found = stand.window.pages[0]
    assert isinstance(found, SetupPage)
    return found


def test_a_separator_is_switched_to_by_a_press(stand: Stand) -> None:
    rows = page(stand).list.rows
    assert list(rows) == ["classic", "stage", "bad"]
    assert not rows["bad"].isEnabled()
    (menu,) = rows["stage"].findChildren(ControlMenu)
    assert menu.path == "/rtsep/separator/load"
    QTest.mouseClick(rows["stage"], Qt.MouseButton.LeftButton)
    stand.until(lambda: stand.state.separator_name == "stage")
    stand.until(lambda: rows["stage"].accessibleName() == "stage plays")


def test_a_models_file_is_opened_and_shown_by_its_name(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/models/rave.ts", ""))
    (button,) = (b for b in page(stand).findChildren(QPushButton) if b.text().startswith("Open a model"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    stand.until(lambda: stand.state.separator_name == "/models/rave.ts")
    stand.until(lambda: page(stand).list.rows["/models/rave.ts"].accessibleName() == "rave.ts plays")


def test_the_one_that_plays_is_not_asked_for_again(stand: Stand) -> None:
    QTest.mouseClick(page(stand).list.rows["classic"], Qt.MouseButton.LeftButton)
    stand.rounds(3)
    assert stand.remote.engine.applied == []


def test_parameters_are_knobs_by_law_and_range(stand: Stand) -> None:
    controls = page(stand).knobs.controls
    assert list(controls) == [parameter.name for parameter in Classic().spec.parameters]
    QTest.keyClick(controls["contrast"], Qt.Key.Key_Up)
    stand.until(lambda: stand.state.knobs[-1] > 1.0)
    stand.live.apply(Knob("contrast", 4.0))
    stand.until(lambda: controls["contrast"].value == 4.0)  # type: ignore[union-attr]


def test_a_parameter_that_is_on_or_off_is_a_switch(stand: Stand) -> None:
    spec = SeparatorSpec("x", ("a", "b"), 2, (48000,), 64, 0, True, (Parameter("deep", "", 0, 1, 0, "toggle"),))
    stand.remote.load(spec)
    stand.until(lambda: list(page(stand).knobs.controls) == ["deep"])
    switch = page(stand).knobs.controls["deep"]
    assert isinstance(switch, QPushButton)
    switch.click()
    stand.until(lambda: stand.state.knobs == (1.0,))
    stand.until(switch.isChecked)


def test_devices_are_offered_as_they_are_told(stand: Stand) -> None:
    form = page(stand).form
    assert form.host_api.currentText() == FILE
    form.host_api.setCurrentText("ALSA")
    assert [form.input.itemText(index) for index in range(form.input.count())] == ["default", "interface", "mic"]
    form.input.setCurrentText("mic")
    form.block.setCurrentText("64 frames")
    assert form.wish().arguments() == ("--host-api", "ALSA", "--input", "mic", "--block", "64")


def test_for_a_foreign_host_there_is_a_command_to_type(stand: Stand) -> None:
    shown = page(stand)
    shown.form.host_api.setCurrentText("JACK")
    assert not shown._restart.isVisible()
    shown._copy.click()
    assert QGuiApplication.clipboard().text().startswith("rtsep run --host-api JACK")


def test_the_windows_own_host_is_restarted_after_a_question(stand: Stand) -> None:
    shown, wanted = page(stand), []
    shown.restart.connect(wanted.append)
    shown.own = True
    shown.form.host_api.setCurrentText("JACK")
    stand.rounds(1)
    assert shown._restart.isVisible()
    assert shown.keep.isVisible()
    shown._restart.click()
    (box,) = stand.window.findChildren(QMessageBox)
    assert wanted == []
    next(button for button in box.buttons() if button.text() == "Restart").click()
    stand.until(lambda: bool(wanted))
    assert wanted[0][:2] == ("--host-api", "JACK")


def test_a_file_must_be_chosen_before_anything_starts(stand: Stand) -> None:
    shown = page(stand)
    shown.own = True
    stand.rounds(1)
    assert not shown._restart.isEnabled()
    shown.form.path.setText("song.wav")
    assert shown._restart.isEnabled()


def test_it_can_be_restyled(stand: Stand) -> None:
    stand.window.restyle(LIGHT)
    stand.rounds(2)
