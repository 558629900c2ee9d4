"""The form in which a device is chosen: on the setup page, and before any host runs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rtsep_gui.models.setup import BLOCKS, FILE, RATES, Devices, Wish, host_apis, names
from rtsep_gui.views.panel import form, say, words
from rtsep_gui.views.theme import GRID

DEFAULT = "default"
SOUNDS = "Sound (*.wav *.flac *.ogg *.mp3 *.aif *.aiff);;Everything (*)"


def _choices(combo: QComboBox, texts: list[str]) -> None:
    """Fill a box; what was chosen stays if it is still there."""
    before = combo.currentText()
    combo.blockSignals(True)
    combo.clear()
    combo.addItems(texts)
    combo.setCurrentIndex(max(0, combo.findText(before)))
    combo.blockSignals(False)


def _combo(*texts: str) -> QComboBox:
    made = QComboBox()
    made.addItems(texts)
    made.setMinimumWidth(20 * GRID)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


class DeviceForm(QWidget):
    """Host API, input, output, rate, block; or a file."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._devices: Devices = ()
        self.host_api, self.input, self.output = _combo(FILE), _combo(DEFAULT), _combo(DEFAULT)
        self.rate = _combo(DEFAULT, *(f"{rate} Hz" for rate in RATES))
        self.block = _combo(DEFAULT, *(f"{block} frames" for block in BLOCKS))
        self.path = QLineEdit()
        self.path.setPlaceholderText("path of a sound file")
        self._browse = QPushButton("Choose …")
        self._browse.clicked.connect(self._choose_file)
        self._file = QWidget()
        line = QHBoxLayout(self._file)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.path, 1)
        line.addWidget(self._browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._lines = form(
            ("Audio system", self.host_api),
            ("Input", self.input),
            ("Output", self.output),
            ("File", self._file),
            ("Sample rate", self.rate),
            ("Block", self.block),
        )
        column.addLayout(self._lines)
        self.note = words("", "dim", wrapped=True)
        column.addWidget(self.note)
        for box in (self.host_api, self.input, self.output, self.rate, self.block):
            box.currentIndexChanged.connect(self._on_choice)
        self.path.textChanged.connect(lambda _: self.changed.emit())
        self._on_choice()

    def show_devices(self, devices: Devices, note: str) -> None:
        """What there is on this machine; `note`: why there is no more."""
        self._devices = devices
        _choices(self.host_api, host_apis(devices))
        say(self.note, note)
        self.note.setVisible(bool(note))
        self._on_choice()

    def wish(self) -> Wish:
        """What is chosen."""

        def figure(combo: QComboBox) -> int:
            return 0 if combo.currentText() == DEFAULT else int(combo.currentText().split()[0])

        def name(combo: QComboBox) -> str:
            return "" if combo.currentText() == DEFAULT else combo.currentText()

        rate, block = figure(self.rate), figure(self.block)
        if self.host_api.currentText() == FILE:
            return Wish(FILE, rate=rate, block=block, path=self.path.text().strip())
        return Wish(self.host_api.currentText(), name(self.input), name(self.output), rate, block)

    def _on_choice(self) -> None:
        chosen = self.host_api.currentText()
        for combo, way in ((self.input, "inputs"), (self.output, "outputs")):
            _choices(combo, [DEFAULT, *names(self._devices, chosen, way)])
        for row in range(1, 4):
            for column in (0, 1):
                item = self._lines.itemAtPosition(row, column)
                if item is not None and (widget := item.widget()) is not None:
                    widget.setVisible((chosen == FILE) == (row == 3))
        self.changed.emit()

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "A song to play", "", SOUNDS)
        if path:
            self.path.setText(path)
