"""The README says what was measured, not what was hoped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

table = pytest.importorskip("benchmarks.table", reason="the benchmarks are part of the repository, not of the wheel")


def test_the_readme_shows_the_committed_figures() -> None:
    readme = table.README.read_text()
    for name in table.TABLES:
        assert all(marker in readme for marker in table.markers(name)), name
    assert table.whole(readme, table.RESULTS) == readme, "run python -m benchmarks.table"


def test_the_page_of_figures_has_every_committed_one() -> None:
    assert table.PAGE.read_text() == table.page(table.RESULTS), "run python -m benchmarks.table"


def test_a_table_stands_between_its_markers_and_nothing_else_moves() -> None:
    begin, end = table.markers("quality")
    text = f"before\n{begin}old\n{end}after\n"
    assert table.filled(text, "quality", ["new"]) == f"before\n{begin}new\n{end}after\n"


def test_quality_has_a_row_per_separator_and_blanks_for_what_is_undefined(tmp_path: Path) -> None:
    stem = {"usdr_db": 5.125, "museval_db": None, "usdr_gain_db": 7.0}
    total = {"stems": {"vocals": stem}, "mean": stem, "vocals_muted": {"vocals_left_db": -12.3456}}
    stage = {"latency_ms": 5.805, "parameters": 1_234_567, "mac_per_s": 1.5e9, "total": total}
    classic = {"latency_ms": 5.805, "total": total}
    written = {"figures": {"separators": {"stage": stage, "classic": classic}}}
    (tmp_path / "quality.json").write_text(json.dumps(written))
    *_, neural, plain = table.quality(tmp_path)
    assert neural == "| `stage` | 5.8 ms | 1.23 M | 1.50 G | 5.12 |  |  |  | 5.12 | 7.00 |  | -12.35 |"
    assert plain.startswith("| `classic` | 5.8 ms |  |  | 5.12 |")


def test_cost_leaves_out_runtimes_that_failed(tmp_path: Path) -> None:
    times = {"p50": 300.0, "p99": 500.0, "p99.9": 800.0, "max": 1000.0}
    row = {
        "flat_out": {"runtime": "onnxruntime cpu float32", "hop_us": times},
        "paced": {"hop_us": times, "hop_share": {"p99.9": 0.3}, "hop_period_us": 2666.0},
    }
    runtimes = {"default": row, "torch": {"failed": "no torch"}}
    (tmp_path / "separators.json").write_text(json.dumps({"figures": {"separators": {"stage": {"cost": runtimes}}}}))
    (only,) = table.cost(tmp_path)[2:]
    assert only.startswith(
        "| `stage` | default (onnxruntime cpu float32) | 2.67 | 0.30 | 0.50 | 0.80 | 1.00 | 30% | 0.30 |"
    )
