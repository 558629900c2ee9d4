"""Compute against its deadline: a sparkline of the last minute, and a histogram of everything."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from rtsep_gui.models.loadgraph import POINTS, Bars, LoadTrace
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.theme import GRID, SMALL, font

TOP = 1.25
"""Of a sparkline, in deadlines."""


class Sparkline(QWidget):
    """The typical hop as a line, the longest of each half second as a bar, the deadline above; what passed it is amber."""

    def __init__(self, trace: LoadTrace, palette: Palette, height: int = 2 * GRID) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFixedHeight(height)
        self.setMinimumWidth(15 * GRID)
        self._trace, self._palette = trace, palette
        self._shown = -1

    def look(self) -> None:
        """Paint again if there is a new point."""
        if self._shown != self._trace.version:
            self._shown = self._trace.version
            self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter, palette, height = QPainter(self), self._palette, self.height()
        painter.fillRect(self.rect(), QColor(palette.sunken))
        step = self.width() / POINTS
        for place in np.flatnonzero(~np.isnan(self._trace.most)):
            most = float(self._trace.most[place])
            top = height * (1.0 - min(most, TOP) / TOP)
            colour = palette.warning if most > 1.0 else palette.line
            painter.fillRect(QRectF(place * step, top, max(1.0, step), height - top), QColor(colour))
        painter.setPen(QPen(QColor(palette.dim), 1, Qt.PenStyle.DotLine))
        deadline = round(height * (1.0 - 1.0 / TOP))
        painter.drawLine(0, deadline, self.width(), deadline)
        painter.setPen(QColor(palette.text))
        line = QPolygonF()
        for place, typical in enumerate(self._trace.typical):
            if np.isnan(typical):
                painter.drawPolyline(line)
                line = QPolygonF()
            else:
                line.append(QPointF((place + 0.5) * step, height * (1.0 - min(float(typical), TOP) / TOP)))
        painter.drawPolyline(line)


class LoadHistogram(QWidget):
    """Times of hops on a logarithmic axis; the deadline, p50, p99.9 and the longest as lines."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumHeight(12 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._palette = palette
        self._bars: Bars | None = None
        self._deadline_us = 0.0
        self.setToolTip(
            "Hops by their compute time; heights by the square root of their number, so that rare ones show"
        )

    def show_bars(self, bars: Bars | None, deadline_us: float) -> None:
        """Paint these; None: they cannot be seen from here."""
        if bars is None and self._bars is None:
            return
        self._bars, self._deadline_us = bars, deadline_us
        self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter, palette = QPainter(self), self._palette
        painter.fillRect(self.rect(), QColor(palette.sunken))
        painter.setFont(font(SMALL))
        bars = self._bars
        if bars is None or not len(bars.shares):
            painter.setPen(QColor(palette.dim))
            text = "no hops yet" if bars is not None else "seen only on the host's own machine"
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        low = np.log(max(1.0, min(bars.edges_us[1] / 2, self._deadline_us / 20)))
        high = np.log(max(bars.edges_us[-1], self._deadline_us) * 1.3)
        foot = self.height() - SMALL - GRID

        def x(time_us: float) -> float:
            return float((np.log(max(time_us, 1e-3)) - low) / (high - low) * self.width())

        # The square root of a share, so that one late hop in ten thousand can be seen.
        heights = np.sqrt(bars.shares / bars.shares.max()) * (foot - 3 * GRID)
        for left, right, tall in zip(bars.edges_us[:-1], bars.edges_us[1:], heights, strict=True):
            late = left >= self._deadline_us
            box = QRectF(x(left), foot - max(1.0, tall), max(1.0, x(right) - x(left) - 1), max(1.0, tall))
            painter.fillRect(box, QColor(palette.warning if late else palette.dim))
        painter.setPen(QColor(palette.line))
        painter.drawLine(0, foot, self.width(), foot)
        for time_us in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000):
            at = round(x(time_us))
            if 20 < at < self.width() - 20:
                painter.setPen(QColor(palette.line))
                painter.drawLine(at, foot, at, foot + 3)
                painter.setPen(QColor(palette.dim))
                name = f"{time_us} µs" if time_us < 1000 else f"{time_us // 1000} ms"
                painter.drawText(QRect(at - 30, foot + 4, 60, SMALL + 4), Qt.AlignmentFlag.AlignHCenter, name)
        at = round(x(self._deadline_us))
        painter.setPen(QPen(QColor(palette.text), 2))
        painter.drawLine(at, 2 * GRID + 4, at, foot)
        painter.drawText(QRect(at - 150, 3, 150 + 30, SMALL + 4), Qt.AlignmentFlag.AlignRight, "deadline")
