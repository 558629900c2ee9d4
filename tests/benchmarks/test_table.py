"""The README says what was measured, not what was hoped."""

from __future__ import annotations

import pytest

table = pytest.importorskip("benchmarks.table", reason="the benchmarks are part of the repository, not of the wheel")


def test_the_readme_shows_the_committed_figures() -> None:
    readme = table.README.read_text()
    assert table.BEGIN in readme
    assert table.filled(readme, table.rows(table.RESULTS)) == readme, "run python -m benchmarks.table"


def test_the_table_stands_between_the_markers_and_nothing_else_moves() -> None:
    text = f"before\n{table.BEGIN}old\n{table.END}after\n"
    assert table.filled(text, ["new"]) == f"before\n{table.BEGIN}new\n{table.END}after\n"
