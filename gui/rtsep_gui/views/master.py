"""The master strip: what is heard, and what goes for all stems at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rtsep.changes import Bypass, Crossfade, DryWet, MixGain, Panic, Quick, QuickState
from rtsep.control import EngineState, Level
from rtsep_gui.models.faders import CROSSFADE, DRY_WET
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.strips import QUICK, going_on, quick_in_force, quick_offered, record
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.fader import Fader
from rtsep_gui.views.knob import Knob
from rtsep_gui.views.meter import Meter
from rtsep_gui.views.readout import ReadOut
from rtsep_gui.views.theme import GRID, NORMAL, font
from rtsep_gui.views.toggle import Toggle

WIDTH = 34 * GRID


class Master(QWidget):
    """Shows the state's mix, asks `live` for what hands do."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__()
        self._live = live
        self.setProperty("class", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.fader = Fader(palette, palette.accent)
        self.meter = Meter(palette, palette.accent, 3 * GRID)
        self.readout = ReadOut("Gain of the mix, dB")
        self.dry_wet = Knob(palette, DRY_WET, lambda wet: f"{round(100 * wet)} %", "Wet")
        self.crossfade = Fader(palette, palette.accent, CROSSFADE, sideways=True, breadth=4 * GRID)
        self.bypass = Toggle("Bypass", "Bypass: the input, whatever the strips say")
        self.record = Toggle("Record", "Record mix and stems")
        self.panic = Toggle("PANIC", "Panic: everything silent", "panic")
        self.take = QLabel("")
        self.take.setProperty("class", "dim")
        self.quick: dict[QuickState, Toggle] = {name: Toggle(words, words) for words, name in QUICK}
        self.fader.setAccessibleName("Fader of the mix")
        self.crossfade.setAccessibleName("Crossfader")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        title = QLabel("Mix")
        title.setFont(font(NORMAL, bold=True))
        title.setFixedHeight(4 * GRID)
        column.addWidget(title)
        upper = QHBoxLayout()
        upper.setSpacing(GRID)
        upper.addWidget(self.fader)
        upper.addWidget(self.meter)
        upper.addSpacing(GRID)
        beside = QVBoxLayout()
        beside.setSpacing(GRID)
        beside.addWidget(self.dry_wet)
        beside.addSpacing(GRID)
        for button in self.quick.values():
            beside.addWidget(button)
        beside.addStretch()
        beside.addWidget(self.bypass)
        beside.addWidget(self.record)
        beside.addWidget(self.take)
        upper.addLayout(beside, 1)
        column.addLayout(upper, 1)
        sides = QGridLayout()
        sides.setHorizontalSpacing(GRID)
        for at, words in ((0, "A"), (2, "B")):
            sides.addWidget(QLabel(words), 0, at)
        sides.addWidget(self.crossfade, 0, 1)
        sides.setColumnStretch(1, 1)
        column.addWidget(self.readout)
        column.addLayout(sides)
        column.addWidget(self.panic)

    def _wire(self) -> None:
        live = self._live
        self.fader.moved.connect(lambda gain_db: live.apply(MixGain(gain_db)))
        self.fader.moved.connect(self.readout.show_gain)
        self.readout.typed.connect(lambda gain_db: live.apply(MixGain(gain_db)))
        self.dry_wet.moved.connect(lambda wet: live.apply(DryWet(wet)))
        self.crossfade.moved.connect(lambda position: live.apply(Crossfade(position)))
        self.bypass.clicked.connect(lambda: live.apply(Bypass(not self.bypass.isChecked())))
        self.panic.clicked.connect(lambda: live.apply(Panic(not self.panic.isChecked())))
        self.record.clicked.connect(self._record)
        for name, button in self.quick.items():
            button.clicked.connect(partial(self._quick, name))
            attach_menu(button, live, f"/rtsep/quick/{name}")
        for widget, path, *reset in (
            (self.fader, "mix/gain_db", MixGain(0.0)),
            (self.readout, "mix/gain_db", MixGain(0.0)),
            (self.dry_wet, "mix/dry_wet", DryWet(1.0)),
            (self.crossfade, "mix/crossfade", Crossfade(0.0)),
            (self.bypass, "mix/bypass", Bypass(False)),
            (self.panic, "mix/panic", Panic(False)),
            (self.record, "record/start"),
            (self.meter, "meter/mix"),
        ):
            attach_menu(widget, live, f"/rtsep/{path}", *reset)

    def _quick(self, name: QuickState, checked: bool = False) -> None:
        self._live.apply(Quick(name))

    def _record(self) -> None:
        if self._live.state:
            self._live.apply(record(self._live.state))

    def refresh(self, state: EngineState) -> None:
        """What the host says."""
        self.fader.show_value(state.mix_gain_db)
        self.readout.show_gain(self.fader.value)
        self.dry_wet.show_value(state.dry_wet)
        self.crossfade.show_value(state.crossfade)
        self.bypass.show_on(state.bypass)
        self.panic.show_on(state.panic)
        self.record.show_on(going_on(state))
        for name, button in self.quick.items():
            button.setEnabled(quick_offered(name, state))
            button.show_on(quick_in_force(name, state))
        if self.take.toolTip() != state.recording:
            room = self.record.width()
            self.take.setToolTip(state.recording)
            self.take.setText(self.take.fontMetrics().elidedText(state.recording, Qt.TextElideMode.ElideLeft, room))

    def tick(self, level: Level | None) -> None:
        """This moment's level; None: nobody answers."""
        self.meter.show_level(level)
