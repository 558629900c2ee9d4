"""What is recommended, of live rows that are made up."""

from __future__ import annotations

import pytest
from benchreports import facts, live_row

from rtsep.lab.bench.recommend import MARGIN, by_chance, objections, recommend, shares, standing
from rtsep.lab.bench.report import LiveRow

SLACK_US = 128 / 48000 * 1e6


def figures(row: LiveRow):
    assert row.figures is not None
    return row.figures


def test_a_quick_separator_is_sustained_and_its_tightest_deadline_is_told() -> None:
    row = live_row("stage", turnaround_us=1000.0)
    assert objections(figures(row)) == []
    found = recommend([row], [facts("stage")])
    assert found.choice is not None
    assert (found.choice.separator, found.choice.block) == ("stage", 128)
    assert found.choice.used == pytest.approx(1000.0 / SLACK_US, rel=0.001)
    assert found.choice.latency_ms == pytest.approx(640 / 48)
    assert "'stage' (stage tier) with blocks of 128 frames: 13.3 ms" in found.text


def test_time_that_is_kept_only_just_is_not_enough() -> None:
    inside = live_row("stage", turnaround_us=0.99 * MARGIN * SLACK_US)
    outside = live_row("stage", turnaround_us=1.01 * MARGIN * SLACK_US)
    assert objections(figures(inside)) == []
    assert objections(figures(outside)) == ["71% of the slack"]
    found = recommend([outside], [facts("stage")])
    assert found.choice is None
    assert found.refused == {"stage": "128 frames: 71% of the slack"}
    assert "nothing measured here is sustained" in found.text


@pytest.mark.parametrize("name", ["late_hops", "missed_positions", "xruns", "restarts", "nonfinite_hops"])
def test_one_thing_that_went_wrong_is_one_too_many(name: str) -> None:
    row = live_row("stage", counts={name: 1})
    assert objections(figures(row)) == [f"1 {name.replace('_', ' ')}"]
    assert recommend([row], [facts("stage")]).choice is None


def test_a_core_that_is_nearly_full_is_not_sustained() -> None:
    row = live_row("stage", cpu={"control": 0.0, "audio": 0.0, "separator": 0.9})
    assert objections(figures(row)) == ["90% of a core"]


def test_the_block_of_least_latency_wins_and_of_equals_the_longest() -> None:
    rows = [
        live_row("stage", 64, budget={"device_in": 64, "adaptation": 64, "device_out": 256}),
        live_row("stage", 128),
        live_row("stage", 256, budget={"device_in": 256, "device_out": 512, "slack": 256}),
    ]
    found = recommend(rows, [facts("stage")])
    assert found.choice is not None
    assert found.choice.block == 128
    quicker = live_row("stage", 64, budget={"device_in": 64, "adaptation": 64, "device_out": 128})
    assert recommend([quicker, *rows[1:]], [facts("stage")]).choice.block == 64  # type: ignore[union-attr]


def test_the_preferred_separator_goes_first_and_a_mere_passage_never() -> None:
    separators = [facts("passthrough", reference=True), facts("monitor", "monitor"), facts("classic"), facts("stage")]
    rows = [live_row(f.name, budget={"separator": 0 if f.reference else 128}) for f in separators]
    found = recommend(rows, separators)
    assert [choice.separator for choice in found.sustained] == ["stage", "classic", "monitor"]
    without_stage = [row for row in rows if row.separator != "stage"]
    tired = [*without_stage, live_row("stage", counts={"late_hops": 4})]
    found = recommend(tired, separators)
    assert found.choice is not None
    assert found.choice.separator == "classic"
    assert found.refused == {"stage": "128 frames: 4 late hops"}


def test_without_a_live_row_nothing_is_recommended() -> None:
    failed = LiveRow(separator="stage", runtime="", block=128, failed="no JACK server answers")
    found = recommend([failed], [facts("stage")])
    assert found.choice is None
    assert found.text == "nothing was measured live, so that nothing is recommended"
    assert found.refused == {"stage": "no JACK server answers"}


def test_a_host_that_grants_no_slack_uses_more_than_all_of_it() -> None:
    assert shares(figures(live_row("stage", budget={"slack": 0})))["stems"] == float("inf")


def test_standing_tells_what_was_heard_from_what_came_close() -> None:
    assert standing(figures(live_row("stage"))) == "sustained"
    assert standing(figures(live_row("stage", turnaround_us=0.9 * SLACK_US))) == "tight"
    assert standing(figures(live_row("stage", turnaround_us=1.1 * SLACK_US))) == "over"
    assert standing(figures(live_row("stage", counts={"xruns": 1}))) == "over"


def test_faults_alone_may_be_chance_but_not_with_a_deadline_nearly_missed() -> None:
    assert by_chance(figures(live_row("stage", counts={"xruns": 1})))
    assert not by_chance(figures(live_row("stage")))
    assert not by_chance(figures(live_row("stage", turnaround_us=0.9 * SLACK_US, counts={"xruns": 1})))


def test_the_setting_that_comes_closest_says_what_is_missing() -> None:
    rows = [
        live_row("stage", 64, turnaround_us=0.95 * SLACK_US),
        live_row("stage", 128, turnaround_us=0.8 * SLACK_US),
        live_row("stage", 256, counts={"late_hops": 2}),
        LiveRow(separator="stage", runtime="", block=512, failed="no JACK server answers"),
    ]
    assert recommend(rows, [facts("stage")]).refused == {"stage": "128 frames: 80% of the slack"}
