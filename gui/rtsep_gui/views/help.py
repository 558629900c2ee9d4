"""All keys on one page, over everything else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rtsep_gui.models.palette import Palette
from rtsep_gui.models.shortcuts import groups
from rtsep_gui.views.theme import GRID, LARGE, NORMAL, font

ROW = 3.25 * GRID
COLUMN = 56 * GRID
KEYS = 20 * GRID
FOOT = "A right click on a control: MIDI learn, its OSC address, reset. Double click: reset. Shift: fine."


class Help(QWidget):
    """Covers its parent while it is shown; a click puts it away."""

    def __init__(self, parent: QWidget, palette: Palette) -> None:
        super().__init__(parent)
        self._palette = palette
        self.setAccessibleName("Help: keys")
        self.hide()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette

    def toggle(self) -> None:
        """Show it, or put it away."""
        parent = self.parentWidget()
        if self.isVisible() or parent is None:
            self.hide()
            return
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = QColor(self._palette.ground)
        ground.setAlphaF(0.97)
        painter.fillRect(self.rect(), ground)
        sections = groups()
        first = next(iter(sections))
        left, top = max(2.0 * GRID, (self.width() - 2 * COLUMN - 4 * GRID) / 2), 5.0 * GRID
        self._section(painter, first, left, top)
        left += COLUMN + 4 * GRID
        for name in list(sections)[1:]:
            top = self._section(painter, name, left, top) + 2 * GRID
        painter.setFont(font(NORMAL))
        painter.setPen(QColor(self._palette.dim))
        bottom = QRectF(0, self.height() - 6 * GRID, self.width(), 4 * GRID)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignCenter, FOOT)

    def _section(self, painter: QPainter, name: str, left: float, top: float) -> float:
        """One group; where it ends."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(LARGE))
        painter.setPen(QColor(self._palette.text))
        painter.drawText(QRectF(left, top, COLUMN, 4 * GRID), middle, name)
        top += 5 * GRID
        for row in groups()[name]:
            painter.setFont(font(NORMAL, bold=True))
            painter.setPen(QColor(self._palette.text))
            painter.drawText(QRectF(left, top, KEYS, ROW), middle | Qt.AlignmentFlag.AlignLeft, row.shown)
            painter.setFont(font(NORMAL))
            painter.setPen(QColor(self._palette.dim))
            painter.drawText(QRectF(left + KEYS + 2 * GRID, top, COLUMN - KEYS - 2 * GRID, ROW), middle, row.about)
            top += ROW
        return top
