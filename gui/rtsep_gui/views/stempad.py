"""A pad the size of a hand: tap mutes, two taps solo, holding silences."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from rtsep.changes import StemMute
from rtsep.control import EngineState, Level, Strip
from rtsep.units import db_to_fader
from rtsep_gui.models.addresses import stem_path
from rtsep_gui.models.live import Live
from rtsep_gui.models.pads import HOLD_S, Pad
from rtsep_gui.models.palette import Palette, ink_on, stem_colour
from rtsep_gui.models.strips import pad_words, silenced
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.hands import Hands
from rtsep_gui.views.theme import GRID, HUGE, LARGE, NORMAL, font

CORNER = 10.0
BAR = 2 * GRID
"""Height of the level at its foot."""


class StemPad(Hands):
    """One stem's."""

    def __init__(self, live: Live, palette: Palette, index: int, stem: str) -> None:
        super().__init__()
        self.colours, self._live = palette, live
        self._colour = stem_colour(index)
        self._pad = Pad(stem)
        self._strip = Strip(stem)
        self._words, self._quiet = "", False
        self._level = 0.0
        self._drawn = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: live.apply(*self._pad.wait(time.monotonic())))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"Pad of {stem}: tap mutes, two taps solo, holding silences")
        attach_menu(self, live, stem_path(stem, "mute"), StemMute(stem, False))

    def sizeHint(self) -> QSize:
        return QSize(24 * GRID, 24 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * GRID, 12 * GRID)

    def pressed(self, at: QPointF, double: bool) -> None:
        self._pad.press(time.monotonic())
        self._timer.start(round(1000 * HOLD_S) + 1)
        self.update()

    def released(self) -> None:
        self._timer.stop()
        self._live.apply(*self._pad.release(time.monotonic(), self._strip))
        self.update()

    def cancelled(self) -> None:
        self._timer.stop()
        self._live.apply(*self._pad.cancel())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            event.ignore()
        elif not event.isAutoRepeat():
            self.pressed(QPointF(), False)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            event.ignore()
        elif not event.isAutoRepeat():
            self.released()

    def refresh(self, state: EngineState, strip: Strip) -> None:
        """What the host says."""
        self._strip = strip
        now = (pad_words(strip, state), silenced(strip, state))
        if now != (self._words, self._quiet):
            self._words, self._quiet = now
            self.update()

    def tick(self, level: Level | None) -> None:
        """This moment's level; None: nobody answers."""
        self._level = db_to_fader(level.peak_db) if level else 0.0
        drawn = round(self._level * self.width())
        if drawn != self._drawn:
            self._drawn = drawn
            self.update(self._bar().toAlignedRect())

    def _bar(self) -> QRectF:
        return QRectF(2 * GRID, self.height() - BAR - 2 * GRID, self.width() - 4 * GRID, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, alive = self.colours, self.isEnabled()
        loud = alive and not self._quiet
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(self._colour if alive else colours.line), 4 if self._pad.down else 2))
        painter.setBrush(QColor(self._colour if loud else colours.sunken))
        painter.drawRoundedRect(box, CORNER, CORNER)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.text), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(4, 4, -4, -4), CORNER - 3, CORNER - 3)
        ink = QColor(ink_on(self._colour) if loud else colours.dim)
        painter.setPen(ink)
        words = box.adjusted(GRID, GRID, -GRID, -BAR - 3 * GRID)
        name, state = _sizes(box.width())
        painter.setFont(font(name, bold=True))
        shown = painter.fontMetrics().elidedText(self._strip.stem, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words.adjusted(0, 0, 0, -2 * state), Qt.AlignmentFlag.AlignCenter, shown)
        painter.setFont(font(state, bold=True))
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._words)
        bar = self._bar()
        ground = QColor(ink)
        ground.setAlphaF(0.25)
        painter.fillRect(bar, ground)
        painter.fillRect(QRectF(bar.x(), bar.y(), bar.width() * self._level, bar.height()), ink)


def _sizes(width: float) -> tuple[int, int]:
    """Of name and state, for a pad so wide."""
    if width > 22 * GRID:
        return HUGE, LARGE
    return (LARGE, NORMAL) if width > 17 * GRID else (NORMAL, NORMAL)
