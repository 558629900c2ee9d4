"""A knob: an arc from its rest to where it stands, and the value in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from rtsep_gui.models.faders import Way
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.control import Control
from rtsep_gui.views.theme import GRID, SMALL, font

SIZE = 4 * GRID
SWEEP = 270.0
"""Degrees from one end to the other, the gap below."""
ARC = 4.0


class Knob(Control):
    """Dragged up and down; its words stand at its right."""

    def __init__(self, palette: Palette, way: Way, words: Callable[[float], str], about: str = "") -> None:
        super().__init__(way, palette)
        self._words, self._about = words, about
        self._keys = self._keys | {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(about)

    def sizeHint(self) -> QSize:
        return QSize(SIZE + 8 * GRID, SIZE + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(SIZE + 6 * GRID, SIZE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(ARC, ARC, SIZE - 2 * ARC, SIZE - 2 * ARC)
        painter.setPen(_arc(self.colours.sunken))
        painter.drawArc(circle, _angle(0.0), round(-16 * SWEEP))
        rest = self.way.place(self.way.rest)
        colour = self.colours.accent if self.isEnabled() else self.colours.dim
        painter.setPen(_arc(colour))
        painter.drawArc(circle, _angle(rest), round(-16 * SWEEP * (self.place - rest)))
        painter.save()
        painter.translate(circle.center())
        painter.rotate(SWEEP * (self.place - 0.5))
        painter.setPen(QPen(QColor(self.colours.text), 2))
        painter.drawLine(0, -4, 0, round(ARC + 2 - SIZE / 2))
        painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.colours.accent), 1))
            painter.drawEllipse(circle.adjusted(5, 5, -5, -5))
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        left = SIZE + GRID
        room = QRectF(left, 0, self.width() - left, SIZE)
        painter.setFont(font(SMALL))
        flags = Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(self.colours.dim))
        half = room.adjusted(0, 0, 0, -SIZE / 2)
        painter.drawText(half, flags | Qt.AlignmentFlag.AlignBottom, self._about)
        painter.setPen(QColor(self.colours.text if self.isEnabled() else self.colours.dim))
        painter.drawText(half.translated(0, SIZE / 2), flags | Qt.AlignmentFlag.AlignTop, self._words(self.value))


def _angle(place: float) -> int:
    """Qt's: sixteenths of a degree, anticlockwise from three o'clock."""
    return round(16 * (90.0 + SWEEP / 2 - SWEEP * place))


def _arc(colour: str) -> QPen:
    return QPen(QColor(colour), ARC, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
