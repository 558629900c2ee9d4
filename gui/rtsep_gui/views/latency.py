"""The latency page: what the delay is made of, compute against its deadline, and what went wrong when."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QListWidget, QPushButton, QSizePolicy, QVBoxLayout

from rtsep.control import EngineState
from rtsep_gui.models.budget import MEASURE, measured_ms, parts, total_ms
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.health import WATCHED, Rise
from rtsep_gui.models.live import Live
from rtsep_gui.models.loadgraph import PER_S, bars, deadline_us
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.budgetbar import BudgetBar
from rtsep_gui.views.figure import Figure
from rtsep_gui.views.loadviews import LoadHistogram
from rtsep_gui.views.page import Page
from rtsep_gui.views.theme import GRID, LARGE, SMALL, font

BAR_HEIGHT = 6 * GRID
TIMES = {
    "hop_us_p50": "hop p50",
    "hop_us_p999": "hop p99.9",
    "hop_us_max": "hop longest",
    "deadline": "deadline",
    "callback_us_p50": "callback p50",
    "callback_us_p999": "callback p99.9",
    "wake_us_p50": "wake-up p50",
    "wake_us_p99": "wake-up p99",
}


class LatencyPage(Page):
    """Where every millisecond goes."""

    title = "Latency"

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self.total = Figure("declared, from input jack to output jack", palette, LARGE)
        self.measured = Figure("measured", palette, LARGE)
        self.bar = BudgetBar(palette, BAR_HEIGHT)
        self.measure = QPushButton("Measure")
        self.measure.setToolTip(f"Measure the way from output to input\n{MEASURE}")
        self.measure.clicked.connect(self._measure)
        self.measure.hide()
        self.components: dict[str, Figure] = {}
        self.times = {key: Figure(name, palette) for key, name in TIMES.items()}
        self.counts = {counter: Figure(name, palette) for counter, name in WATCHED.items()}
        self.histogram = LoadHistogram(palette)
        self.rises = QListWidget()
        self.rises.setFrameShape(QListWidget.Shape.NoFrame)
        self.rises.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._listed: tuple[Rise, ...] | None = None
        self._next_s = 0.0
        self._parts = QGridLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * GRID, 0, GRID)
        column.setSpacing(2 * GRID)
        head = QHBoxLayout()
        head.addWidget(self.total)
        head.addSpacing(4 * GRID)
        head.addWidget(self.measured)
        head.addStretch()
        head.addWidget(self.measure)
        self._parts.setHorizontalSpacing(2 * GRID)
        self._parts.setVerticalSpacing(GRID // 2)
        below, load, faults = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        below.setSpacing(4 * GRID)
        for group in (load, faults):
            group.setSpacing(GRID)
        load.addWidget(heading("Compute of a hop against its deadline"))
        load.addWidget(self.histogram, 1)
        load.addLayout(in_grid(list(self.times.values()), 4))
        faults.addWidget(heading("Since the host began"))
        faults.addLayout(in_grid(list(self.counts.values()), 3))
        faults.addWidget(heading("Since this window opened"))
        faults.addWidget(self.rises, 1)
        below.addLayout(load, 3)
        below.addLayout(faults, 2)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(self._parts)
        column.addSpacing(2 * GRID)
        column.addLayout(below, 1)

    def refresh(self, state: EngineState) -> None:
        """Budget, times, counts, the list."""
        self.total.show_value(f"{total_ms(state):.2f} ms")
        self._show_measured(state)
        self.bar.show_parts(parts(state))
        self.measure.setVisible(self.live.address(MEASURE) is not None)
        self._show_components(state)
        deadline = deadline_us(state)
        for key, figure in self.times.items():
            time_us = deadline if key == "deadline" else getattr(state.load, key)
            severity = "warning" if key.startswith("hop") and time_us > deadline else "calm"
            figure.show_value(f"{time_us:.0f} µs" if time_us < 1000 else f"{time_us / 1e3:.2f} ms", severity)
        self._count(state)
        if (now_s := time.monotonic()) >= self._next_s:
            self._next_s = now_s + 1.0 / PER_S
            eyes = self.live.eyes
            self.histogram.show_bars(bars(eyes.hop_counts()) if eyes else None, deadline)

    def tick(self, meters: Meters | None) -> None:
        """Colours fade with time."""
        if meters is None or self.live.state is None:
            self._blank()
        else:
            self._count(self.live.state)
        self._list()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        super().restyle(palette)
        figures = (self.total, self.measured, *self.components.values(), *self.times.values(), *self.counts.values())
        for part in (*figures, self.bar, self.histogram):
            part.restyle(palette)

    def _blank(self) -> None:
        figures = (self.total, self.measured, *self.components.values(), *self.times.values(), *self.counts.values())
        for figure in figures:
            figure.show_value("")
        self.bar.show_parts(())
        self.histogram.show_bars(None, 0.0)
        self.measure.hide()

    def _show_measured(self, state: EngineState) -> None:
        """Blank without a figure."""
        ms = measured_ms(state)
        if ms is None or state.loop is None:
            self.measured.show_value("")
        else:
            off = state.loop.frames - state.budget.device_in - state.budget.device_out
            self.measured.show_value(f"{ms:.2f} ms", note=f"{off:+.1f} frames")

    def _show_components(self, state: EngineState) -> None:
        for place, part in enumerate(parts(state)):
            if part.name not in self.components:
                figure = self.components[part.name] = Figure(part.name, self.palette_)
                about = QLabel(part.about)
                about.setWordWrap(True)
                about.setFont(font(SMALL))
                about.setProperty("class", "dim")
                self._parts.addWidget(figure, 0, place)
                self._parts.addWidget(about, 1, place, Qt.AlignmentFlag.AlignTop)
                self._parts.setColumnStretch(place, 1)
            self.components[part.name].show_value(f"{part.ms:.2f} ms", note=f"{part.frames} frames")

    def _count(self, state: EngineState) -> None:
        now_s = time.time()
        for counter, figure in self.counts.items():
            figure.show_value(str(getattr(state.counters, counter)), self.live.health.severity(counter, now_s))

    def _list(self) -> None:
        rises = tuple(self.live.health.rises)
        if rises == self._listed:
            return
        self._listed = rises
        self.rises.clear()
        self.rises.addItems([line(rise) for rise in reversed(rises)] or ["nothing went wrong"])

    def _measure(self) -> None:
        if (address := self.live.address(MEASURE)) is not None:
            self.live.apply(*address.changes(()))


def line(rise: Rise) -> str:
    """A rise as a line of the list."""
    began, ended = (time.strftime("%H:%M:%S", time.localtime(moment)) for moment in (rise.first_s, rise.last_s))
    return f"{began if began == ended else f'{began} to {ended}'}   {rise.what} +{rise.by}"


def heading(text: str) -> QLabel:
    """Above a group."""
    label = QLabel(text)
    label.setFont(font(bold=True))
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return label


def in_grid(figures: list[Figure], columns: int) -> QGridLayout:
    """Figures in so many columns."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID)
    for place, figure in enumerate(figures):
        grid.addWidget(figure, place // columns, place % columns)
    return grid
