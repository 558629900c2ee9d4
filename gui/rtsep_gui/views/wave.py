"""A stem's last seconds as a waveform in little. A new column is painted into a picture that turns, nothing else."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rtsep_gui.models.envelope import Audio, Envelope
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.theme import GRID

COLUMN_PX = 2


class Wave(QWidget):
    """Fed with sound; its width says how many columns the seconds have."""

    def __init__(self, palette: Palette, colour: str) -> None:
        super().__init__()
        self.colours, self.colour = palette, colour
        self._rate = 0.0
        self._envelope: Envelope | None = None
        self._picture = QPixmap()
        self._painted = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(12 * GRID, 6 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * GRID, 6 * GRID)

    @property
    def since(self) -> int:
        """Position up to which it has heard."""
        return self._envelope.end if self._envelope else 0

    def set_colour(self, colour: str) -> None:
        """Another, for all of it."""
        if colour != self.colour:
            self.colour = colour
            self._repaint_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._envelope = None

    def clear(self) -> None:
        """Nobody answers: nothing is to be seen."""
        if self._envelope is not None:
            self._envelope = None
            self.update()

    def feed(self, end: int, sound: Audio, sample_rate: float) -> None:
        """Samples (C, n) that end at `end` on the host's clock."""
        if self._envelope is None or sample_rate != self._rate:
            self._rate = sample_rate
            self._envelope = Envelope(sample_rate, max(8, self.width() // COLUMN_PX))
            self._envelope.feed(end, sound)
            self._repaint_all()
        elif self._envelope.feed(end, sound):
            self._paint_columns(self._envelope, self._painted)
            self.update()

    def _repaint_all(self) -> None:
        if self._envelope is None:
            return
        ratio = self.devicePixelRatioF()
        size = QSize(self._envelope.columns * COLUMN_PX, self.height())
        self._picture = QPixmap(size * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._paint_columns(self._envelope, self._envelope.column - self._envelope.columns)
        self.update()

    def _paint_columns(self, envelope: Envelope, after: int) -> None:
        """Those after column `after` up to the newest that is complete."""
        newest = envelope.column - 1
        painter = QPainter(self._picture)
        height = self.height()
        middle = height / 2
        ground, ink = QColor(self.colours.sunken), QColor(self.colour)
        for column in range(max(after + 1, newest - envelope.columns + 1), newest + 1):
            at = column % envelope.columns
            x = at * COLUMN_PX
            painter.fillRect(x, 0, COLUMN_PX, height, ground)
            low, high = float(envelope.low[at]), float(envelope.high[at])
            if not np.isnan(low):
                top, bottom = round(middle * (1.0 - _seen(high))), round(middle * (1.0 - _seen(low)))
                painter.fillRect(x, top, COLUMN_PX, max(1, bottom - top), ink)
        painter.end()
        self._painted = newest

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colours.sunken))
        if self._envelope is None:
            return
        # The picture turns: the oldest column stands right after the newest.
        ratio = self._picture.devicePixelRatio()
        split = (self._painted + 1) % self._envelope.columns * COLUMN_PX
        width = self._envelope.columns * COLUMN_PX
        left, height = self.width() - width, self.height()
        for start, end, x in ((split, width, left), (0, split, left + width - split)):
            part = QRectF(start * ratio, 0, (end - start) * ratio, height * ratio)
            painter.drawPixmap(QRectF(x, 0, end - start, height), self._picture, part)


def _seen(sample: float) -> float:
    """How far from the middle: by the root, so that what is soft is seen too; full scale reaches the edge."""
    return float(np.copysign(min(1.0, abs(sample)) ** 0.5, sample))
