"""A scene as a pad: its number, name and fade; pressed to go there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rtsep_gui.models.palette import Palette
from rtsep_gui.models.show import Pad
from rtsep_gui.views.theme import GRID, LARGE, NORMAL, SMALL, font


class ScenePad(QAbstractButton):
    """Filled: it sounds; outlined twice: it comes; empty ones stay in the ground."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.pad = Pad(0)
        self.storing = False
        self._palette = palette
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A finger, at least."""
        return QSize(16 * GRID, 10 * GRID)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(12 * GRID, 8 * GRID)

    def show_pad(self, pad: Pad, storing: bool) -> None:
        """Another state of it."""
        if (pad, storing) != (self.pad, self.storing):
            self.pad, self.storing = pad, storing
            self.setText(f"{pad.number} {pad.title}")
            self.setAccessibleName(f"scene {pad.number}, {pad.title}, {pad.detail}")
            self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number above, name in the middle, fade below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, pad = self._palette, self.pad
        place = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        full = pad.current and self.isEnabled()
        ground = palette.accent if full else palette.raised if pad.stored else "transparent"
        edge = palette.accent if self.hasFocus() or pad.coming else palette.line
        if self.isDown():
            ground = palette.line
        style = Qt.PenStyle.DashLine if self.storing else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(palette.warning if self.storing else edge), 3 if pad.coming else 1, style))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(place, 6, 6)
        if full and self.hasFocus():
            painter.setPen(QPen(QColor(palette.ground), 1))
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), 4, 4)
        text = place.adjusted(1.5 * GRID, GRID, -1.5 * GRID, -GRID)
        strong, weak = (palette.ground, palette.ground) if full else (palette.text, palette.dim)
        painter.setPen(QColor(weak))
        painter.setFont(font(NORMAL))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(pad.number))
        painter.setFont(font(SMALL))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, pad.detail)
        if not pad.stored:
            if self.storing:
                painter.drawText(text, Qt.AlignmentFlag.AlignCenter, "store here")
            return
        painter.setPen(QColor(strong if self.isEnabled() else palette.dim))
        size = LARGE if self.height() >= 11 * GRID else NORMAL
        painter.setFont(font(size, bold=pad.current))
        name = painter.fontMetrics().elidedText(pad.name, Qt.TextElideMode.ElideRight, int(text.width()))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
