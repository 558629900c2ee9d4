"""A fader: upright with marks in dB, or lying for what goes from one thing to another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from rtsep_gui.models.faders import GAIN, GAIN_MARKS_DB, MINUS_INFINITY, Way
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.control import Control
from rtsep_gui.views.theme import GRID, SMALL, font

CAP = 5 * GRID
"""Length of the cap along the way."""
INSET = CAP / 2 + 1
"""From an end of the widget to the end of the way; a meter beside it has the same."""
GROOVE = 4.0


class Fader(Control):
    """Upright unless `sideways`."""

    def __init__(
        self,
        palette: Palette,
        colour: str,
        way: Way = GAIN,
        sideways: bool = False,
        breadth: int = 5 * GRID,
        size: int = SMALL,
    ) -> None:
        """`colour`: of the line on the cap; `breadth`: of the cap, `size`: of the marks' text, pixels."""
        super().__init__(way, palette, sideways)
        self.colour = colour
        self._breadth, self._size = breadth, size
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(grows if sideways else fixed, fixed if sideways else grows)

    def set_breadth(self, breadth: int) -> None:
        """Another, as there is room."""
        if breadth != self._breadth:
            self._breadth = breadth
            self.updateGeometry()
            self.update()

    @property
    def _margin(self) -> int:
        """For the marks, left of the cap."""
        return 2 * self._size + 6 if self.way.gain else 0

    def sizeHint(self) -> QSize:
        across = self._breadth + self._margin + 2
        return QSize(20 * GRID, across) if self.sideways else QSize(across, 30 * GRID)

    def minimumSizeHint(self) -> QSize:
        across = self._breadth + self._margin + 2
        return QSize(10 * GRID, across) if self.sideways else QSize(across, 12 * GRID)

    def travel(self) -> float:
        return max(1.0, (self.width() if self.sideways else self.height()) - 2 * INSET)

    def _along(self, place: float) -> float:
        """Pixels from the left, or from the top."""
        return INSET + self.travel() * (place if self.sideways else 1.0 - place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_groove(painter)
        if self.way.gain:
            self._paint_marks(painter)
        self._paint_cap(painter)

    def _middle(self) -> float:
        return self._margin + (self.width() - self._margin) / 2 if not self.sideways else self.height() / 2

    def _paint_groove(self, painter: QPainter) -> None:
        middle, rest = self._middle(), self._along(self.way.place(self.way.rest))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colours.sunken))
        groove = QRectF(middle - GROOVE / 2, INSET, GROOVE, self.travel())
        painter.drawRoundedRect(_turned(groove) if self.sideways else groove, 2, 2)
        # The notch: where a double click sets it.
        painter.setBrush(QColor(self.colours.dim))
        notch = QRectF(middle - self._breadth / 2, rest - 1, self._breadth, 2)
        painter.drawRect(_turned(notch) if self.sideways else notch)

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setFont(font(self._size))
        left = self._middle() - self._breadth / 2
        for mark in (*GAIN_MARKS_DB, self.way.minimum):
            y = self._along(self.way.place(mark))
            main = mark == self.way.rest
            painter.setPen(QColor(self.colours.text if main else self.colours.dim))
            words = MINUS_INFINITY if mark == self.way.minimum else f"{abs(mark):.0f}"
            box = QRectF(0, y - GRID, self._margin - 6, 2 * GRID)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            if not main:
                painter.setPen(QColor(self.colours.line))
                painter.drawLine(QPointF(left + 4, y), QPointF(left + self._breadth - 4, y))

    def _paint_cap(self, painter: QPainter) -> None:
        middle, at = self._middle(), self._along(self.place)
        cap = QRectF(middle - self._breadth / 2 + 1, at - CAP / 2, self._breadth - 2, CAP)
        line = QRectF(cap.left() + 4, at - 1.5, cap.width() - 8, 3)
        if self.sideways:
            cap, line = _turned(cap), _turned(line)
        edge = self.colours.text if self.held else self.colours.accent if self.hasFocus() else self.colours.dim
        painter.setPen(QPen(QColor(edge), 1.5 if self.held or self.hasFocus() else 1.0))
        painter.setBrush(QColor(self.colours.line))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour if self.isEnabled() else self.colours.dim))
        painter.drawRect(line)


def _turned(box: QRectF) -> QRectF:
    """An upright box, lying."""
    return QRectF(box.y(), box.x(), box.height(), box.width())
