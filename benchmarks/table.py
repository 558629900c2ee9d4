"""Puts the acceptance figures of benchmarks/results into the README, between its two markers: `python -m benchmarks.table`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.report import RESULTS, ROOT

README = ROOT / "README.md"
BEGIN, END = "<!-- figures: python -m benchmarks.table -->\n", "<!-- end of figures -->\n"


def rows(results: Path) -> list[str]:
    """One table row per acceptance figure, in the order of the files' names."""
    lines = ["| benchmark | figure | measured | bound | |", "|---|---|---:|---|---|"]
    for path in sorted(results.glob("*.json")):
        lines += [_row(path.stem, entry) for entry in json.loads(path.read_text()).get("acceptance", [])]
    return lines


def _row(benchmark: str, entry: dict[str, Any]) -> str:
    verdict = "" if entry["bound"] == "reported" else "holds" if entry["holds"] else "**falls short**"
    number = float(entry["value"])
    value = f"{number:,.0f}" if number.is_integer() else f"{number:.4g}"
    return f"| {benchmark} | `{entry['name']}` | {value} {entry['unit']} | {entry['bound']} | {verdict} |"


def filled(readme: str, table: list[str]) -> str:
    """`readme` with the table between the markers."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n".join(table) + "\n" + END + after


if __name__ == "__main__":
    README.write_text(filled(README.read_text(), rows(RESULTS)))
