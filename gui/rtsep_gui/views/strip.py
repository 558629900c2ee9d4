"""One stem's strip, from its sound at the top to its way out at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rtsep.changes import RecallSafe, StemGain, StemMute, StemOutput, StemPan, StemSide, StemSolo
from rtsep.control import EngineState, Level, Strip
from rtsep.errors import BlockError
from rtsep_gui.models.addresses import stem_path
from rtsep_gui.models.faders import PAN, pan_text
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette, ink_on, stem_colour
from rtsep_gui.models.strips import OUTPUTS, outputs, silenced
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.fader import Fader
from rtsep_gui.views.knob import Knob
from rtsep_gui.views.meter import Meter
from rtsep_gui.views.readout import ReadOut
from rtsep_gui.views.routing import Output, Sides
from rtsep_gui.views.theme import GRID, NORMAL, SMALL, font
from rtsep_gui.views.toggle import Toggle
from rtsep_gui.views.wave import Wave

HEAD = 5 * GRID
NARROWEST, WIDEST = 15 * GRID, 54 * GRID
CORNER = 6.0
COLOUR_BAR = 4


class StripView(QWidget):
    """Shows one `Strip` of the state, asks `live` for what hands do. Emits `focused` when its fader takes the keys."""

    focused = Signal()

    def __init__(self, live: Live, palette: Palette, index: int, stem: str) -> None:
        super().__init__()
        self._live, self._palette = live, palette
        self._index, self.stem = index, stem
        self._colour = stem_colour(index)
        self._silenced = self._chosen = False
        self.wave = Wave(palette, self._colour)
        self.pan = Knob(palette, PAN, pan_text, "Pan")
        self.fader = Fader(palette, self._colour)
        self.meter = Meter(palette, self._colour)
        self.readout = ReadOut(f"Gain of {stem}, dB")
        self.mute, self.solo = Toggle("M", f"Mute {stem}"), Toggle("S", f"Solo {stem}")
        self.solo.paint_in(self._colour, ink_on(self._colour))
        self.sides, self.output = Sides(stem, palette), Output(stem)
        self.safe = Toggle("Safe", f"Scenes leave {stem} alone", "small")
        self.fader.setAccessibleName(f"Fader of {stem}")
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, HEAD, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.wave, 1)
        column.addWidget(self.pan)
        long = QHBoxLayout()
        long.setSpacing(GRID)
        long.addStretch()
        long.addWidget(self.fader)
        long.addWidget(self.meter)
        long.addStretch()
        column.addLayout(long, 5)
        column.addWidget(self.readout)
        column.addLayout(_row(self.mute, self.solo))
        column.addWidget(self.sides)
        column.addLayout(_row(self.output, self.safe))

    def _wire(self) -> None:
        live, stem = self._live, self.stem
        self.fader.moved.connect(self._gain)
        self.readout.typed.connect(lambda gain_db: live.apply(StemGain(stem, gain_db)))
        self.fader.focused.connect(self.focused)
        self.pan.moved.connect(lambda value: live.apply(StemPan(stem, value)))
        self.mute.clicked.connect(lambda: live.apply(StemMute(stem, not self.mute.isChecked())))
        self.solo.clicked.connect(lambda: live.apply(StemSolo(stem, not self.solo.isChecked())))
        self.safe.clicked.connect(lambda: live.apply(RecallSafe(stem, not self.safe.isChecked())))
        self.sides.chosen.connect(lambda side: live.apply(StemSide(stem, side)))
        self.output.chosen.connect(lambda channel: live.apply(StemOutput(stem, channel)))
        for widget, node, reset in (
            (self.fader, "gain_db", StemGain(stem, 0.0)),
            (self.readout, "gain_db", StemGain(stem, 0.0)),
            (self.pan, "pan", StemPan(stem, 0.0)),
            (self.mute, "mute", StemMute(stem, False)),
            (self.solo, "solo", StemSolo(stem, False)),
            (self.safe, "safe", RecallSafe(stem, False)),
            (self.output, "output", StemOutput(stem, -1)),
            *((button, "side", StemSide(stem, "")) for button in self.sides.buttons.values()),
        ):
            attach_menu(widget, live, stem_path(stem, node), reset)
        meter = f"/rtsep/meter/stem/{stem_path(stem, '').split('/')[3]}"
        attach_menu(self.meter, live, meter)

    def _gain(self, gain_db: float) -> None:
        self._live.apply(StemGain(self.stem, gain_db))
        self.readout.show_gain(gain_db)

    def refresh(self, state: EngineState, strip: Strip, chosen: bool) -> None:
        """What the host says."""
        self.fader.show_value(strip.gain_db)
        self.readout.show_gain(self.fader.value)
        self.pan.show_value(strip.pan)
        self.mute.show_on(strip.mute)
        self.solo.show_on(strip.solo)
        self.safe.show_on(strip.stem in state.show.safe)
        self.sides.show_side(strip.side)
        most = self._live.eyes.outputs if self._live.eyes else OUTPUTS
        self.output.show_output(strip.output, outputs(state, strip.output, most))
        quiet = silenced(strip, state)
        self.wave.set_colour(self._palette.dim if quiet else self._colour)
        if (quiet, chosen) != (self._silenced, self._chosen):
            self._silenced, self._chosen = quiet, chosen
            self.update()

    def tick(self, level: Level | None) -> None:
        """This moment's level; None: nobody answers."""
        self.meter.show_level(level)
        if level is None or self._live.eyes is None:
            self.wave.clear()

    def listen(self) -> None:
        """Let the waveform have what has been heard since."""
        eyes = self._live.eyes
        if eyes is None:
            return
        try:
            end, sound = eyes.sound(self._index, self.wave.since, int(eyes.sample_rate))
        except BlockError:  # another separator plays; the next state says so
            return
        self.wave.feed(end, sound, eyes.sample_rate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room the fader is a bigger target."""
        super().resizeEvent(event)
        breadth = min(max(self.width() // 5, 5 * GRID), 9 * GRID)
        self.fader.set_breadth(breadth)
        self.meter.set_breadth(round(0.4 * breadth))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, box = self._palette, QRectF(self.rect())
        painter.setPen(QPen(QColor(colours.dim), 1.5) if self._chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CORNER, CORNER)
        alive = self.isEnabled()
        painter.fillRect(
            QRectF(GRID, GRID, box.width() - 2 * GRID, COLOUR_BAR), QColor(self._colour if alive else colours.line)
        )
        words = QRectF(GRID, GRID + COLOUR_BAR, box.width() - 2 * GRID, HEAD - GRID - COLOUR_BAR)
        painter.setPen(QColor(colours.dim))
        painter.setFont(font(SMALL))
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._index < 9:
            painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, str(self._index + 1))
        painter.setFont(font(NORMAL, bold=True))
        painter.setPen(QColor(colours.dim if self._silenced or not alive else colours.text))
        room = int(words.width()) - 2 * GRID
        name = painter.fontMetrics().elidedText(self.stem, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, name)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID // 2)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
