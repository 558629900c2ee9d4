"""Along the window's bottom: latency, load, faults."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from rtsep.control import EngineState
from rtsep_gui.models.budget import parts, total_ms
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.budgetbar import BudgetBar
from rtsep_gui.views.figure import Figure
from rtsep_gui.views.loadviews import Sparkline
from rtsep_gui.views.page import Page
from rtsep_gui.views.theme import GRID, SMALL, font

COUNTERS = {"xruns": "xruns", "late_hops": "late hops"}


class Foot(Page):
    """Always there, whichever page is shown."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self.latency, self.load = (self._caption() for _ in range(2))
        self.bar = BudgetBar(palette)
        self.sparkline = Sparkline(live.load, palette)
        self.counts = {counter: Figure(name, palette) for counter, name in COUNTERS.items()}
        self.separator = Figure("separator", palette)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID, 0, 0)
        row.setSpacing(3 * GRID)
        for share, caption, graph in ((3, self.latency, self.bar), (2, self.load, self.sparkline)):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(caption)
            column.addWidget(graph)
            row.addLayout(column, share)
        for figure in (*self.counts.values(), self.separator):
            row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        self.separator.hide()

    @staticmethod
    def _caption() -> QLabel:
        label = QLabel()
        label.setFont(font(SMALL))
        label.setProperty("class", "dim")
        return label

    def refresh(self, state: EngineState) -> None:
        """Budget and what the separator is at; counts too, so that they are there before the first tick."""
        self.bar.show_parts(parts(state))
        said(self.latency, f"latency  {total_ms(state):.1f} ms")
        status = "LATCHED" if state.latched else state.separator_status
        self.separator.show_value(status, "fault" if state.latched else "warning")
        self.separator.setVisible(status != "running")
        said(self.load, self._load(state))
        self._count(state)

    def tick(self, meters: Meters | None) -> None:
        """Colours fade with time; the load goes on."""
        if meters is None or self.live.state is None:
            for figure in self.counts.values():
                figure.show_value("")
            self.separator.hide()
            said(self.load, "load")
            said(self.latency, "latency")
            self.bar.show_parts(())
        else:
            self._count(self.live.state)
        self.sparkline.look()

    def _count(self, state: EngineState) -> None:
        now_s = time.time()
        for counter, figure in self.counts.items():
            severity = self.live.health.severity(counter, now_s)
            if state.latched and counter == "late_hops":
                severity = "fault"
            figure.show_value(str(getattr(state.counters, counter)), severity)

    def _load(self, state: EngineState) -> str:
        """What the last half second took; of a host elsewhere, what is typical since its separator began."""
        typical, most = self.live.load.typical[-1], self.live.load.most[-1]
        if np.isnan(most):
            return f"load  typically {state.load.hop_share_p50:.0%} of the deadline"
        return f"load  {typical:.0%}, at most {most:.0%} of the deadline"

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        super().restyle(palette)
        for part in (self.bar, self.sparkline, *self.counts.values(), self.separator):
            part.restyle(palette)


def said(label: QLabel, text: str) -> None:
    """Have a label say it, if it does not already: setText lays out."""
    if label.text() != text:
        label.setText(text)
