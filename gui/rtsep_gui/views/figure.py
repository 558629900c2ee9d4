"""A number with its name above it, painted only when it differs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rtsep_gui.models.health import Severity
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.theme import GRID, NORMAL, SMALL, font


class Figure(QWidget):
    """`show_value` it; as wide as the widest text so far."""

    def __init__(self, name: str, palette: Palette, size: int = NORMAL) -> None:
        super().__init__()
        self._name, self._palette, self._size = name, palette, size
        self._value = self._note = ""
        self._severity: Severity = "calm"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def value(self) -> str:
        """As it is read."""
        return self._value

    @property
    def severity(self) -> Severity:
        """As it is coloured."""
        return self._severity

    def show_value(self, value: str, severity: Severity = "calm", note: str = "") -> None:
        """Show it; calm, amber or red. A `note` stands behind it, in small."""
        if (value, severity, note) == (self._value, self._severity, self._note):
            return
        wider = len(value) + len(note) > len(self._value) + len(self._note)
        self._value, self._severity, self._note = value, severity, note
        self.setAccessibleDescription(f"{value} {note}".rstrip())
        if wider:
            self.updateGeometry()
        self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's."""
        name = QFontMetrics(font(SMALL)).horizontalAdvance(self._name)
        value = QFontMetrics(font(self._size, bold=True)).horizontalAdvance(self._value)
        note = QFontMetrics(font(SMALL)).horizontalAdvance(self._note)
        return QSize(max(name, value + GRID + note, 6 * GRID) + 4, SMALL + self._size + GRID + 4)

    def minimumSizeHint(self) -> QSize:
        """Qt's."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter, palette = QPainter(self), self._palette
        painter.setFont(font(SMALL))
        painter.setPen(QColor(palette.dim))
        painter.drawText(QRect(0, 0, self.width(), SMALL + 4), Qt.AlignmentFlag.AlignLeft, self._name)
        painter.setFont(font(self._size, bold=True))
        colours = {"calm": palette.text, "warning": palette.warning, "fault": palette.fault}
        painter.setPen(QColor(colours[self._severity]))
        below = QRect(0, SMALL + 5, self.width(), self.height() - SMALL - 5)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._value)
        metrics = painter.fontMetrics()
        below.adjust(metrics.horizontalAdvance(self._value) + GRID, 0, 0, 0)
        baseline = below.top() + metrics.ascent()
        painter.setFont(font(SMALL))
        painter.setPen(QColor(palette.dim))
        painter.drawText(below.left(), baseline, self._note)
