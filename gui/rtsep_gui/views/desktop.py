"""The window as `rtsep gui` opens it: with a host of its own if need be, and what it says while none answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton

from rtsep.control import short_name
from rtsep.shared.hosts import local_hosts
from rtsep_gui.models.frames import FrameLog
from rtsep_gui.models.hosts import choose
from rtsep_gui.models.launch import Launcher
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import DARK, LIGHT, Palette
from rtsep_gui.models.song import Song
from rtsep_gui.models.standing import standing
from rtsep_gui.models.startup import Startup
from rtsep_gui.views.foot import Foot
from rtsep_gui.views.latency import LatencyPage
from rtsep_gui.views.latent import LatentPage
from rtsep_gui.views.mixer import MixerPage
from rtsep_gui.views.page import Page
from rtsep_gui.views.pictures import PicturesPage
from rtsep_gui.views.setup import SetupPage
from rtsep_gui.views.show import ShowPage
from rtsep_gui.views.stage import StagePage
from rtsep_gui.views.theme import GRID
from rtsep_gui.views.welcome import Welcome
from rtsep_gui.views.window import Window

PAGES: list[type[Page]] = [MixerPage, StagePage, PicturesPage, ShowPage, LatencyPage, LatentPage, SetupPage]
SMALLEST, FIRST = (1024, 680), (1280, 800)
LOOK_MS = 500


class Desktop(Window):
    """All pages; `begin` it, and `end_host` when it is closed."""

    closed = Signal()

    def __init__(
        self,
        live: Live,
        palette: Palette,
        launcher: Launcher,
        elsewhere: str = "",
        frames: FrameLog | None = None,
        startup: Startup | None = None,
    ) -> None:
        """`elsewhere`: the address of the host if one was told; its life is not this window's business then."""
        self._frames = frames
        self._startup = startup
        super().__init__(live, palette, PAGES, Foot)
        self.launcher = launcher
        self._elsewhere = elsewhere
        self._song: Song | None = None
        self._last = ""
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        self.setup = next(page for page in self.pages if isinstance(page, SetupPage))
        self.setup.restart.connect(self.start_host)
        self.welcome = Welcome(self, palette)
        self.welcome.hide()
        self.welcome.demo.connect(self.play_demo)
        self.welcome.start.connect(self.start_host)
        self.welcome.take_over.connect(launcher.take_over)
        self._theme = QPushButton()
        self._theme.setProperty("class", "small")
        self._theme.setFixedWidth(8 * GRID)
        self._theme.setToolTip("The other theme (Ctrl+T)")
        self._theme.clicked.connect(self.other_theme)
        self._theme.setText("Light" if palette.name == "dark" else "Dark")
        self.head.addWidget(self._theme)
        for index in range(len(self.pages)):
            self._key(f"Alt+{index + 1}", lambda index=index: self.tabs.setCurrentIndex(index))
        self._key("Ctrl+T", self.other_theme)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self.look)
        self._looking.start(LOOK_MS)

    def _key(self, keys: str, do: object) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(do)

    def begin(self, arguments: Sequence[str]) -> None:
        """Start a host if there are options for one and none runs."""
        if not arguments:
            return
        if self._elsewhere or choose(local_hosts(), "") is not None:
            self.live.link.problems.append(f"a host runs already; {' '.join(arguments)} was not used")
        else:
            self.start_host(tuple(arguments))

    def start_host(self, arguments: Sequence[str]) -> None:
        """Start one with these options of `rtsep run`, in place of the one that this window started before."""
        self.launcher.start(arguments)
        self.look()

    def play_demo(self) -> None:
        """Start one that plays the demo song, as soon as that is there."""
        self._song = Song()
        self.look()

    def look(self) -> None:
        """Twice a second: at the host that was started, and at what to say while none answers."""
        self.live.link.problems.extend(line for line in self.launcher.poll() if not line.startswith(self._expected()))
        if self._song is not None and self._song.done:
            song, self._song = self._song, None
            if song.problem:
                self.launcher.problem = song.problem
            else:
                self.launcher.start(song.arguments)
        alive = self.live.alive
        state = self.live.state
        if alive and state is not None:
            self._last = state.name
        self.setup.own = alive and state is not None and self.launcher.running and state.name == self.launcher.name
        if alive:
            self.welcome.show_standing(None)
            return
        here = () if self._elsewhere else local_hosts()
        starting = self.launcher.busy or self._song is not None
        self.welcome.show_standing(standing(self._last, self._elsewhere, starting, self.launcher.problem, here))

    def _expected(self) -> str:
        """What the host tells of a switch that succeeded: the window shows that as it is, and not as a problem."""
        return f"{short_name(self.live.state.separator_name)} plays now" if self.live.state else "?"

    def tick(self) -> None:
        """One picture."""
        if self._frames is None:
            super().tick()
        else:
            self._frames.next_picture()
            self._frames.begin()
            super().tick()
            self._frames.end()

    def event(self, event: QEvent) -> bool:
        """What is painted counts as the picture's time."""
        if event.type() == QEvent.Type.Paint and self._startup is not None:
            self._startup.painted()
        if event.type() != QEvent.Type.UpdateRequest or self._frames is None:
            return super().event(event)
        self._frames.begin()
        done = super().event(event)
        self._frames.end()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks nothing."""
        super().closeEvent(event)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel stays in the middle."""
        super().resizeEvent(event)
        self.welcome.place()

    def other_theme(self) -> None:
        """Dark or light."""
        self.restyle(LIGHT if self._palette.name == "dark" else DARK)

    def restyle(self, palette: Palette) -> None:
        """Another theme, at once."""
        super().restyle(palette)
        self.welcome.restyle(palette)
        self._theme.setText("Light" if palette.name == "dark" else "Dark")

    def recall(self, remembered: QSettings) -> None:
        """Size, page and what to do at the end, as the last window had them."""
        geometry = remembered.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        titles = [page.title for page in self.pages]
        page = str(remembered.value("page", ""))
        if page in titles:
            self.tabs.setCurrentIndex(titles.index(page))
        self.setup.keep.setChecked(str(remembered.value("keep_playing", "false")) == "true")

    def remember(self, settings: QSettings) -> None:
        """For the next one."""
        settings.setValue("geometry", self.saveGeometry())
        settings.setValue("page", self.page.title)
        settings.setValue("theme", self._palette.name)
        settings.setValue("keep_playing", "true" if self.setup.keep.isChecked() else "false")
        settings.sync()

    def end_host(self) -> None:
        """The window is closed: its own host ends with it, unless it is to play on."""
        if self.setup.keep.isChecked():
            self.launcher.leave()
        else:
            self.launcher.end()
