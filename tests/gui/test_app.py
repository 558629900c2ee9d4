"""`rtsep gui` as a process, and the window it opens: what is imported, remembered, offered while no host runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support import PATIENCE_S, until
from window import Remote

from rtsep.errors import RemoteError
from rtsep.shared.hosts import LocalHost
from rtsep_gui.models.connecting import Connector, Place
from rtsep_gui.models.launch import Launcher
from rtsep_gui.models.link import Link
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import DARK
from rtsep_gui.views.desktop import Desktop

pytestmark = pytest.mark.gui
NOBODY = ("--host", "127.0.0.1", "--port", "1")
RUN = """
import sys
sys.argv = ["rtsep", *sys.argv[1:]]
from rtsep.cli.main import main
try:
    main()
finally:
    print(sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def gui(*arguments: str) -> list[str]:
    return [sys.executable, "-c", RUN, "gui", *arguments]


class Idle(Launcher):
    """Starts nothing; notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[tuple[str, ...]] = []

    def start(self, arguments: object) -> None:
        self.wanted.append(tuple(arguments))  # type: ignore[arg-type]

    def take_over(self, name: str) -> None:
        self.wanted.append(("--attach", name))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[LocalHost]:
    """The hosts that the window finds: only these."""
    found: list[LocalHost] = []
    monkeypatch.setattr("rtsep_gui.views.desktop.local_hosts", lambda: found)
    return found


class Bench:
    """A window with a launcher that starts nothing."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.remote = Remote()
        self.link = Link(self.remote.reach, 0.01)
        self.launcher = Idle()
        self.window = Desktop(Live(self.link, local=False), DARK, self.launcher)
        qtbot.addWidget(self.window)
        self.window.show()

    def until(self, condition: object) -> None:
        self.qtbot.waitUntil(condition, timeout=round(1000 * PATIENCE_S))  # type: ignore[arg-type]

    def offers(self) -> list[str]:
        return [offer for offer, button in self.window.welcome.buttons.items() if button.isVisible()]


@pytest.fixture
def bench(qtbot: QtBot, here: list[LocalHost]) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    made.window.close()
    made.link.stop()


def test_its_process_imports_no_torch_numba_or_sounddevice(tmp_path: Path) -> None:
    log = tmp_path / "frames.json"
    done = subprocess.run(
        gui(*NOBODY, "--quit-after", "1", "--frame-log", str(log)), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    modules = set(json.loads(done.stderr.splitlines()[-1].replace("'", '"')))
    assert "PySide6" in modules
    assert modules.isdisjoint({"torch", "numba", "llvmlite", "sounddevice", "onnxruntime", "rtsep_models"})
    told = json.loads(done.stdout)
    assert 0.0 < told["import_s"] < told["first_picture_s"]
    assert all(spent >= 0.0 for spent in json.loads(log.read_text()))


@pytest.mark.skipif(os.name != "posix", reason="signals as on Linux and macOS")
def test_ctrl_c_closes_it_in_order(tmp_path: Path) -> None:
    log = tmp_path / "frames.json"
    process = subprocess.Popen(gui(*NOBODY, "--frame-log", str(log)), stderr=subprocess.DEVNULL)
    time.sleep(3.0)  # also before the window is there it is to end
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE_S)
    assert process.returncode == 130 or log.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--theme", "pink"], "theme 'pink' is not offered"),
        (["--host", "10.0.0.5", "--separator", "classic"], "--host names one elsewhere"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], said: str) -> None:
    done = subprocess.run(gui(*arguments), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert said in done.stderr


def test_while_nothing_runs_it_offers_the_song_and_the_interface(bench: Bench) -> None:
    bench.until(lambda: bench.offers() == ["demo", "device"])
    QTest.mouseClick(bench.window.welcome.buttons["demo"], Qt.MouseButton.LeftButton)
    bench.until(lambda: bool(bench.launcher.wanted))
    arguments = bench.launcher.wanted[0]
    assert arguments[0] == "--device"
    assert Path(arguments[1].removeprefix("file:")).exists()
    assert arguments[2] == "--loop"


def test_the_panel_goes_when_a_host_answers_and_comes_back_with_its_loss(bench: Bench, here: list[LocalHost]) -> None:
    bench.until(bench.window.welcome.isVisible)
    bench.link.start()
    bench.until(lambda: not bench.window.welcome.isVisible())
    assert bench.window.tabs.isEnabled()
    here.append(LocalHost("fake", 9000, False))
    bench.remote.away = True
    bench.until(bench.window.welcome.isVisible)
    assert not bench.window.tabs.isEnabled()
    assert bench.offers() == ["take over"]
    QTest.mouseClick(bench.window.welcome.buttons["take over"], Qt.MouseButton.LeftButton)
    assert bench.launcher.wanted == [("--attach", "fake")]
    bench.remote.away = False
    bench.until(lambda: not bench.window.welcome.isVisible())


def test_options_start_a_host_unless_one_runs(bench: Bench, here: list[LocalHost]) -> None:
    bench.window.begin(("--separator", "classic"))
    assert bench.launcher.wanted == [("--separator", "classic")]
    here.append(LocalHost("pa", 9000, True))
    bench.window.begin(("--separator", "nmf"))
    assert len(bench.launcher.wanted) == 1
    assert "a host runs already" in bench.link.problems[-1]


def test_it_remembers_page_and_theme(bench: Bench, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    QTest.keyClick(bench.window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    title = bench.window.page.title
    bench.window.other_theme()
    bench.window.remember(settings)
    assert settings.value("theme") == "light"
    bench.window.tabs.setCurrentIndex(0)
    bench.window.recall(settings)
    assert bench.window.page.title == title
    bench.window.other_theme()


def test_a_place_is_here_or_elsewhere() -> None:
    assert Place("127.0.0.1").here
    assert Place("localhost").here
    assert not Place("10.0.0.5").here
    assert not Place("studio.local").here


def test_a_connector_says_that_nobody_is_there() -> None:
    with pytest.raises(RemoteError, match="no host hears OSC at 127"):
        Connector(Place("127.0.0.1", 1), str)()


def test_a_host_that_was_started_ends_with_the_window_unless_it_is_to_play_on(bench: Bench, tmp_path: Path) -> None:
    mark = tmp_path / "running"
    sleeper = Launcher((sys.executable, "-c", "import sys, time; open(sys.argv[1], 'w'); time.sleep(60)", str(mark)))
    bench.window.launcher = sleeper
    for keep in (True, False):
        mark.unlink(missing_ok=True)
        sleeper.start([])
        until(mark.exists, "it runs")
        process = sleeper._process
        assert process is not None
        bench.window.setup.keep.setChecked(keep)
        bench.window.end_host()
        assert (process.poll() is None) == keep
        process.kill()
        process.wait()
