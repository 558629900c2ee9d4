"""A gain in large figures, which can be typed over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from rtsep_gui.models.faders import gain_text, typed_gain


class ReadOut(QLineEdit):
    """`typed` is a gain in dB. Escape, or leaving it, brings the host's value back."""

    typed = Signal(float)

    def __init__(self, name: str, kind: str = "readout") -> None:
        """`name`: for screen readers; `kind`: its class in the theme."""
        super().__init__()
        self._gain_db = 0.0
        self.setProperty("class", kind)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(name)
        self.setText(gain_text(0.0))
        self.setMinimumWidth(0)
        self.returnPressed.connect(self._entered)

    def show_gain(self, gain_db: float) -> None:
        """What the fader shows."""
        self._gain_db = gain_db
        words = gain_text(gain_db)
        if not self.hasFocus() and words != self.text():
            self.setText(words)

    def _entered(self) -> None:
        gain_db = typed_gain(self.text())
        self.clearFocus()
        if gain_db is not None:
            self.typed.emit(gain_db)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setText(gain_text(self._gain_db))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
            return
        super().keyPressEvent(event)
