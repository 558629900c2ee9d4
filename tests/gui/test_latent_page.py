"""The latent page: there only with a latent; partitions and dimensions are played and shown as the host has them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

pytest.importorskip("PySide6")

from fakeengine import SILENT
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window import Stand

from rtsep.changes import Knob
from rtsep.separators.latent import Latent
from rtsep.shared.fields import HISTOGRAM_BINS
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.palette import DARK, LIGHT
from rtsep_gui.views.control_menu import ControlMenu
from rtsep_gui.views.latent import LatentPage
from rtsep_gui.views.show import ShowPage

pytestmark = pytest.mark.gui
LATENT = 1


@pytest.fixture
def stand(qtbot: QtBot) -> Iterator[Stand]:
    made = Stand(qtbot, [ShowPage, LatentPage], Latent.spec)
    made.window.tabs.setCurrentIndex(LATENT)
    made.rounds(2)
    yield made
    made.close()


def page(stand: Stand) -> LatentPage:
    found = stand.window.pages[LATENT]
    assert isinstance(found, LatentPage)
    return found


def knob(stand: Stand, name: str) -> float:
    state = stand.state
    return state.knobs[[p.name for p in state.separator.parameters].index(name)]


def test_its_tab_comes_and_goes_with_the_latent(stand: Stand) -> None:
    assert stand.window.tabs.isTabVisible(LATENT)
    stand.remote.load(None)
    stand.until(lambda: not stand.window.tabs.isTabVisible(LATENT))
    stand.remote.load(Latent.spec)
    stand.until(lambda: stand.window.tabs.isTabVisible(LATENT))


def test_partitions_are_sliders_with_their_addresses(stand: Stand) -> None:
    assert list(page(stand).amounts) == ["low", "mid", "high"]
    slider = page(stand).amounts["mid"]
    (menu,) = slider.findChildren(ControlMenu)
    assert menu.path == "/rtsep/latent/partition/mid/amount"
    assert "0 to 2" in menu.tip()
    QTest.keyClick(slider, Qt.Key.Key_Down)
    stand.until(lambda: knob(stand, "partition/mid/amount") == pytest.approx(0.9))
    stand.live.apply(Knob("partition/mid/amount", 0.25))
    stand.until(lambda: slider.value == 0.25)


def test_a_mode_brings_its_slider_and_ends_the_others(stand: Stand) -> None:
    box = page(stand).boxes["0"]
    box.modes["scale"].click()
    assert box.sliders["scale"].isVisible()
    QTest.keyClick(box.sliders["scale"], Qt.Key.Key_Right)
    stand.until(lambda: knob(stand, "dim/0/scale") > 1.0)
    box.modes["set"].click()
    stand.until(lambda: knob(stand, "dim/0/hold") == 1.0)
    assert knob(stand, "dim/0/scale") == 1.0
    stand.until(box.sliders["set"].isVisible)
    box.modes["as is"].click()
    stand.until(lambda: knob(stand, "dim/0/hold") == 0.0)
    stand.until(lambda: not any(slider.isVisible() for slider in box.sliders.values()))


def test_what_another_hand_does_is_shown(stand: Stand) -> None:
    box = page(stand).boxes["3"]
    stand.live.apply(Knob("dim/3/offset", 2.0))
    stand.until(lambda: box.modes["offset"].isChecked() and box.sliders["offset"].isVisible())
    assert box.sliders["offset"].value == 2.0


class Sight:
    """Eyes that see a latent, two hops in turn."""

    def __init__(self) -> None:
        self.count = 0

    def meters(self) -> Meters:
        return Meters((SILENT,) * 3, SILENT, SILENT)

    def hop_counts(self) -> NDArray[np.int64]:
        return np.zeros(HISTOGRAM_BINS, dtype=np.int64)

    def scope(self) -> NDArray[np.float32]:
        self.count += 1
        return np.full((2, 8), [[0.25], [0.5 if self.count % 2 else -0.5]], dtype=np.float32)


def inked(stand: Stand, name: str) -> int:
    """Pixels of a trace in the ink of what is played."""
    return int((page(stand).boxes[name].trace.picture._pixels == QColor(DARK.text).rgb()).sum())


def test_traces_run_while_the_block_can_be_seen_and_are_blank_otherwise(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [inked(stand, name) for name in page(stand).boxes] == [0] * 8  # a host elsewhere
    monkeypatch.setattr(stand.live, "eyes", Sight())
    stand.until(lambda: inked(stand, "7") > 100)
    assert page(stand).boxes["7"].trace.span.text() == "±0.5"
    stand.remote.away = True
    stand.until(lambda: not stand.live.alive)
    page(stand).tick(None)
    assert [inked(stand, name) for name in page(stand).boxes] == [0] * 8
    assert page(stand).boxes["7"].trace.span.text() == ""


def test_it_can_be_restyled(stand: Stand) -> None:
    stand.window.restyle(LIGHT)
    stand.rounds(2)
    assert page(stand).amounts["low"].colours == LIGHT
