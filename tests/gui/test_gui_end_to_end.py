"""The whole window in front of a real host on the file device, each in processes of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

pytest.importorskip("PySide6")

import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support import PATIENCE_S, RATE, noise

from rtsep.control import EngineState
from rtsep.errors import BlockError
from rtsep.shared.block import attach
from rtsep.shared.hosts import local_hosts
from rtsep_gui.models.connecting import Connector, Place
from rtsep_gui.models.launch import Launcher
from rtsep_gui.models.link import Link
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import DARK
from rtsep_gui.views.desktop import Desktop
from rtsep_gui.views.mixer import MixerPage
from rtsep_gui.views.page import Page
from rtsep_gui.views.setup import SetupPage
from rtsep_gui.views.show import ShowPage

pytestmark = [pytest.mark.gui, pytest.mark.slow]
T = TypeVar("T", bound=Page)
LEFT = Qt.MouseButton.LeftButton
AUDIBLE_DB, SILENT_DB = -40.0, -70.0


class Stage:
    """A host of its own, and a window that finds it by its name."""

    def __init__(self, qtbot: QtBot, name: str, song: Path) -> None:
        self.qtbot = qtbot
        self.name = name
        self.launcher = Launcher()
        self.arguments = ("--device", f"file:{song}", "--loop", "--block", "128", "--slack", "512")
        self.arguments += ("--separator", "delay", "--name", name, "--no-session", "--set", "realtime=false")
        self.launcher.start(self.arguments)
        self.live = Live(Link(self._connect))
        self.window = Desktop(self.live, DARK, self.launcher)
        qtbot.addWidget(self.window)
        self.window.show()
        self.live.link.start()
        self.until(lambda: self.live.alive and self.live.eyes is not None)

    def _connect(self) -> object:
        """By name: other hosts may run on this machine."""
        return Connector(Place("127.0.0.1", self.port), str)()

    @property
    def port(self) -> int:
        """Where the host hears OSC; one that nobody has, while it does not."""
        return next((h.osc_port for h in local_hosts() if h.name == self.name and h.answers), 1)

    @property
    def state(self) -> EngineState:
        state = self.live.state
        assert state is not None
        return state

    def until(self, condition: object) -> None:
        self.qtbot.waitUntil(condition, timeout=round(1000 * PATIENCE_S))  # type: ignore[arg-type]

    def show(self, kind: type[T]) -> T:
        page = next(page for page in self.window.pages if isinstance(page, kind))
        self.window.tabs.setCurrentWidget(page)
        return page

    def level_db(self, stem: int) -> float:
        """Of a stem behind its fader, as the audio process measures it."""
        meters = self.live.meters()
        assert meters is not None
        return meters.stems[stem].rms_db

    def close(self) -> None:
        self.window.close()
        self.live.link.stop()
        self.launcher.end()


@pytest.fixture
def stage(qtbot: QtBot, host_name: str, tmp_path: Path) -> Iterator[Stage]:
    song = tmp_path / "song.wav"
    soundfile.write(song, noise(2 * RATE), RATE)
    made = Stage(qtbot, host_name, song)
    yield made
    made.close()


def test_mute_scene_and_separator_by_hand(stage: Stage) -> None:
    mixer = stage.show(MixerPage)
    stage.until(lambda: stage.level_db(0) > AUDIBLE_DB)
    QTest.mouseClick(mixer.strips[0].mute, LEFT)
    stage.until(lambda: stage.level_db(0) < SILENT_DB)
    assert stage.level_db(1) > AUDIBLE_DB

    show = stage.show(ShowPage)
    show.scenes.store.click()
    QTest.mouseClick(show.scenes.pads[0], LEFT)
    stage.until(lambda: bool(stage.state.show.scenes))
    mixer = stage.show(MixerPage)
    QTest.mouseClick(mixer.strips[0].mute, LEFT)
    stage.until(lambda: stage.level_db(0) > AUDIBLE_DB)
    show = stage.show(ShowPage)
    QTest.mouseClick(show.scenes.pads[0], LEFT)
    stage.until(lambda: stage.level_db(0) < SILENT_DB)

    setup = stage.show(SetupPage)
    stage.until(lambda: "passthrough" in setup.list.rows)
    QTest.mouseClick(setup.list.rows["passthrough"], LEFT)
    stage.until(lambda: stage.state.separator_name == "passthrough")
    stage.until(lambda: setup.list.rows["passthrough"].accessibleName() == "passthrough plays")
    assert stage.state.counters.missed_positions == 0


@pytest.mark.skipif(os.name != "posix", reason="kills as on Linux and macOS")
def test_a_control_process_that_dies_is_taken_over_from_the_window(stage: Stage) -> None:
    stage.until(lambda: not stage.window.welcome.isVisible())
    host = stage.launcher._process
    assert host is not None
    host.send_signal(signal.SIGKILL)
    stage.until(lambda: not stage.window.tabs.isEnabled())
    stage.until(stage.window.welcome.isVisible)
    assert stage.live.meters() is None
    over: QPushButton = stage.window.welcome.buttons["take over"]
    stage.until(over.isVisible)
    position = int(attach(stage.name, None).get("position"))
    QTest.mouseClick(over, LEFT)
    stage.until(lambda: stage.live.alive)
    stage.until(lambda: stage.window.tabs.isEnabled() and not stage.window.welcome.isVisible())
    assert stage.state.position > position  # the sound has gone on


def test_a_host_that_ends_and_comes_again_is_found_again(stage: Stage) -> None:
    stage.launcher.end()
    stage.until(lambda: not stage.window.tabs.isEnabled())
    with pytest.raises(BlockError):
        attach(stage.name, None)
    stage.launcher.start(stage.arguments)
    stage.until(lambda: stage.live.alive and stage.window.tabs.isEnabled())
    mixer = stage.show(MixerPage)
    QTest.mouseClick(mixer.strips[1].mute, LEFT)
    stage.until(lambda: stage.state.strips[1].mute)
