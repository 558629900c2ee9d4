"""Tempo, takes and the session, beside the scenes."""

from __future__ import annotations

import platformdirs
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFileDialog, QHBoxLayout, QLineEdit, QMenu, QPushButton, QStyle

from rtsep.changes import Quantise, Record, SessionLoad, SessionSave, Tap, Tempo
from rtsep.control import EngineState
from rtsep_gui.models.live import Live
from rtsep_gui.models.sessions import name_problem, saved_sessions
from rtsep_gui.models.show import QUANTISE, take
from rtsep_gui.models.strips import going_on
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.panel import Panel, ask, say, words
from rtsep_gui.views.theme import GRID

HEIGHT = 34
"""Of fields beside buttons."""


def _when(beats: int) -> str:
    return f"scenes on {beats} beat{'s' if beats > 1 else ''}" if beats else "scenes at once"


class TempoPanel(Panel):
    """Beats a minute, tapped or typed, and to which beats scenes wait."""

    def __init__(self, live: Live) -> None:
        super().__init__("Tempo")
        self.bpm = QDoubleSpinBox()
        self.bpm.setRange(0.0, 400.0)
        self.bpm.setDecimals(1)
        self.bpm.setSpecialValueText("none")
        self.bpm.setSuffix(" bpm")
        self.bpm.setKeyboardTracking(False)
        self.bpm.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.bpm.setAccessibleName("Tempo")
        self.bpm.valueChanged.connect(lambda value: live.apply(Tempo(value)))
        self.tap = QPushButton("Tap")
        self.tap.pressed.connect(lambda: live.apply(Tap()))
        self.quantise = QComboBox()
        self.quantise.addItems([_when(beats) for beats in QUANTISE])
        self.quantise.setAccessibleName("Scenes come")
        self.quantise.activated.connect(lambda index: live.apply(Quantise(QUANTISE[index])))
        attach_menu(self.bpm, live, "/rtsep/tempo/bpm", Tempo(0.0))
        attach_menu(self.tap, live, "/rtsep/tempo/tap")
        attach_menu(self.quantise, live, "/rtsep/scene/quantise", Quantise(0))
        line = QHBoxLayout()
        for part, share in ((self.bpm, 3), (self.tap, 2), (self.quantise, 6)):
            line.addWidget(part, share)
            part.setMinimumHeight(HEIGHT)
        self.column.addLayout(line)

    def show_state(self, state: EngineState) -> None:
        """Not under a hand that types."""
        if not self.bpm.hasFocus() and self.bpm.value() != round(state.show.bpm, 1):
            self.bpm.blockSignals(True)
            self.bpm.setValue(state.show.bpm)
            self.bpm.blockSignals(False)
        if state.show.quantise in QUANTISE:
            self.quantise.setCurrentIndex(QUANTISE.index(state.show.quantise))
        else:
            self.quantise.setCurrentIndex(-1)


class TakePanel(Panel):
    """Recording of mix and stems."""

    def __init__(self, live: Live) -> None:
        super().__init__("Recording")
        self._live = live
        self.folder = QLineEdit(str(platformdirs.user_music_path() / "rtsep"))
        self.folder.setAccessibleName("Folder of takes")
        self.folder.setToolTip("Each take gets a folder of its own in there")
        browse = self.folder.addAction(
            self.style().standardIcon(QStyle.StandardPixmap.SP_DirOpenIcon), QLineEdit.ActionPosition.TrailingPosition
        )
        browse.triggered.connect(self._choose)
        self.format = QComboBox()
        self.format.addItems(["wav", "flac"])
        self.format.setAccessibleName("Format")
        self.button = QPushButton("Record")
        self.button.setCheckable(True)
        self.button.clicked.connect(self._press)
        attach_menu(self.button, live, "/rtsep/record/start")
        self.status = words("", "dim", True)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addWidget(self.format)
        line.addWidget(self.folder, 1)
        for field in (self.format, self.folder):
            field.setMinimumHeight(HEIGHT)
        self.column.addLayout(line)
        self.column.addWidget(self.status)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Takes go below", self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _press(self) -> None:
        state = self._live.state
        if state is not None:
            self._live.apply(
                Record(None) if going_on(state) else take(self.folder.text().strip(), self.format.currentText())
            )
            self.button.setChecked(going_on(state))  # the host says when it runs

    def show_state(self, state: EngineState) -> None:
        """Whether a take runs, where to and how long."""
        going = going_on(state)
        self.button.setChecked(going)
        if self.button.text() != (text := "Stop recording" if going else "Record"):
            self.button.setText(text)
        say(self.status, state.recording)
        self.status.setVisible(bool(state.recording))


class SessionPanel(Panel):
    """The show as a whole: where it is saved to, and those that were."""

    def __init__(self, live: Live) -> None:
        super().__init__("Session")
        self._live = live
        self.name = QLineEdit()
        self.name.setPlaceholderText("a name")
        self.name.setAccessibleName("Name of a session")
        self.name.returnPressed.connect(self._save)
        self.save = QPushButton("Save as")
        self.save.clicked.connect(self._save)
        self.load = QPushButton("Load …")
        self.load.clicked.connect(self._offer)
        self._problem = words("", "warning", True)
        self._problem.hide()
        attach_menu(self.save, live, "/rtsep/session/save")
        attach_menu(self.load, live, "/rtsep/session/load")
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.name, 1)
        self.name.setMinimumHeight(HEIGHT)
        for part in (self.save, self.load):
            line.addWidget(part)
        self.column.addLayout(line)
        self.column.addWidget(self._problem)

    def _save(self) -> None:
        name = self.name.text().strip()
        problem = name_problem(name)
        say(self._problem, problem)
        self._problem.setVisible(bool(problem))
        if not problem:
            self._live.apply(SessionSave(name))
            self.name.clear()

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for session in saved_sessions():
            action = menu.addAction(f"{session.name}    {session.about}")
            action.setEnabled(session.readable)
            action.triggered.connect(lambda _=False, name=session.name: self.ask_load(name))
        name = self.name.text().strip()
        if name:
            menu.addAction(f"{name}    by its name", lambda: self.ask_load(name))
        if menu.isEmpty():
            menu.addAction("nothing has been saved on this machine").setEnabled(False)
        menu.popup(self.load.mapToGlobal(self.load.rect().bottomLeft()))

    def ask_load(self, name: str) -> None:
        """Ask, then load."""
        question = f"Session {name!r} takes the place of what is on the desk and of all scenes."
        ask(self, question, "Load", lambda: self._live.apply(SessionLoad(name)))

    def show_state(self, state: EngineState) -> None:
        """Where it is saved to."""
        say(self.heading, f"Session {state.show.session}, saved as it changes" if state.show.session else "Session")
