"""The list of separators: one button each, which switches live."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from rtsep.control import short_name
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.setup import SeparatorRow
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.theme import GRID, NORMAL, SMALL, font

HEIGHT = 6 * GRID
PATH = "/rtsep/separator/load"


class Row(QAbstractButton):
    """One separator: name and promise at the left, at the right what it does just now."""

    def __init__(self, row: SeparatorRow, palette: Palette) -> None:
        super().__init__()
        self._row = row
        self._palette = palette
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_row(row, palette)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(30 * GRID, HEIGHT)

    def show_row(self, row: SeparatorRow, palette: Palette) -> None:
        """Another state of it, or another theme."""
        self._row, self._palette = row, palette
        self.setText(short_name(row.name))
        self.setAccessibleName(f"{short_name(row.name)} {row.status}".strip())
        self.setEnabled(row.status != "broken")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the left marks the one that plays."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, row = self._palette, self._row
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        over = self.isEnabled() and (self.underMouse() or self.hasFocus()) and row.choosable
        painter.setPen(QColor(palette.accent if self.hasFocus() else palette.line if over else "transparent"))
        painter.setBrush(QColor(palette.sunken if row.status == "plays" or self.isDown() else "transparent"))
        painter.drawRoundedRect(place, 4, 4)
        if row.status == "plays":
            painter.fillRect(QRectF(0, GRID, 3, HEIGHT - 2 * GRID), QColor(palette.accent))
        painter.setFont(font(NORMAL, bold=row.status == "plays"))
        painter.setPen(QColor(palette.text if self.isEnabled() else palette.dim))
        text = place.adjusted(2 * GRID, 6, -2 * GRID, -6)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(text, left | Qt.AlignmentFlag.AlignTop, short_name(row.name))
        painter.setPen(QColor(palette.warning if row.status in ("gets ready", "broken") else palette.dim))
        painter.setFont(font(NORMAL))
        said = row.status or ("switch" if over else "")
        painter.drawText(text, right | Qt.AlignmentFlag.AlignVCenter, said)
        painter.setPen(QColor(palette.dim))
        painter.setFont(font(SMALL))
        room = int(text.width()) - painter.fontMetrics().horizontalAdvance("gets ready") - 4 * GRID
        about = painter.fontMetrics().elidedText(row.about, Qt.TextElideMode.ElideRight, room)
        painter.drawText(text, left | Qt.AlignmentFlag.AlignBottom, about)


class SeparatorList(QWidget):
    """All of them. Rows are made only when there are others than before."""

    chosen = Signal(str)
    """Play this one."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__()
        self._live = live
        self._palette = palette
        self.rows: dict[str, Row] = {}
        self._shown: list[SeparatorRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_rows(self, rows: list[SeparatorRow]) -> None:
        """What there is now."""
        if rows == self._shown:
            return
        self._shown = rows
        if [row.name for row in rows] != list(self.rows):
            self._make(rows)
        for row in rows:
            self.rows[row.name].show_row(row, self._palette)

    def _make(self, rows: list[SeparatorRow]) -> None:
        for old in self.rows.values():
            old.deleteLater()
        self.rows = {}
        for row in rows:
            button = Row(row, self._palette)
            button.clicked.connect(lambda _=False, name=row.name: self._press(name))
            attach_menu(button, self._live, PATH)
            self._column.addWidget(button)
            self.rows[row.name] = button

    def _press(self, name: str) -> None:
        if next(row for row in self._shown if row.name == name).choosable:
            self.chosen.emit(name)

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        for row in self._shown:
            self.rows[row.name].show_row(row, palette)
