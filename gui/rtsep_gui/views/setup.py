"""The setup page: on what the host plays, which separator, and what can be set about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rtsep.control import EngineState, short_name
from rtsep_gui.models.asking import Asked
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.knobs import plain_knobs
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.setup import Switch, command_line, restart_arguments, separator_rows
from rtsep_gui.views.devices import DeviceForm
from rtsep_gui.views.knobgrid import KnobGrid
from rtsep_gui.views.page import Page
from rtsep_gui.views.panel import Panel, ask, say, words
from rtsep_gui.views.separators import SeparatorList
from rtsep_gui.views.theme import GRID

MODELS = "Models (*.ts *.nm *.toml *.onnx);;All files (*)"
ASK_EVERY = 60
"""Pictures between looks at whether an answer has come."""


class SetupPage(Page):
    """Device at the left, separators and their parameters at the right."""

    title = "Setup"
    restart = Signal(tuple)
    """Start the host anew with these options; only where it is this window's own."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self.own = False
        """Whether the window started the host, and so may start it anew."""
        self.keep = QCheckBox("Keep playing when this window closes")
        self._switch = Switch()
        self._devices: Asked | None = None
        self._separators: Asked | None = None
        self._told: dict | None = None
        self._pictures = 0
        self.form = DeviceForm()
        self.list = SeparatorList(live, palette)
        self.knobs = KnobGrid(live, palette)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, GRID, 0, GRID)
        across.setSpacing(2 * GRID)
        across.addLayout(self._left(), 2)
        across.addLayout(self._right(), 3)
        self.form.changed.connect(self._show_command)
        self.list.chosen.connect(self._choose)

    def _left(self) -> QVBoxLayout:
        now, device = Panel("Plays now on"), Panel("Another device")
        self._device, self._figures, self._runtime = words("", "", True), words(), words("", "", True)
        for line in (self._device, self._figures, self._runtime):
            now.column.addWidget(line)
        self._restart = QPushButton("Restart with this device …")
        self._restart.clicked.connect(self._ask_restart)
        self._look = QPushButton("Look for devices again")
        self._look.clicked.connect(self._ask_devices)
        self._command = QLineEdit()
        self._command.setReadOnly(True)
        self._command.setPlaceholderText("the command, once a file is chosen")
        self._copy = QPushButton("Copy")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._command.text()))
        line = QHBoxLayout()
        line.addWidget(self._command, 1)
        line.addWidget(self._copy)
        self._why = words("", "dim", True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._restart)
        buttons.addWidget(self._look)
        buttons.addStretch()
        device.column.addWidget(self.form)
        device.column.addWidget(self._why)
        device.column.addLayout(line)
        device.column.addLayout(buttons)
        device.column.addWidget(self.keep)
        column = QVBoxLayout()
        column.setSpacing(2 * GRID)
        column.addWidget(now)
        column.addWidget(device)
        column.addStretch()
        return column

    def _right(self) -> QVBoxLayout:
        separators, parameters = Panel("Separators"), Panel("Parameters")
        self._progress = words("", "warning", True)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        inside = QWidget()
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self.list)
        held.addStretch()
        area.setWidget(inside)
        for part in (area, area.viewport(), inside):
            part.setAutoFillBackground(False)
        separators.column.addWidget(area, 1)
        separators.column.addWidget(self._progress)
        self._open = QPushButton("Open a model's file …")
        self._open.clicked.connect(self._open_file)
        separators.column.addWidget(self._open)
        self._parameters = parameters
        self._none = words("This separator has none.", "dim")
        parameters.column.addWidget(self._none)
        parameters.column.addWidget(self.knobs)
        column = QVBoxLayout()
        column.setSpacing(2 * GRID)
        column.addWidget(separators, 1)
        column.addWidget(parameters)
        return column

    def showEvent(self, event: object) -> None:
        """Ask for the lists when the page is first seen."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._separators is None:
            self._separators = Asked("separators")
            self._ask_devices()

    def _ask_devices(self) -> None:
        self._devices = Asked("devices")
        self.form.show_devices((), "looking for devices …")

    def tick(self, meters: Meters | None) -> None:
        """Take in what has been asked for, once it is there."""
        self._pictures = (self._pictures + 1) % ASK_EVERY
        if self._pictures == 0:
            self.take_answers()

    def take_answers(self) -> None:
        """Show the lists that have come."""
        if self._devices is not None and self._devices.done:
            found, problem = self._devices.answer or (), self._devices.problem
            self._devices = None
            none = "" if found else "No audio device found: connect one, or start a JACK server."
            self.form.show_devices(found, problem or none)
        if self._separators is not None and self._separators.done and self._told is None:
            self._told = self._separators.answer or {"separators": [], "broken": []}
            if self.live.state is not None:
                self.refresh(self.live.state)

    def refresh(self, state: EngineState) -> None:
        """Show a new state."""
        say(self._device, state.device)
        say(self._figures, f"{state.sample_rate:.0f} Hz, {state.block} frames")
        playing = short_name(state.separator_name)
        say(self._runtime, f"{playing} on {state.runtime}" if state.runtime else playing)
        self.list.show_rows(separator_rows(self._told, state))
        say(self._progress, self._switch.follow(state))
        self._progress.setVisible(bool(self._progress.text()))
        say(self._parameters.heading, f"Parameters of {playing}")
        views = plain_knobs(state)
        self._none.setVisible(not views)
        self.knobs.show_knobs(views)
        self._show_command()

    def _show_command(self) -> None:
        wish = self.form.wish()
        text = "" if wish.problem else command_line(restart_arguments(wish, self.live.state))
        if self._command.text() != text:
            self._command.setText(text)
            self._command.setCursorPosition(0)
        own = self.own
        for part, there in ((self._restart, own), (self.keep, own), (self._why, not own)):
            part.setVisible(there)
        self._restart.setEnabled(not wish.problem)
        self._copy.setEnabled(not wish.problem)
        self._restart.setToolTip(wish.problem or "the sound stops for as long as the host takes to start")
        say(self._why, "This window did not start the host. To play on another device, end it and type:")

    def _open_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "A model to play", "", MODELS)
        if path:
            self._choose(path)

    def _choose(self, name: str) -> None:
        if self.live.state is not None:
            self.live.apply(self._switch.choose(name, self.live.state))

    def _ask_restart(self) -> None:
        arguments = restart_arguments(self.form.wish(), self.live.state)
        question = "The sound stops until the host has started on the other device. Restart it now?"
        ask(self, question, "Restart", lambda: self.restart.emit(arguments))

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        super().restyle(palette)
        self.list.restyle(palette)
        self.knobs.restyle(palette)
