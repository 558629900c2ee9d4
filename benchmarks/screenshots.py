"""Pictures of the window for the documentation: every page, two sizes, both themes, of a host that plays the demo song.

python -m benchmarks.screenshots [FOLDER]        writes NAME-THEME-WIDTH.png, default docs/gui
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from rtsep.changes import (
    Change,
    Knob,
    Quantise,
    SceneFade,
    SceneRecall,
    SceneStore,
    SetList,
    StemGain,
    StemMute,
    StemPan,
    SwitchSeparator,
    Tempo,
)
from rtsep.shared.hosts import local_hosts
from rtsep_gui.models.connecting import Connector
from rtsep_gui.models.launch import Launcher
from rtsep_gui.models.link import Link
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import THEMES
from rtsep_gui.models.song import Song
from rtsep_gui.views.desktop import Desktop
from rtsep_gui.views.theme import apply_theme

SIZES = ((1280, 800), (1920, 1080))
COLOURS = 128
"""Of a picture: small, and no text suffers."""
MOVING = ("Mixer", "Spectra")
FILLED_S = 21.0
"""Until the pictures of the last seconds are full."""
TRACED_S = 5.0
"""Until the latent's traces are."""
RECALLED_S = 3.0
"""Until the last scene has been recalled, on the beat: it brings its separator along."""
LISTS_S = 15.0
"""Until other processes have listed devices and separators."""
PATIENCE_S = 120.0
NAME = "screenshots"

SHOW: tuple[tuple[Change, ...], ...] = (
    (SceneStore(1, "Intro"), SceneFade(1, 2.0)),
    (StemMute("vocals", True), SceneStore(2, "Instrumental"), StemMute("vocals", False)),
    (StemGain("drums", -6.0), StemPan("other", -0.3), SceneStore(3, "Verse"), SceneFade(3, 0.5)),
    (StemMute("drums", True), SceneStore(5, "Break"), SceneFade(5, 4.0), StemMute("drums", False)),
    (SceneStore(6, "Chorus"),),
    (Tempo(112.0), Quantise(4), SetList((1, 3, 2, 6, 5, 3, 6, 1))),
    (SceneRecall(3, 0.0),),
)

LATENT: tuple[Change, ...] = (
    Knob("partition/low/amount", 1.3),
    Knob("partition/high/amount", 0.4),
    Knob("dim/1/scale", 2.2),
    Knob("dim/3/offset", -1.5),
    Knob("dim/4/set", 2.0),
    Knob("dim/4/hold", 1.0),
)


class Studio:
    """A host and a window that shows it."""

    def __init__(self, app: QApplication) -> None:
        self.app = app
        self.pictures: dict[Path, QPixmap] = {}
        """Saved at the end: that takes long enough to leave a gap in what moves."""
        song = Song()
        self.launcher = Launcher()
        until(lambda: song.done, "the demo song")
        self.launcher.start((*song.arguments, "--separator", "classic", "--name", NAME, "--no-session"))
        until(lambda: any(host.name == NAME and host.answers for host in local_hosts()), "the host")
        self.live = Live(Link(Connector(None, lambda: NAME)))
        palette = THEMES["dark"]
        apply_theme(app, palette)
        self.window = Desktop(self.live, palette, self.launcher)
        self.live.link.start()
        self.window.show()
        self.wait(lambda: self.live.alive, "the window finds the host")

    def spin(self, seconds: float) -> None:
        """Let the window live."""
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Let it live until something holds."""
        until(lambda: self.spin(0.02) or condition(), what)

    def shoot(self, folder: Path, title: str) -> None:
        """A page in every size and theme."""
        titles = [page.title for page in self.window.pages]
        self.window.tabs.setCurrentIndex(titles.index(title))
        self.spin({"Setup": LISTS_S, "Latent": TRACED_S}.get(title, 0.0))
        for size in SIZES:
            self.window.resize(*size)
            for palette in THEMES.values():
                self.window.restyle(palette)
                self.spin(FILLED_S if title in MOVING else 1.0)
                self.pictures[folder / f"{title.lower()}-{palette.name}-{size[0]}.png"] = self.window.grab()

    def close(self) -> None:
        """No host is left."""
        self.window.close()
        self.live.link.stop()
        self.launcher.end()


def until(condition: Callable[[], object], what: str) -> None:
    """Poll; gives up loudly."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"{what}: not within {PATIENCE_S:.0f} s")
        time.sleep(0.02)


def save(picture: QPixmap, path: Path) -> None:
    """A small PNG: few colours, none of them dithered."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    whole = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    # By the median few colours of a calm page would be lost, those of the stems among them.
    method = Image.Quantize.MEDIANCUT if path.name.startswith("spectra") else Image.Quantize.MAXCOVERAGE
    whole.quantize(COLOURS, method, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}  {path.stat().st_size >> 10} KiB")


def main() -> None:
    """All pages."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/gui")
    folder.mkdir(parents=True, exist_ok=True)
    studio = Studio(QApplication([]))
    try:
        for changes in SHOW:
            studio.live.apply(*changes)
            studio.spin(0.3)
        studio.spin(RECALLED_S)
        wanted = sys.argv[2:]
        for page in studio.window.pages:
            if page.title != "Latent" and (not wanted or page.title.lower() in wanted):
                studio.shoot(folder, page.title)
        if not wanted or "latent" in wanted:
            studio.live.apply(SwitchSeparator("latent"))
            state = studio.live.link
            studio.wait(lambda: state.state and state.state.separator_name == "latent", "latent plays")
            studio.live.apply(*LATENT)
            studio.shoot(folder, "Latent")
        for path, picture in studio.pictures.items():
            save(picture, path)
    finally:
        studio.close()


if __name__ == "__main__":
    main()
