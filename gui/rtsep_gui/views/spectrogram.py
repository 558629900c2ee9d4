"""A picture that scrolls, and its axes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rtsep_gui.models.palette import Palette
from rtsep_gui.models.pictures import marks, shown_s
from rtsep_gui.views.theme import GRID, SMALL, font

Render = Callable[[int, int], NDArray[np.uint32]]
"""render(columns, rows): pixels (columns, rows) of the newest columns, the lowest row first."""
AXIS_WIDTH = 5 * GRID
AXIS_HEIGHT = 2 * GRID + 4
MARK_APART = 18
"""Least distance of two marks of a frequency axis, pixels."""


class Scroll(QWidget):
    """One column to a pixel, the newest at the right.

    Not pyqtgraph's ImageItem, which sends the whole image through its colour table whenever a column comes: six
    pictures of 1100 x 110 took 2.5 ms so, and 0.12 ms like this (median, two cores at 2.1 GHz). Here only new columns
    are coloured; they are written into a ring, and what is older is copied as it is, in two parts.
    """

    def __init__(self, render: Render, palette: Palette) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(3 * GRID)
        self._render = render
        self._ground = QColor(palette.sunken)
        self._image = QImage()
        self._pixels: NDArray[np.uint32] = np.zeros((0, 0), dtype=np.uint32)
        self._cursor = 0

    @property
    def columns(self) -> int:
        """As many as it is wide, in pixels of the screen."""
        return self._pixels.shape[1]

    def advance(self, columns: int) -> None:
        """So many new ones have come."""
        height, width = self._pixels.shape
        columns = min(columns, width)
        if columns and height:
            places = (self._cursor + np.arange(columns)) % width
            self._pixels[::-1, places] = self._render(columns, height).T
            self._cursor = (self._cursor + columns) % width
            self.update()

    def redraw(self) -> None:
        """All of it anew: other colours, another size."""
        ratio = self.devicePixelRatioF()
        width, height = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        self._image = QImage(width, height, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(ratio)
        row_pixels = self._image.bytesPerLine() // 4
        self._pixels = np.frombuffer(self._image.bits(), np.uint32).reshape(height, row_pixels)[:, :width]
        self._cursor = 0
        self.advance(width)

    def blank(self) -> None:
        """Nothing to show."""
        self._image.fill(self._ground)
        self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._ground = QColor(palette.sunken)
        self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's."""
        self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter = QPainter(self)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        width, height, ratio = self._image.width(), self._image.height(), self._image.devicePixelRatio()
        older = width - self._cursor
        painter.drawImage(QPoint(0, 0), self._image, QRect(self._cursor, 0, older, height))
        if self._cursor:
            painter.translate(older / ratio, 0.0)
            painter.drawImage(QPoint(0, 0), self._image, QRect(0, 0, self._cursor, height))


class FrequencyAxis(QWidget):
    """Marks beside a picture: hertz, or the Cs of the keyboard."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.setFixedWidth(AXIS_WIDTH)
        self._palette = palette
        self._notes = False
        self._sample_rate = 48000.0

    def show_marks(self, notes: bool, sample_rate: float) -> None:
        """Which ones."""
        self._notes, self._sample_rate = notes, sample_rate
        self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter = QPainter(self)
        painter.setFont(font(SMALL))
        height, right = self.height(), self.width()
        for name, place in marks(self._notes, self._sample_rate, height, MARK_APART):
            y = round((1.0 - place) * (height - 1))
            painter.setPen(QColor(self._palette.line))
            painter.drawLine(right - 5, y, right - 2, y)
            painter.setPen(QColor(self._palette.dim))
            top = min(max(0, y - SMALL // 2 - 2), height - SMALL - 4)
            painter.drawText(QRect(0, top, right - GRID, SMALL + 4), Qt.AlignmentFlag.AlignRight, name)


class TimeAxis(QWidget):
    """Seconds before now, under what scrolls."""

    def __init__(self, palette: Palette, span_s: float | None = None) -> None:
        """`span_s`: the time that the whole width stands for; None: one of a `Scroll`."""
        super().__init__()
        self.setFixedHeight(AXIS_HEIGHT)
        self._palette = palette
        self._span_s = span_s

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's."""
        return QSize(8 * GRID, AXIS_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter = QPainter(self)
        painter.setFont(font(SMALL))
        span_s = self._span_s or shown_s(self.width() * self.devicePixelRatioF())
        step_s = next(step for step in (1, 2, 5, 10, 15, 30, 60) if span_s / step <= 6 or step == 60)
        for count in range(int(span_s / step_s) + 1):
            x = round((1.0 - count * step_s / span_s) * (self.width() - 1))
            painter.setPen(QColor(self._palette.line))
            painter.drawLine(x, 0, x, 3)
            painter.setPen(QColor(self._palette.dim))
            box = QRect(x - 30, 5, 60, SMALL + 4)
            if box.left() < 0:
                continue
            name = f"−{count * step_s} s" if count else "now"
            if box.right() > self.width():
                box.moveRight(self.width() - 1)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, name)
            else:
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, name)
