"""A window in front of an engine without sound, for the tests of pages."""

from __future__ import annotations

from collections.abc import Callable

from fakeengine import FakeEngine
from support import PATIENCE_S

from rtsep.changes import Change
from rtsep.control import EngineState
from rtsep.errors import DeviceError
from rtsep.show.show import Show
from rtsep.spec import SeparatorSpec
from rtsep_gui.models.link import Link
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import DARK
from rtsep_gui.views.page import Page
from rtsep_gui.views.window import Window

PERIOD_S = 0.01


class Remote:
    """A show around a fake engine, as the link reaches it; it can be away, and get another separator."""

    def __init__(self, spec: SeparatorSpec | None = None) -> None:
        self.away = False
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        self.load(spec)

    def load(self, spec: SeparatorSpec | None) -> None:
        """Another separator."""
        self.engine = FakeEngine(spec)
        self.show = Show(self.engine, None, print)

    def reach(self) -> Remote:
        """Connect; as `Link` wants it."""
        self._check()
        return self

    def _check(self) -> None:
        if self.away:
            raise DeviceError("nobody answers")

    def state(self) -> EngineState:
        """A snapshot."""
        self._check()
        return self.show.state()

    def apply(self, *changes: Change) -> None:
        """All or nothing."""
        self._check()
        self.show.apply(*changes)

    def subscribe(self, listener: Callable[[Change], None]) -> object:
        """As the show does."""
        return self.show.subscribe(listener)

    def ask(self, path: str, *values: object) -> tuple[()]:
        """Noted."""
        self.asked.append((path, values))
        return ()

    def close(self) -> None:
        """Nothing to hang up."""


class Stand:
    """Window, page and engine together. `close` it."""

    def __init__(self, qtbot: object, pages: list[type[Page]], spec: SeparatorSpec | None = None) -> None:
        self.qtbot = qtbot
        self.remote = Remote(spec)
        self.link = Link(self.remote.reach, PERIOD_S)
        self.live = Live(self.link, local=False)
        self.window = Window(self.live, DARK, pages, Page)
        self.qtbot.addWidget(self.window)  # type: ignore[attr-defined]
        self.window.resize(1280, 800)
        self.window.show()
        self.until(self._active)  # keys go nowhere else
        self.link.start()
        self.until(lambda: self.live.alive and self.window.tabs.isEnabled())

    def _active(self) -> bool:
        self.window.activateWindow()
        return self.window.isActiveWindow()

    @property
    def state(self) -> EngineState:
        """What the engine has."""
        return self.remote.show.state()

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window live until `condition` holds; fail if it never does."""
        self.qtbot.waitUntil(condition, timeout=round(1000 * PATIENCE_S))  # type: ignore[attr-defined]

    def rounds(self, count: int) -> None:
        """Let so many new states come and be shown."""
        version = self.link.version + count
        self.until(lambda: self.link.version >= version)
        self.window.tick()

    def close(self) -> None:
        """Everything."""
        self.window.close()
        self.link.stop()
