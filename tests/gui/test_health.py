"""Faults since the window opened: which, how many, when."""

from __future__ import annotations

from dataclasses import replace

from fakeengine import FakeEngine

from rtsep.control import Counters, EngineState
from rtsep_gui.models.health import NOW_S, RECENT_S, Health


def state(name: str = "fake", **counts: int) -> EngineState:
    zero = Counters(*[0] * 14)
    return replace(FakeEngine().state(), name=name, counters=replace(zero, **({"callbacks": 100} | counts)))


def test_what_a_host_counted_before_the_window_came_is_not_news() -> None:
    health = Health()
    health.note(state(xruns=5), 1000.0)
    assert not health.rises
    assert health.severity("xruns", 1000.0) == "calm"


def test_a_rise_is_kept_with_its_time_and_fades_from_red_over_amber() -> None:
    health = Health()
    health.note(state(xruns=5), 1000.0)
    health.note(state(xruns=7), 1010.0)
    (rise,) = health.rises
    assert (rise.what, rise.by, rise.first_s) == ("xruns", 2, 1010.0)
    assert health.severity("xruns", 1010.0 + NOW_S) == "fault"
    assert health.severity("xruns", 1010.0 + RECENT_S) == "warning"
    assert health.severity("xruns", 1010.1 + RECENT_S) == "calm"


def test_what_goes_on_rising_is_one_entry_among_others() -> None:
    health = Health()
    for step in range(5):
        health.note(state(late_hops=step, xruns=min(step, 1)), 1000.0 + 0.5 * step)
    health.note(state(late_hops=5, xruns=1), 1010.0)
    said = [(rise.counter, rise.by, rise.first_s, rise.last_s) for rise in health.rises]
    assert said == [
        ("xruns", 1, 1000.5, 1000.5),
        ("late_hops", 4, 1000.5, 1002.0),
        ("late_hops", 1, 1010.0, 1010.0),
    ]


def test_another_host_or_one_that_began_anew_is_only_looked_at() -> None:
    health = Health()
    health.note(state(xruns=1), 1000.0)
    health.note(state(name="other", xruns=9), 1001.0)
    health.note(state(name="other", xruns=50, callbacks=3), 1002.0)
    assert not health.rises
    health.note(state(name="other", xruns=51, callbacks=4), 1003.0)
    assert [rise.by for rise in health.rises] == [1]
