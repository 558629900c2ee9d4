"""The panel over the greyed-out window while no host answers: what is the matter, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rtsep_gui.models.asking import Asked
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.standing import Offer, Standing
from rtsep_gui.views.devices import DeviceForm
from rtsep_gui.views.panel import Panel, say, words
from rtsep_gui.views.theme import GRID

WIDTH = 84 * GRID
VEIL = 0.65
LABELS: dict[Offer, str] = {
    "demo": "Play the demo song",
    "device": "Use my audio interface …",
    "take over": "Take over",
}


class Welcome(QWidget):
    """Covers its parent, which it greys out, with a panel in the middle."""

    demo = Signal()
    start = Signal(tuple)
    """A host with these options of `rtsep run`."""
    take_over = Signal(str)

    def __init__(self, parent: QWidget, palette: Palette) -> None:
        super().__init__(parent)
        self._palette = palette
        self.panel = Panel("")
        self.panel.setObjectName("welcome")
        self.panel.setFixedWidth(WIDTH)
        self.panel.heading.setProperty("class", "title")
        around = QVBoxLayout(self)
        around.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignCenter)
        self._shown: Standing | None = None
        self._devices: Asked | None = None
        self.words = words("", "dim", True)
        self.form = DeviceForm()
        self.begin = QPushButton("Start")
        self.begin.setToolTip("Start a host on this device")
        self.buttons: dict[Offer, QPushButton] = {offer: QPushButton(text) for offer, text in LABELS.items()}
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in (*self.buttons.values(), self.begin):
            button.setMinimumHeight(6 * GRID)
            line.addWidget(button)
        self.panel.column.setSpacing(2 * GRID)
        self.panel.column.addWidget(self.words)
        self.panel.column.addWidget(self.form)
        self.panel.column.addLayout(line)
        self.panel.column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        self.buttons["demo"].clicked.connect(self.demo)
        self.buttons["device"].clicked.connect(self._open_form)
        self.buttons["take over"].clicked.connect(lambda: self.take_over.emit(self._shown.host if self._shown else ""))
        self.begin.clicked.connect(lambda: self.start.emit(self.form.wish().arguments()))
        self.form.changed.connect(lambda: self.begin.setEnabled(not self.form.wish().problem))
        self._fold()

    def _fold(self) -> None:
        self.form.hide()
        self.begin.hide()

    def _open_form(self) -> None:
        """Let a device be chosen."""
        self.form.show()
        self.begin.show()
        self.buttons["device"].hide()
        self._devices = Asked("devices")
        self.form.show_devices((), "looking for devices …")
        self.place()

    def show_standing(self, standing: Standing | None) -> None:
        """What is the matter; None: nothing, a host answers."""
        self._take_devices()
        if standing == self._shown:
            return
        self._shown = standing
        self.setVisible(standing is not None)
        if standing is None:
            return
        say(self.panel.heading, standing.title)
        say(self.words, standing.words)
        self._fold()
        for offer, button in self.buttons.items():
            button.setVisible(offer in standing.offers)
        self.place()
        first = next((self.buttons[offer] for offer in standing.offers), None)
        if first is not None:
            first.setDefault(True)
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.raise_()

    def _take_devices(self) -> None:
        if self._devices is not None and self._devices.done:
            found, problem = self._devices.answer or (), self._devices.problem
            self._devices = None
            none = "" if found else "No audio device found: connect one, or start a JACK server. A file can be played."
            self.form.show_devices(found, problem or none)
            self.place()

    def place(self) -> None:
        """Over the whole parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil over what is no longer true."""
        veil = QColor(self._palette.ground)
        veil.setAlphaF(VEIL)
        QPainter(self).fillRect(event.rect(), veil)

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()
