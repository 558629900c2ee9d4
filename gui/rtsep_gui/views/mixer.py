"""The mixer page: a strip for each stem that the separator has, and the master."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rtsep.control import EngineState
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.fader import Fader
from rtsep_gui.views.master import Master
from rtsep_gui.views.page import Page
from rtsep_gui.views.panel import panic_banner
from rtsep_gui.views.strip import StripView
from rtsep_gui.views.theme import GRID

LISTEN_TICKS = 3
"""Pictures between two looks at the sound: a waveform's column lasts longer."""


class MixerPage(Page):
    """Made anew when the stems are others, or the theme is."""

    title = "Mixer"

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self.strips: list[StripView] = []
        self._ticks = 0
        self._chosen = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        self.banner = panic_banner()
        column.addWidget(self.banner)
        self._row = QHBoxLayout()
        self._row.setSpacing(GRID)
        column.addLayout(self._row, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.master = Master(live, palette)
        self._row.addWidget(self._scroll, 1)
        self._row.addWidget(self.master)

    def _rebuild(self, stems: list[str]) -> None:
        self._chosen = -1
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.strips = [StripView(self.live, self.palette_, index, stem) for index, stem in enumerate(stems)]
        for index, strip in enumerate(self.strips):
            strip.focused.connect(lambda index=index: self._choose(index))
            row.addWidget(strip, 1)
        row.addStretch()
        self._scroll.setWidget(inside)

    def _choose(self, index: int) -> None:
        """The keys play the strip whose fader was touched."""
        self.live.chosen = index
        if self.live.state:
            self.refresh(self.live.state)

    def refresh(self, state: EngineState) -> None:
        stems = [strip.stem for strip in state.strips]
        if stems != [strip.stem for strip in self.strips]:
            self._rebuild(stems)
        chosen = self.live.chosen = min(self.live.chosen, len(stems) - 1)
        for index, (view, strip) in enumerate(zip(self.strips, state.strips, strict=True)):
            view.refresh(state, strip, index == chosen)
        if chosen != self._chosen:
            self._chosen = chosen
            self._scroll.ensureWidgetVisible(self.strips[chosen])
            held = QApplication.focusWidget()
            if isinstance(held, Fader) and any(held is view.fader for view in self.strips):
                self.strips[chosen].fader.setFocus()
        self.master.refresh(state)
        if self.banner.isHidden() == state.panic:
            self.banner.setVisible(state.panic)

    def tick(self, meters: Meters | None) -> None:
        levels = meters.stems if meters else ()
        for index, view in enumerate(self.strips):
            view.tick(levels[index] if index < len(levels) else None)
        self.master.tick(meters.mix if meters else None)
        self._ticks += 1
        if meters and self._ticks % LISTEN_TICKS == 0:
            for view in self.strips:
                view.listen()

    def restyle(self, palette: Palette) -> None:
        super().restyle(palette)
        self.strips = []
        old, self.master = self.master, Master(self.live, palette)
        self._row.replaceWidget(old, self.master)
        old.deleteLater()
        if self.live.state:
            self.refresh(self.live.state)
