"""The window: a header that says what is connected, pages, a foot with latency, load and faults."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.page import Page
from rtsep_gui.views.theme import GRID, apply_theme

TICK_MS = 16
PROBLEM_MS = 8000


class Window(QMainWindow):
    """Everything. Its pages are given, so that tests and `rtsep gui` choose."""

    def __init__(self, live: Live, palette: Palette, pages: list[type[Page]], foot: type[Page]) -> None:
        super().__init__()
        self.live = live
        self._palette = palette
        self.setWindowTitle("rtsep")
        self._where = QLabel("looking for a host")
        self._problem = QLabel("")
        self._problem.setProperty("class", "warning")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages = [make(live, palette) for make in pages]
        for page in self.pages:
            self.tabs.addTab(page, page.title)
        self.tabs.currentChanged.connect(lambda _: self._show_state())
        self.foot = foot(live, palette)
        self.setCentralWidget(self._laid_out())
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._timer.start(TICK_MS)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(lambda: self._problem.setText(""))

    def _laid_out(self) -> QWidget:
        whole, head = QWidget(), QHBoxLayout()
        head.addWidget(self._where)
        head.addStretch()
        head.addWidget(self._problem)
        column = QVBoxLayout(whole)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.foot)
        return whole

    @property
    def page(self) -> Page:
        """The one that is shown."""
        return self.pages[self.tabs.currentIndex()]

    def tick(self) -> None:
        """One picture."""
        if self.live.look():
            self._show_state()
        meters = self.live.meters()
        self.page.tick(meters)
        self.foot.tick(meters)
        while self.live.link.problems:
            self._problem.setText(self.live.link.problems.popleft())
            self._forget.start(PROBLEM_MS)

    def _show_state(self) -> None:
        state = self.live.state
        for part in (self.tabs, self.foot):
            part.setEnabled(self.live.alive)
        if state is None or not self.live.alive:
            self._where.setText("the host is gone; looking for it" if state else "looking for a host")
            return
        self._where.setText(
            f"{state.device}   {state.sample_rate:.0f} Hz   {state.block} frames   {state.separator_name}"
        )
        for index, page in enumerate(self.pages):
            if self.tabs.isTabVisible(index) != page.offered(state):
                self.tabs.setTabVisible(index, page.offered(state))
        self.page.refresh(state)
        self.foot.refresh(state)

    def restyle(self, palette: Palette) -> None:
        """Another theme, at once."""
        self._palette = palette
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, palette)
        for page in (*self.pages, self.foot):
            page.restyle(palette)
