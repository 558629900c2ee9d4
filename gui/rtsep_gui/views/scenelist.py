"""The scenes to tap, in the order they come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from rtsep.control import EngineState
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.scenelist import SceneRow, scene_rows
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.theme import GRID, LARGE, NORMAL, font

HEIGHT = 8 * GRID
NONE = "No scenes yet. The Show page keeps them."


class SceneLine(QAbstractButton):
    """Filled: it sounds; outlined: it comes."""

    def __init__(self, live: Live, palette: Palette, row: SceneRow) -> None:
        super().__init__()
        self.row = row
        self._colours = palette
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"Scene {row.number}, {row.name} {row.mark}".rstrip())
        self.clicked.connect(lambda: live.apply(row.recall))
        attach_menu(self, live, row.path)

    def sizeHint(self) -> QSize:
        return QSize(20 * GRID, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, row = self._colours, self.row
        full = row.mark == "now" and self.isEnabled()
        marked = row.mark == "coming" or self.hasFocus()
        painter.setPen(QPen(QColor(colours.accent), 3 if row.mark == "coming" else 1) if marked else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent if full else colours.line if self.isDown() else colours.raised))
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(box, 6, 6)
        room = box.adjusted(2 * GRID, 0, -2 * GRID, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        ink, pale = (colours.ground, colours.ground) if full else (colours.text, colours.dim)
        painter.setFont(font(NORMAL, bold=True))
        painter.setPen(QColor(pale))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, str(row.number))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, row.mark)
        taken = painter.fontMetrics().horizontalAdvance(row.mark) + GRID if row.mark else 0
        painter.setFont(font(LARGE, bold=full))
        painter.setPen(QColor(ink if self.isEnabled() else colours.dim))
        words = room.adjusted(4 * GRID, 0, -taken, 0)
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, name)


class SceneList(QScrollArea):
    """Made anew when a line changes; it scrolls to what sounds."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__()
        self._live, self._colours = live, palette
        self._rows: tuple[SceneRow, ...] | None = None
        self.lines: list[SceneLine] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def refresh(self, state: EngineState) -> None:
        """What the host says."""
        rows = scene_rows(state)
        if rows != self._rows:
            self._rows = rows
            self._rebuild(rows)

    def _rebuild(self, rows: tuple[SceneRow, ...]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        at = self.verticalScrollBar().value()
        self.lines = [SceneLine(self._live, self._colours, row) for row in rows]
        for line in self.lines:
            column.addWidget(line)
        if not rows:
            none = QLabel(NONE)
            none.setProperty("class", "dim")
            none.setWordWrap(True)
            column.addWidget(none)
        column.addStretch()
        self.setWidget(inside)
        self.verticalScrollBar().setValue(at)
        for line in self.lines:
            if line.row.mark == "now":
                self.ensureWidgetVisible(line)

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._colours = palette
        self._rows = None
