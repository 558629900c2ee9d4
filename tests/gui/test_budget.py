"""The budget's parts and the load against its deadline."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from fakeengine import FakeEngine

from rtsep.control import Load, MeasuredLoop
from rtsep.shared.fields import HISTOGRAM_BINS
from rtsep.shared.histogram import upper_edges_ns
from rtsep.spec import LatencyBudget
from rtsep_gui.models.budget import measured_ms, parts, total_ms
from rtsep_gui.models.loadgraph import PER_S, LoadTrace, bars, deadline_us

BIN = 1.07
"""A histogram's bins are 6 % wide."""


def counted(*times_us: float) -> np.ndarray:
    counts = np.zeros(HISTOGRAM_BINS, dtype=np.int64)
    for time_us in times_us:
        counts[np.searchsorted(upper_edges_ns(), 1e3 * time_us)] += 1
    return counts


def test_every_component_of_the_budget_is_a_part_and_they_add_up() -> None:
    state = FakeEngine().state()
    found = parts(state)
    assert [part.name.replace(" ", "_") for part in found] == [field.name for field in fields(LatencyBudget)]
    assert sum(part.ms for part in found) == pytest.approx(total_ms(state))
    assert total_ms(state) == 8.0


def test_what_is_measured_is_the_devices_way_and_what_the_host_adds() -> None:
    state = FakeEngine().state()
    assert measured_ms(state) is None
    found = replace(state, loop=MeasuredLoop(200.5, 40.0))
    assert measured_ms(found) == pytest.approx(1e3 * (200.5 + state.budget.host) / 48000.0)


def test_the_deadline_is_a_hop_at_the_devices_rate() -> None:
    state = FakeEngine().state()
    assert deadline_us(state) == pytest.approx(1e6 * state.separator.hop / 48000.0)
    loaded = replace(state, load=Load(500.0, 900.0, 950.0, 0.25, 0.0, 0.0, 0.0, 0.0))
    assert deadline_us(loaded) == 2000.0


def test_a_point_of_the_trace_is_what_came_since_the_last_and_nothing_is_a_gap() -> None:
    trace = LoadTrace()
    so_far = counted(100.0, 100.0)
    for step, new in enumerate((counted(), counted(100.0, 100.0, 900.0), counted(), counted(3000.0))):
        so_far = so_far + new
        now_s = 10.0 + step / PER_S
        assert trace.due(now_s)
        trace.note(now_s, so_far, 1000.0)
        assert not trace.due(now_s)
    assert trace.most[-3] == pytest.approx(0.9, rel=BIN - 1)
    assert trace.typical[-3] == pytest.approx(0.1, rel=BIN - 1)
    assert np.isnan(trace.most[-4])
    assert np.isnan(trace.most[-2])
    assert trace.most[-1] == pytest.approx(3.0, rel=BIN - 1)


def test_a_new_separators_counts_and_a_host_out_of_sight_make_no_point() -> None:
    trace = LoadTrace()
    for step, counts in enumerate((counted(100.0, 100.0), counted(50.0), None, counted(60.0, 60.0))):
        trace.note(10.0 + step / PER_S, counts, 1000.0)
    assert np.isnan(trace.most).all()


def test_bars_hold_all_hops_and_end_where_they_do() -> None:
    made = bars(counted(100.0, 100.0, 100.0, 5000.0))
    assert made.shares.sum() == pytest.approx(1.0)
    assert made.shares[0] == 0.75
    assert made.edges_us[0] <= 100.0 <= made.edges_us[1]
    assert made.edges_us[-2] <= 5000.0 <= made.edges_us[-1]
    assert not len(bars(counted()).shares)
