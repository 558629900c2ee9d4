"""The benchmark of separators: what it asks of the flagships."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

separators = pytest.importorskip(
    "benchmarks.separators", reason="the benchmarks are part of the repository, not of the wheel"
)
rates = pytest.importorskip("benchmarks.rates")

from rtsep_models.evaluation.material import Piece  # noqa: E402


def entry(p999_us: float, error_db: float = -110.0, ratio: float = 1.0, gap_db: float = 0.1) -> dict[str, Any]:
    times = {"p50": 300.0, "p99": 500.0, "p99.9": p999_us, "max": 2000.0}
    paced = {"hop_us": times, "hop_share": {"p99.9": p999_us / 2666.0}}
    return {
        "cost": {"default": {"paced": paced, "flat_out": {"hop_us": times}}, "torch": {"failed": "no torch"}},
        "streaming": {"error_db": [-120.0, error_db], "largest_state": [[1.0, 2.0], [1.0, 2.2]]},
        "silence": {"ratio": ratio},
        "rates": [{"gap_db": 0.0}, {"gap_db": -gap_db}],
    }


def verdicts(tmp_path: Path, entries: dict[str, Any]) -> dict[str, Any]:
    report = separators.Report("separators", argparse.Namespace(json=tmp_path / "separators.json"))
    report.figures = {"separators": entries}
    separators.judge(report, list(entries))
    report.close()
    return {row["name"]: row for row in json.loads((tmp_path / "separators.json").read_text())["acceptance"]}


def test_the_worst_of_the_flagships_is_judged(tmp_path: Path) -> None:
    found = verdicts(tmp_path, {"stage": entry(1100.0), "monitor": entry(3000.0, ratio=1.1, gap_db=0.2)})
    assert found["stage_hop_p999_ms"] == {
        "name": "stage_hop_p999_ms",
        "value": 1.1,
        "unit": "ms",
        "bound": "<= 1.2",
        "holds": True,
    }
    assert found["monitor_hop_p999_ms"]["bound"] == "reported"
    assert found["silence_cost_ratio"]["value"] == 1.1
    assert found["rate_gap_db"]["value"] == 0.2
    assert found["state_growth"]["value"] == 1.1
    assert all(row["holds"] for row in found.values())


def test_falling_short_is_said(tmp_path: Path) -> None:
    found = verdicts(tmp_path, {"stage": entry(1300.0, error_db=-70.0, ratio=1.3, gap_db=0.4)})
    short = {name for name, row in found.items() if not row["holds"]}
    assert short == {"stage_hop_p999_ms", "stream_offline_error_db", "silence_cost_ratio", "rate_gap_db"}


def test_what_does_not_depend_on_the_rate_has_no_gap() -> None:
    gap = rates.rate_gap("passthrough", Piece("demo clip"), 2.0)
    assert abs(gap["gap_db"]) < 0.05
