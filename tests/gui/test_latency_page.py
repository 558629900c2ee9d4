"""Spectra, latency page and foot on a fake engine: they show its state, and nothing once it is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fakeengine import FakeEngine
from support import RATE, sine

from rtsep.changes import MixGain, StemMute
from rtsep.control import Counters, EngineState, MeasuredLoop
from rtsep.osc.messages import Address, Message
from rtsep_gui.models.budget import MEASURE
from rtsep_gui.models.link import Line, Link
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import DARK, LIGHT
from rtsep_gui.views.foot import Foot
from rtsep_gui.views.latency import LatencyPage
from rtsep_gui.views.page import Page
from rtsep_gui.views.pictures import PicturesPage

pytestmark = pytest.mark.gui


def nobody() -> Line:
    raise OSError("nobody answers")


class Moment(Live):
    """A moment that a test sets."""

    def __init__(self) -> None:
        super().__init__(Link(nobody), local=False)
        self.engine = FakeEngine()
        self.asked: list[object] = []
        self.show()

    def show(self, alive: bool = True, **changed: Any) -> EngineState:
        self.link.state = replace(self.engine.state(), **changed)
        self.link.alive = alive
        self.link.version += 1
        return self.link.state

    def apply(self, *changes: object) -> None:
        self.asked.extend(changes)


class Ears:
    """A second of a tone at every moment."""

    sample_rate = float(RATE)

    def __init__(self) -> None:
        self.end = RATE
        self.wave = sine(RATE, 1000.0).T

    def sound(self, stem: int, since: int, most: int) -> tuple[int, np.ndarray]:
        return self.end, self.wave[:, : max(0, min(self.end - since, RATE // 2))]

    def hop_counts(self) -> np.ndarray:
        counts = np.zeros(416, dtype=np.int64)
        counts[150] = self.end
        return counts

    def meters(self) -> None:
        return None


def shown(page: Page, qtbot: Any) -> Page:
    qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    turn(page)
    return page


def turn(page: Page) -> None:
    """What the window does in a picture."""
    if page.live.look() and page.live.alive and page.live.state:
        page.refresh(page.live.state)
    page.tick(page.live.meters())


def colours(page: PicturesPage, row: int) -> int:
    image = page.rows[row].picture.grab().toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 4)})


def test_the_latency_page_names_every_component_and_what_it_takes(qtbot: Any) -> None:
    page = shown(LatencyPage(Moment(), DARK), qtbot)
    assert isinstance(page, LatencyPage)
    assert page.total.value == "8.00 ms"
    assert page.components["slack"].value == "1.33 ms"
    assert page.components["resampling"].value == "0.00 ms"
    widths = {part.name: box.width() for part, box in page.bar.boxes()}
    assert "resampling" not in widths
    assert widths["separator"] == pytest.approx(2 * widths["slack"], abs=3)


def test_what_was_measured_stands_beside_what_is_declared_and_is_blank_without(qtbot: Any) -> None:
    live = Moment()
    page = shown(LatencyPage(live, DARK), qtbot)
    assert isinstance(page, LatencyPage)
    assert page.measured.value == ""
    live.show(loop=MeasuredLoop(130.5, 40.0))  # 64 and 64 are declared
    turn(page)
    assert page.measured.value == "8.05 ms"
    assert page.measured.accessibleDescription() == "8.05 ms +2.5 frames"
    live.show(loop=None)
    turn(page)
    assert page.measured.value == ""


def test_the_list_says_what_rose_and_a_count_turns_red(qtbot: Any) -> None:
    live = Moment()
    page = shown(LatencyPage(live, DARK), qtbot)
    assert isinstance(page, LatencyPage)
    assert page.rises.item(0).text() == "nothing went wrong"
    live.show(counters=replace(Counters(*[0] * 14), late_hops=3))
    turn(page)
    assert page.rises.item(0).text().endswith("late hops +3")
    assert (page.counts["late_hops"].value, page.counts["late_hops"].severity) == ("3", "fault")
    assert page.counts["xruns"].severity == "calm"


def test_measuring_is_offered_only_where_the_host_offers_it(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    live = Moment()
    page = shown(LatencyPage(live, DARK), qtbot)
    assert isinstance(page, LatencyPage)
    assert not page.measure.isVisible()
    wanted = MixGain(-3.0)  # stands for a change that a later host knows
    row = Message(MEASURE, "", (), lambda names, values: (wanted,))
    monkeypatch.setattr(live, "address", lambda path: Address(path, row) if path == MEASURE else None)
    live.show()
    turn(page)
    assert page.measure.isVisible()
    page.measure.click()
    assert live.asked == [wanted]


def test_with_the_engine_gone_no_number_stays(qtbot: Any) -> None:
    live = Moment()
    pages = [shown(make(live, DARK), qtbot) for make in (LatencyPage, Foot)]
    live.show(alive=False)
    for page in pages:
        turn(page)
    latency, foot = pages
    assert isinstance(latency, LatencyPage)
    assert isinstance(foot, Foot)
    assert {figure.value for figure in (latency.total, *latency.times.values(), *latency.counts.values())} == {""}
    assert {figure.value for figure in foot.counts.values()} == {""}
    assert not foot.bar.boxes()
    live.show()
    for page in pages:
        page.refresh(live.show())
    assert latency.total.value == "8.00 ms"
    assert foot.counts["xruns"].value == "0"


def test_the_foot_says_latched_in_red_and_a_separator_that_does_not_run_in_amber(qtbot: Any) -> None:
    live = Moment()
    foot = shown(Foot(live, DARK), qtbot)
    assert isinstance(foot, Foot)
    assert not foot.separator.isVisible()
    live.show(separator_status="restarting")
    turn(foot)
    assert (foot.separator.value, foot.separator.severity) == ("restarting", "warning")
    live.show(latched=True)
    turn(foot)
    assert (foot.separator.value, foot.separator.severity) == ("LATCHED", "fault")
    assert foot.counts["late_hops"].severity == "fault"


def test_spectra_of_a_host_elsewhere_say_why_there_are_none_and_levels_go_on(qtbot: Any) -> None:
    page = shown(PicturesPage(Moment(), DARK), qtbot)
    assert isinstance(page, PicturesPage)
    assert page._elsewhere.isVisible()
    assert not any(row.picture.isVisible() for row in page.rows)
    assert all(row.history.isVisible() for row in page.rows)
    assert page.live.history.rows == len(page.rows)


def test_pictures_scroll_and_go_blank_with_the_engine(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    live, ears = Moment(), Ears()
    live.eyes = ears  # type: ignore[assignment]
    monkeypatch.setattr(live, "meters", lambda: object() if live.alive else None)
    page = shown(PicturesPage(live, DARK), qtbot)
    assert isinstance(page, PicturesPage)
    live.eyes = ears  # type: ignore[assignment]
    for _ in range(20):
        ears.end += 800
        turn(page)
        page.refresh(live.show())
    assert [row.name.text() for row in page.rows] == ["together", "input", *live.engine.spec.stems]
    assert colours(page, 0) > 5
    assert colours(page, 1) > 5
    live.link.alive = False
    turn(page)
    assert colours(page, 0) == 1


def test_a_row_can_stand_alone_and_a_muted_stem_is_called_so(qtbot: Any) -> None:
    live = Moment()
    page = shown(PicturesPage(live, DARK), qtbot)
    assert isinstance(page, PicturesPage)
    page.rows[2].name.click()
    assert [row.history.isVisible() for row in page.rows] == [place == 2 for place in range(len(page.rows))]
    page.rows[2].name.click()
    assert all(row.history.isVisible() for row in page.rows)
    live.engine.apply(StemMute(live.engine.spec.stems[0], True))
    live.show()
    turn(page)
    assert page.rows[2].name.accessibleDescription() == "muted"
    assert page.rows[3].name.accessibleDescription() == ""


@pytest.mark.parametrize("make", [PicturesPage, LatencyPage, Foot])
def test_another_theme_changes_the_ground(make: type[Page], qtbot: Any) -> None:
    page = shown(make(Moment(), DARK), qtbot)
    before = page.grab().toImage()
    page.restyle(LIGHT)
    assert page.grab().toImage() != before
