"""The window: a header that says what is connected, pages, a foot with latency, load and faults."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from rtsep.control import short_name
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.shortcuts import Do
from rtsep_gui.views.help import Help
from rtsep_gui.views.keys import Keys
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
        self.told = QLabel("looking for a host")
        self._problem = QLabel("")
        self._problem.setProperty("class", "warning")
        self.head = QHBoxLayout()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages = [make(live, palette) for make in pages]
        for page in self.pages:
            self.tabs.addTab(page, page.title)
        self.tabs.currentChanged.connect(lambda _: self._show_state())
        self.foot = foot(live, palette)
        self._head = QWidget()
        self.alone = False
        """The page is shown without head, tabs and foot, in full screen."""
        self.setCentralWidget(self._laid_out())
        self.help = Help(self, palette)
        self.keys = Keys(self, live, self.do)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._timer.start(TICK_MS)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(lambda: self._problem.setText(""))

    def _laid_out(self) -> QWidget:
        whole = QWidget()
        self.head.addWidget(self.told)
        self.head.addStretch()
        self.head.addWidget(self._problem)
        self.head.setContentsMargins(0, 0, 0, 0)
        self._head.setLayout(self.head)
        column = QVBoxLayout(whole)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addWidget(self._head)
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

    def do(self, what: Do, which: int) -> None:
        """What a key asks of the window itself."""
        match what:
            case "choose" if self.live.state:
                count = len(self.live.state.strips)
                self.live.chosen = (self.live.chosen + (1 if which == 0 else -1)) % count
                self._show_state()
            case "help":
                self.help.toggle()
            case "full screen":
                self.set_full_screen(not self.alone)
            case "leave" if self.help.isVisible():
                self.help.hide()
            case "leave" if self.alone:
                self.set_full_screen(False)

    def set_full_screen(self, on: bool) -> None:
        """Nothing but the page, until the host is lost: that is told in any case."""
        self.alone = on
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)
        self.tabs.tabBar().setVisible(not on)
        self.foot.setVisible(not on)
        self._show_head()

    def _show_head(self) -> None:
        shown = not self.alone or not self.live.alive
        if self._head.isHidden() == shown:
            self._head.setVisible(shown)

    def event(self, event: QEvent) -> bool:
        """A list keeps its arrows to itself, a key that is held ends with the window's turn."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.keys.leaves(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.WindowDeactivate:
            self.keys.let_go_all()
        return super().event(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """What was held is let go."""
        self.keys.released(event)
        super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The help covers everything."""
        super().resizeEvent(event)
        self.help.setGeometry(self.rect())

    def _show_state(self) -> None:
        state = self.live.state
        self._show_head()
        for part in (self.tabs, self.foot):
            part.setEnabled(self.live.alive)
        if state is None or not self.live.alive:
            self.told.setText("the host is gone; looking for it" if state else "looking for a host")
            return
        self.told.setText(
            f"{state.device}   {state.sample_rate:.0f} Hz   {state.block} frames   {short_name(state.separator_name)}"
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
        for page in (*self.pages, self.foot, self.help):
            page.restyle(palette)
