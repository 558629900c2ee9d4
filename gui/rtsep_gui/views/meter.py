"""A meter on the fader's own scale: RMS solid, peak lighter, held peak a line, and a light for clips."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rtsep.control import Level
from rtsep.units import db_to_fader
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.strips import Bars, MeterModel
from rtsep_gui.views.fader import INSET
from rtsep_gui.views.theme import GRID

LIGHT = 10
"""Height of the clip light, pixels."""
FULL_SCALE = db_to_fader(0.0)
PEAK_ALPHA = 130


class Meter(QWidget):
    """Upright; as high as the fader beside it. A click puts its light out."""

    def __init__(self, palette: Palette, colour: str, breadth: int = 2 * GRID) -> None:
        super().__init__()
        self.colours, self.colour = palette, colour
        self._breadth = breadth
        self._model = MeterModel()
        self._bars = Bars()
        self._drawn: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(self._breadth, 20 * GRID)

    def set_breadth(self, breadth: int) -> None:
        """Another, as there is room."""
        if breadth != self._breadth:
            self._breadth = breadth
            self.updateGeometry()

    @property
    def lit(self) -> bool:
        """The clip light burns."""
        return self._bars.lit

    def set_colour(self, colour: str) -> None:
        """Another, such as a muted stem's."""
        if colour != self.colour:
            self.colour = colour
            self.update()

    def show_level(self, level: Level | None) -> None:
        """This moment's; None: nobody answers."""
        self._bars = bars = self._model.bars(level)
        scale = self.height() * self.devicePixelRatioF()
        drawn = (round(bars.rms * scale), round(bars.peak * scale), round(bars.hold * scale), int(bars.lit))
        if drawn != self._drawn:
            self._drawn = drawn
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._model.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width, way = self.width(), self.height() - 2 * INSET
        bottom = INSET + way

        def bar(low: float, high: float, colour: QColor) -> None:
            if high > low:
                painter.fillRect(QRectF(0, bottom - high * way, width, (high - low) * way), colour)

        bars = self._bars
        painter.fillRect(QRectF(0, INSET, width, way), QColor(self.colours.sunken))
        bar(0.0, min(bars.rms, FULL_SCALE), QColor(self.colour))
        peak = QColor(self.colour)
        peak.setAlpha(PEAK_ALPHA)
        bar(bars.rms, min(bars.peak, FULL_SCALE), peak)
        bar(FULL_SCALE, bars.peak, QColor(self.colours.fault))
        if bars.hold > 0.0:
            line = self.colours.fault if bars.hold > FULL_SCALE else self.colours.text
            painter.fillRect(QRectF(0, bottom - bars.hold * way - 1, width, 2), QColor(line))
        painter.fillRect(QRectF(0, bottom - FULL_SCALE * way, width, 1), QColor(self.colours.line))
        light = self.colours.fault if bars.lit else self.colours.sunken
        painter.fillRect(QRectF(0, INSET - LIGHT - 4, width, LIGHT), QColor(light))
