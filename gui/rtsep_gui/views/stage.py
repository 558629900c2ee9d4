"""The stage page: what a hand needs in the dark, readable at two metres."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rtsep.changes import Panic, SetListStep, StemGain
from rtsep.control import EngineState
from rtsep_gui.models.addresses import stem_path
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette, stem_colour
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.fader import Fader
from rtsep_gui.views.meter import Meter
from rtsep_gui.views.page import Page
from rtsep_gui.views.panel import panic_banner
from rtsep_gui.views.readout import ReadOut
from rtsep_gui.views.scenelist import SceneList
from rtsep_gui.views.stempad import StemPad
from rtsep_gui.views.theme import GRID, NORMAL, SMALL
from rtsep_gui.views.toggle import Toggle

ABREAST = 8
"""Stems side by side; of more there are pads alone, in rows: the mixer has their faders."""
IN_A_ROW = 4
ROOMY = 5
"""As many have faders for thumbs."""
SIDE = 40 * GRID


class StageStem(QWidget):
    """A pad, and below it a fader that a thumb finds."""

    def __init__(self, live: Live, palette: Palette, index: int, stem: str, together: int) -> None:
        """`together`: stems that share the page."""
        super().__init__()
        self.stem, self._live = stem, live
        colour = stem_colour(index)
        self.pad = StemPad(live, palette, index, stem)
        roomy = together <= ROOMY
        self.fader = Fader(palette, colour, breadth=(9 if roomy else 4) * GRID, size=NORMAL if roomy else SMALL)
        self.meter = Meter(palette, colour, (3 if roomy else 2) * GRID)
        self.readout = ReadOut(f"Gain of {stem}, dB", "far" if roomy else "readout")
        self.fader.setAccessibleName(f"Fader of {stem}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.pad, 3)
        long = QHBoxLayout()
        long.addStretch()
        long.addWidget(self.fader)
        long.addWidget(self.meter)
        long.addStretch()
        long.setSpacing((2 if roomy else 1) * GRID)
        column.addLayout(long, 4 if together <= ABREAST else 0)
        column.addWidget(self.readout)
        for widget in (self.fader, self.meter, self.readout) if together > ABREAST else ():
            widget.hide()
        self.fader.moved.connect(lambda gain_db: live.apply(StemGain(stem, gain_db)))
        self.fader.moved.connect(self.readout.show_gain)
        self.readout.typed.connect(lambda gain_db: live.apply(StemGain(stem, gain_db)))
        for widget in (self.fader, self.readout):
            attach_menu(widget, live, stem_path(stem, "gain_db"), StemGain(stem, 0.0))


class StagePage(Page):
    """Made anew when the stems are others, or the theme is."""

    title = "Stage"

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self.stems: list[StageStem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        self.banner = panic_banner()
        column.addWidget(self.banner)
        across = QHBoxLayout()
        across.setSpacing(3 * GRID)
        column.addLayout(across, 1)
        self._field = QWidget()
        self._grid = QGridLayout(self._field)
        self._across = across
        across.addWidget(self._field, 1)
        across.addLayout(self._side())

    def _side(self) -> QVBoxLayout:
        self.scenes = SceneList(self.live, self.palette_)
        self.panic = Toggle("PANIC", "Panic: everything silent", "panic")
        self.panic.clicked.connect(lambda: self.live.apply(Panic(not self.panic.isChecked())))
        attach_menu(self.panic, self.live, "/rtsep/mix/panic", Panic(False))
        side = QVBoxLayout()
        side.setSpacing(GRID)
        self.scenes.setFixedWidth(SIDE)
        side.addWidget(self.scenes, 1)
        steps = QHBoxLayout()
        steps.setSpacing(GRID)
        self.previous, self.next = QPushButton("Previous"), QPushButton("Next")
        self.previous.clicked.connect(lambda: self.live.apply(SetListStep(-1)))
        self.next.clicked.connect(lambda: self.live.apply(SetListStep(1)))
        for button, path in ((self.previous, "previous"), (self.next, "next")):
            button.setProperty("class", "big")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            attach_menu(button, self.live, f"/rtsep/setlist/{path}")
            steps.addWidget(button, 1)
        side.addLayout(steps)
        side.addWidget(self.panic)
        return side

    def _rebuild(self, stems: list[str]) -> None:
        old, self._field = self._field, QWidget()
        self._grid = QGridLayout(self._field)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * GRID)
        rows = 1 if len(stems) <= ABREAST else -(-len(stems) // IN_A_ROW)
        width = -(-len(stems) // rows)
        count = len(stems)
        self.stems = [StageStem(self.live, self.palette_, index, stem, count) for index, stem in enumerate(stems)]
        for index, view in enumerate(self.stems):
            self._grid.addWidget(view, index // width, index % width)
            self._grid.setColumnStretch(index % width, 1)
        self._across.replaceWidget(old, self._field)
        old.deleteLater()

    def refresh(self, state: EngineState) -> None:
        stems = [strip.stem for strip in state.strips]
        if stems != [view.stem for view in self.stems]:
            self._rebuild(stems)
        for view, strip in zip(self.stems, state.strips, strict=True):
            view.pad.refresh(state, strip)
            view.fader.show_value(strip.gain_db)
            view.readout.show_gain(view.fader.value)
        self.scenes.refresh(state)
        self.panic.show_on(state.panic)
        for button in (self.previous, self.next):
            button.setEnabled(bool(state.show.set_list))
        if self.banner.isHidden() == state.panic:
            self.banner.setVisible(state.panic)

    def tick(self, meters: Meters | None) -> None:
        levels = meters.stems if meters else ()
        for index, view in enumerate(self.stems):
            level = levels[index] if index < len(levels) else None
            view.pad.tick(level)
            view.meter.show_level(level)

    def restyle(self, palette: Palette) -> None:
        super().restyle(palette)
        self.stems = []
        self.scenes.restyle(palette)
        if self.live.state:
            self.refresh(self.live.state)
