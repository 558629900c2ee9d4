"""Two reports against each other: the arithmetic, on made-up durations."""

from __future__ import annotations

import math

import pytest
from benchreports import hop_row, live_row, report

from rtsep.lab.bench.compare import LEAST, UNKNOWN, Comparison, Line, compare, relative_gap


def line(comparison: Comparison, separator: str, figure: str, percentile: str = "p50") -> Line:
    (found,) = (
        line
        for line in comparison.lines
        if (line.separator, line.figure, line.percentile) == (separator, figure, percentile)
    )
    return found


def test_a_report_is_the_same_as_itself() -> None:
    one = report([hop_row("a", 100.0, 110.0, 105.0)], [live_row("a")])
    found = compare(one, one)
    assert found.changed == ()
    assert found.differences == {}
    assert all(line.ratio == 1.0 for line in found.lines)
    assert {line.figure for line in found.lines} == {"flat out", "paced", "callback", "wake", "compute", "turnaround"}


def test_a_change_must_exceed_the_spread_of_both_reports_repeats() -> None:
    a = report([hop_row("a", 100.0, 110.0, 105.0)], [])
    noise = 1.1 * 1.2  # of the one's repeats, times the other's
    within = report([hop_row("a", 125.0, 150.0, 130.0)], [])
    beyond = report([hop_row("a", 150.0, 180.0, 160.0)], [])
    found = line(compare(a, within), "a", "flat out")
    assert found.noise == pytest.approx(noise, rel=1e-3)
    assert found.ratio == pytest.approx(130 / 105)
    assert found.verdict == "same"
    assert line(compare(a, beyond), "a", "flat out").verdict == "slower"
    assert line(compare(beyond, a), "a", "flat out").verdict == "faster"


def test_repeats_that_agree_exactly_still_leave_the_width_of_a_bin() -> None:
    a = report([hop_row("a", 100.0, 100.0, 100.0)], [])
    just_below = report([hop_row("a", *[100.0 * (1 + LEAST) - 0.1] * 3)], [])
    just_above = report([hop_row("a", *[100.0 * (1 + LEAST) + 0.1] * 3)], [])
    assert line(compare(a, just_below), "a", "flat out").verdict == "same"
    assert line(compare(a, just_above), "a", "flat out").verdict == "slower"


def test_without_repeats_only_large_changes_are_told() -> None:
    a = report([hop_row("a", 100.0)], [])
    assert line(compare(a, report([hop_row("a", 120.0)], [])), "a", "flat out").verdict == "same"
    told = line(compare(a, report([hop_row("a", 130.0)], [])), "a", "flat out")
    assert told.verdict == "slower"
    assert told.noise == pytest.approx(1 + UNKNOWN)


def test_rows_of_one_report_only_are_told_last() -> None:
    a = report([hop_row("a", 100.0, 100.0), hop_row("gone", 50.0, 50.0)], [])
    b = report([hop_row("a", 300.0, 300.0), hop_row("new", 50.0, 50.0)], [])
    found = compare(a, b)
    assert [line.verdict for line in found.changed[:4]] == ["slower"] * 4
    assert {(line.separator, line.verdict) for line in found.changed[4:]} == {
        ("gone", "only in A"),
        ("new", "only in B"),
    }


def test_another_machine_and_other_settings_are_named() -> None:
    a = report([], [])
    b = report([], [], cpu="Zilog Z80", complete=False)
    found = compare(a, b).differences
    assert found["machine"][0].startswith("Acme 9000")
    assert found["machine"][1].startswith("Zilog Z80")
    assert found["complete"] == ("yes", "no, interrupted")
    assert set(found) == {"machine", "complete"}


def test_a_machine_that_is_slower_as_a_whole_leaves_the_ratios_alone() -> None:
    costs = {"a": 50.0, "b": 100.0, "c": 400.0}
    one = report([hop_row(name, us) for name, us in costs.items()], [])
    half = report([hop_row(name, 2 * us) for name, us in costs.items()], [])
    reference, gap = relative_gap(one, half)
    assert reference == "b"
    assert gap == pytest.approx(0.0, abs=1e-3)


def test_the_gap_is_the_largest_of_the_ratios_changes() -> None:
    one = report([hop_row("a", 50.0), hop_row("b", 100.0), hop_row("c", 400.0)], [])
    other = report([hop_row("a", 40.0), hop_row("b", 100.0), hop_row("c", 420.0)], [])
    assert relative_gap(one, other)[1] == pytest.approx(math.log(50 / 40), rel=1e-3)


def test_the_reference_is_the_row_whose_repeats_agree_best() -> None:
    one = report([hop_row("a", 50.0, 50.0), hop_row("b", 100.0, 130.0), hop_row("c", 400.0, 420.0)], [])
    assert relative_gap(one, one) == ("a", 0.0)


def test_one_row_has_nothing_to_be_relative_to() -> None:
    assert relative_gap(report([hop_row("a", 1.0)], []), report([hop_row("a", 2.0)], [])) == ("", None)


def test_live_hosts_need_a_larger_change() -> None:
    a, b = live_row("a", turnaround_us=1000.0), live_row("a", turnaround_us=1150.0)
    assert line(compare(report([], [a]), report([], [b])), "a", "turnaround").verdict == "same"
    c = live_row("a", turnaround_us=1250.0)
    assert line(compare(report([], [a]), report([], [c])), "a", "turnaround").verdict == "slower"


def test_the_gap_is_that_of_the_least_disturbed_repeats() -> None:
    one = report([hop_row("a", 50.0, 90.0), hop_row("b", 100.0, 100.0), hop_row("c", 400.0, 400.0)], [])
    other = report([hop_row("a", 80.0, 50.0), hop_row("b", 100.0, 170.0), hop_row("c", 900.0, 400.0)], [])
    assert relative_gap(one, other)[1] == pytest.approx(0.0, abs=1e-3)
