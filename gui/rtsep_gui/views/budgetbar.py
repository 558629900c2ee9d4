"""The latency budget as one stacked bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rtsep_gui.models.budget import Part
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.theme import GRID, SMALL, font

STRENGTH = {"separator": 0.62, "adaptation": 0.34, "resampling": 0.46, "slack": 0.34}
"""How far a part's grey is from the ground: the separator's, which one can choose, stands out; the device's do not."""
OTHERS_STRENGTH = 0.2


def between(one: str, other: str, share: float) -> QColor:
    """A colour so far on the way from one to the other."""
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * share) for x, y in pairs))


class BudgetBar(QWidget):
    """Widths are times; a part without any is left out, one without room for its name has it in its tooltip."""

    def __init__(self, palette: Palette, height: int = 2 * GRID) -> None:
        super().__init__()
        self.setFixedHeight(height)
        self.setMinimumWidth(20 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._palette = palette
        self._parts: tuple[Part, ...] = ()

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Paint these."""
        if parts != self._parts:
            self._parts = parts
            self.setAccessibleDescription(", ".join(f"{part.name} {part.ms:.2f} ms" for part in parts))
            self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def boxes(self) -> list[tuple[Part, QRect]]:
        """Where the parts stand; edges are rounded, never their sums."""
        whole = sum(part.ms for part in self._parts) or 1.0
        placed, begun = [], 0.0
        for part in self._parts:
            left, right = (round(self.width() * at / whole) for at in (begun, begun + part.ms))
            begun += part.ms
            if part.frames:
                placed.append((part, QRect(left, 0, max(1, right - left - 1), self.height())))
        return placed

    def event(self, event: QEvent) -> bool:
        """Qt's: tooltips by part."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for part, box in self.boxes():
                if box.contains(event.pos()):
                    text = f"{part.name}: {part.ms:.2f} ms, {part.frames} frames\n{part.about}"
                    QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter, palette = QPainter(self), self._palette
        painter.setFont(font(SMALL))
        metrics = painter.fontMetrics()
        if not self._parts:
            painter.fillRect(self.rect(), QColor(palette.sunken))
        for part, box in self.boxes():
            strength = STRENGTH.get(part.name, OTHERS_STRENGTH)
            painter.fillRect(box, between(palette.ground, palette.text, strength))
            painter.setPen(QColor(palette.ground if strength > 0.4 else palette.text))
            for text in (f"{part.name}  {part.ms:.1f}", part.name, f"{part.ms:.1f}"):
                if metrics.horizontalAdvance(text) + 8 <= box.width():
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                    break
