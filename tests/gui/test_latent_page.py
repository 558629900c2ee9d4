"""The latent page: there only with a latent; partitions and dimensions are played and shown as the host has them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window import Stand

from rtsep.changes import Knob
from rtsep.separators.latent import Latent
from rtsep_gui.models.palette import LIGHT
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


def test_it_can_be_restyled(stand: Stand) -> None:
    stand.window.restyle(LIGHT)
    stand.rounds(2)
    assert page(stand).amounts["low"].colours == LIGHT
