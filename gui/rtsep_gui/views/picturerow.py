"""A row of the spectra page: name, frequency axis, picture, level history."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy

from rtsep_gui.models.history import History
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.history import HistoryView, LevelAxis
from rtsep_gui.views.spectrogram import FrequencyAxis, Render, Scroll
from rtsep_gui.views.theme import GRID, NORMAL, SMALL, font

NAME_WIDTH = 12 * GRID


class NameButton(QAbstractButton):
    """A signal's name with its colour; pressed, its row stands alone."""

    def __init__(self, name: str, colour: str | None, palette: Palette) -> None:
        super().__init__()
        self.setText(name)
        self.setCheckable(True)
        self.setToolTip(f"Show {name} alone, or all again")
        self.setAccessibleName(name)
        self.setFixedWidth(NAME_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._colour, self._palette, self._muted = colour, palette, False

    def show_muted(self, muted: bool) -> None:
        """Say whether the strip is."""
        if muted != self._muted:
            self._muted = muted
            self.setAccessibleDescription("muted" if muted else "")
            self.update()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's."""
        return QSize(NAME_WIDTH, 3 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's."""
        painter, palette = QPainter(self), self._palette
        if self.underMouse() or self.isChecked():
            painter.fillRect(self.rect(), QColor(palette.raised))
        if self._colour is not None:
            painter.fillRect(QRect(0, 0, GRID // 2, self.height()), QColor(self._colour))
        if self.hasFocus():
            painter.setPen(QColor(palette.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        inside = self.rect().adjusted(GRID + 4, GRID // 2, -GRID // 2, -GRID // 2)
        painter.setFont(font(NORMAL, bold=True))
        painter.setPen(QColor(palette.dim if self._muted else palette.text))
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, name)
        if self._muted:
            painter.setFont(font(SMALL))
            painter.drawText(inside.adjusted(0, NORMAL + 6, 0, 0), Qt.AlignmentFlag.AlignTop, "muted")


class PictureRow:
    """Its widgets, which stand in a grid."""

    def __init__(
        self, name: str, colour: str | None, render: Render, history: History, meter: int, palette: Palette
    ) -> None:
        """`meter`: the row of `history`."""
        stem = colour if meter > 1 else None
        self.name = NameButton(name, colour, palette)
        self.axis = FrequencyAxis(palette)
        self.picture = Scroll(render, palette)
        self.history = HistoryView(history, meter, stem, palette)
        self.levels = LevelAxis(palette)
        self._shown, self._pictured = True, True

    @property
    def _widgets(self) -> tuple[NameButton, FrequencyAxis, Scroll, LevelAxis, HistoryView]:
        return self.name, self.axis, self.picture, self.levels, self.history

    def place(self, grid: QGridLayout, row: int) -> None:
        """Into row `row`."""
        for column, widget in enumerate(self._widgets):
            grid.addWidget(widget, row, column)

    def remove(self) -> None:
        """For good."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()

    def show_whole(self, shown: bool) -> None:
        """The row, or nothing of it."""
        self._shown = shown
        self._apply()

    def show_picture(self, pictured: bool) -> None:
        """The picture too, or levels alone."""
        if pictured != self._pictured:
            self._pictured = pictured
            self._apply()

    def _apply(self) -> None:
        for widget in (self.name, self.levels, self.history):
            widget.setVisible(self._shown)
        for widget in (self.axis, self.picture):
            widget.setVisible(self._shown and self._pictured)

    def isVisible(self) -> bool:  # as of a widget
        """Whether its picture can be seen."""
        return self.picture.isVisible()

    def show_muted(self, muted: bool) -> None:
        """Say whether the strip is."""
        self.name.show_muted(muted)

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        for widget in self._widgets:
            widget.restyle(palette)
