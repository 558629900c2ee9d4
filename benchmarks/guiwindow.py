"""The real window in a process of its own, for `benchmarks.gui`: on one page, or harassed.

`python -m benchmarks.guiwindow PORT SECONDS FRAME_LOG [PAGE]`. Without a page it goes through all of them ten times a
second, and changes size and theme on the way.
"""

from __future__ import annotations

import itertools
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from rtsep_gui.app import Options, run
from rtsep_gui.models.connecting import Place
from rtsep_gui.models.startup import Startup
from rtsep_gui.views.desktop import Desktop

SIZE = (1280, 800)
HARASSED_MS = 100
SIZES = ((1280, 800), (1920, 1080), (1024, 680), (1600, 900))
THEME_EVERY = 7


def desktop() -> Desktop:
    """The window that is open."""
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Desktop))


def show(page: str) -> None:
    """That page, at the usual size."""
    window = desktop()
    window.resize(*SIZE)
    window.tabs.setCurrentIndex([other.title for other in window.pages].index(page))


class Harassment:
    """Another page with every step; now and then another size or theme."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def step(self) -> None:
        """One."""
        window, count = desktop(), next(self._count)
        window.tabs.setCurrentIndex(count % len(window.pages))
        window.resize(*SIZES[count % len(SIZES)])
        if count % THEME_EVERY == 0:
            window.other_theme()


def main() -> None:
    """Open it; returns when its time is over."""
    port, seconds, frame_log, *page = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    timer = QTimer(app)
    if page:
        QTimer.singleShot(0, lambda: show(page[0]))
    else:
        timer.timeout.connect(Harassment().step)
        timer.start(HARASSED_MS)
    place = Place("127.0.0.1", int(port))
    sys.exit(run(Options(place, "dark", frame_log=frame_log, quit_after=float(seconds)), Startup(0.0)))


if __name__ == "__main__":
    main()
