"""Level of the last minute: RMS as a surface, the peak as a line over it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from rtsep_gui.models.history import POINTS, History
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.theme import GRID, SMALL, font

BOTTOM_DB, TOP_DB = -72.0, 0.0
LINES_DB = (-20, -40, -60)


def runs(present: np.ndarray) -> list[tuple[int, int]]:
    """Where something is known: (first, one behind the last) of every stretch.

    >>> runs(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], present, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def down(level_db: np.ndarray | float, height: int) -> np.ndarray:
    """Where a level stands in a picture so many pixels high, from its top."""
    share = (np.clip(level_db, BOTTOM_DB, TOP_DB) - BOTTOM_DB) / (TOP_DB - BOTTOM_DB)
    return (1.0 - share) * (height - 1)


class LevelAxis(QWidget):
    """Marks beside a history, dBFS."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.setFixedWidth(4 * GRID)
        self._palette = palette

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter = QPainter(self)
        painter.setFont(font(SMALL))
        painter.setPen(QColor(self._palette.dim))
        for level_db in LINES_DB:
            top = round(float(down(level_db, self.height()))) - SMALL // 2 - 2
            box = QRect(0, top, self.width() - GRID // 2, SMALL + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"−{-level_db}")


class HistoryView(QWidget):
    """One meter's. Painted when a point has come, five times a second."""

    def __init__(self, history: History, row: int, colour: str | None, palette: Palette) -> None:
        """`row` of the history; without a `colour` the theme's neutral one."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._history, self._row, self._colour = history, row, colour
        self._palette = palette
        self._shown = -1
        self.setToolTip("Level of the last minute in dBFS: peak (line) and RMS (surface)")

    def look(self) -> None:
        """Paint again if there is a new point."""
        if self._shown != self._history.version:
            self._shown = self._history.version
            self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def _y(self, level_db: np.ndarray | float) -> np.ndarray:
        return down(level_db, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter, palette = QPainter(self), self._palette
        painter.fillRect(self.rect(), QColor(palette.sunken))
        painter.setPen(QColor(palette.line))
        for level_db in LINES_DB:
            y = round(float(self._y(level_db)))
            painter.drawLine(0, y, self.width(), y)
        if self._row >= self._history.rows:
            return
        # The newest point is still being gathered.
        peak_db, rms_db = self._history.peak_db[self._row, :-1], self._history.rms_db[self._row, :-1]
        x = np.linspace(0.0, self.width() - 1, POINTS - 1)
        surface, line = QColor(self._colour or palette.dim), QColor(self._colour or palette.text)
        surface.setAlphaF(0.55)
        for first, last in runs(~np.isnan(peak_db)):
            self._stretch(painter, x[first:last], peak_db[first:last], rms_db[first:last], surface, line)
        if not np.isnan(peak_db[-1]):
            self._numbers(painter, float(peak_db[-1]), float(rms_db[-1]))

    def _stretch(
        self,
        painter: QPainter,
        x: np.ndarray,
        peak_db: np.ndarray,
        rms_db: np.ndarray,
        surface: QColor,
        line: QColor,
    ) -> None:
        floor = float(self.height())
        points = [QPointF(*point) for point in zip(x, self._y(rms_db), strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(surface)
        painter.drawPolygon(QPolygonF([QPointF(x[0], floor), *points, QPointF(x[-1], floor)]))
        painter.setPen(QPen(line, 1.0))
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in zip(x, self._y(peak_db), strict=True)]))

    def _numbers(self, painter: QPainter, peak_db: float, rms_db: float) -> None:
        def said(level_db: float) -> str:
            return f"{level_db:.1f}".replace("-", "−") if level_db > BOTTOM_DB else "silent"

        text = f"peak {said(peak_db)}   RMS {said(rms_db)}" if peak_db > BOTTOM_DB else "silent"
        painter.setFont(font(SMALL))
        box = painter.fontMetrics().boundingRect(text).adjusted(0, 0, GRID, 4)
        box.moveTo(4, 4)
        ground = QColor(self._palette.sunken)
        ground.setAlphaF(0.85)
        painter.fillRect(box, ground)
        painter.setPen(QColor(self._palette.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
