"""The window put together: its pages, the line to the host, the host that it starts, what it remembers."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass

import platformdirs
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from rtsep_gui.models.connecting import Connector, Place
from rtsep_gui.models.frames import FrameLog
from rtsep_gui.models.launch import Launcher
from rtsep_gui.models.link import Link
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import THEMES
from rtsep_gui.models.startup import Startup
from rtsep_gui.views.desktop import Desktop
from rtsep_gui.views.theme import apply_theme


@dataclass(frozen=True)
class Options:
    """What `rtsep gui` was told. `place` None: a host of this machine; `arguments`: of `rtsep run`, if none runs."""

    place: Place | None = None
    theme: str | None = None
    arguments: tuple[str, ...] = ()
    frame_log: str | None = None
    quit_after: float | None = None


def settings() -> QSettings:
    """What this user's window remembers: size, theme, page. Nothing of the show."""
    path = platformdirs.user_config_path("rtsep") / "window.ini"
    return QSettings(str(path), QSettings.Format.IniFormat)


def run(options: Options, startup: Startup) -> int:
    """Open the window; returns when it is closed, with the exit status."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("rtsep")
    app.setDesktopFileName("rtsep")
    remembered = settings()
    theme = options.theme or str(remembered.value("theme", "dark"))
    palette = THEMES.get(theme, THEMES["dark"])
    apply_theme(app, palette)
    launcher = Launcher()
    link = Link(Connector(options.place, lambda: launcher.name))
    live = Live(link, local=options.place is None or options.place.here)
    frames = FrameLog() if options.frame_log else None
    window = Desktop(live, palette, launcher, str(options.place or ""), frames, startup)
    window.closed.connect(app.quit)
    window.recall(remembered)
    window.begin(options.arguments)
    link.start()
    window.show()
    signal.signal(signal.SIGINT, lambda number, frame: window.close())
    signal.signal(signal.SIGTERM, lambda number, frame: window.close())
    if options.quit_after is not None:
        QTimer.singleShot(round(1000 * options.quit_after), window.close)
    code = app.exec()
    window.remember(remembered)
    link.stop()
    window.end_host()
    if frames is not None:
        frames.write(options.frame_log)
    return code
