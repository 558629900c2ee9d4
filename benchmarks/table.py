"""Puts the figures of benchmarks/results between the markers of the README and of docs/families.md, all of them into
docs/figures.md, and scores into the cards of the shipped weights: `python -m benchmarks.table`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.cards import fill
from benchmarks.report import RESULTS, ROOT

README, PAGE, FAMILIES = ROOT / "README.md", ROOT / "docs" / "figures.md", ROOT / "docs" / "families.md"
STEMS = ("vocals", "drums", "bass", "other")
EQUAL = "equal_monitor"
"""The flagship, trained for as long as the field."""
LEVELS = (("mean", "usdr_db"), ("mean", "usdr_gain_db"), ("mean", "museval_db"), ("vocals_muted", "vocals_left_db"))


def every_figure(results: Path) -> list[str]:
    """One table row per acceptance figure, in the order of the files' names."""
    lines = ["| benchmark | figure | measured | bound | |", "|---|---|---:|---|---|"]
    for path in sorted(results.glob("*.json")):
        lines += [_figure(path.stem, entry) for entry in json.loads(path.read_text()).get("acceptance", [])]
    return lines


def figures(results: Path) -> list[str]:
    """The rows of those that have a bound."""
    return [line for line in every_figure(results) if "| reported |" not in line]


def page(results: Path) -> str:
    """docs/figures.md."""
    return "\n".join(["# Every figure of benchmarks/results", "", *every_figure(results), ""])


def _figure(benchmark: str, entry: dict[str, Any]) -> str:
    verdict = "" if entry["bound"] == "reported" else "holds" if entry["holds"] else "**falls short**"
    number = float(entry["value"])
    value = f"{number:,.0f}" if number.is_integer() else f"{number:.4g}"
    return f"| {benchmark} | `{entry['name']}` | {value} {entry['unit']} | {entry['bound']} | {verdict} |"


def quality(results: Path) -> list[str]:
    """One row per separator: latency and size, then levels in dB over all songs."""
    lines = [
        "| separator | latency | parameters | MAC/s | vocals | drums | bass | other | mean | gain | museval | vocals left |",
        "|---|" + "---:|" * 11,
    ]
    for name, entry in _separators(results, "quality"):
        total = entry["total"]
        stems = [_level(total["stems"].get(stem, {}).get("usdr_db")) for stem in STEMS]
        levels = [_level(total[part][level]) for part, level in LEVELS]
        sizes = [_size(entry.get(key)) for key in ("parameters", "mac_per_s")]
        lines.append(f"| `{name}` | {entry['latency_ms']:.1f} ms | {' | '.join([*sizes, *stems, *levels])} |")
    return lines


def cost(results: Path) -> list[str]:
    """One row per separator and runtime: percentiles of a hop's time, ms."""
    lines = [
        "| separator | runtime | hop | p50 | p99 | p99.9 | max | p99.9 of the hop | flat out p50 |",
        "|---|---|" + "---:|" * 7,
    ]
    for name, entry in _separators(results, "separators"):
        for runtime, row in entry["cost"].items():
            if "paced" not in row:
                continue
            paced, flat = row["paced"], row["flat_out"]
            times = " | ".join(f"{paced['hop_us'][key] / 1e3:.2f}" for key in ("p50", "p99", "p99.9", "max"))
            label = f"{runtime} ({flat['runtime']})" if flat["runtime"] and runtime == "default" else runtime
            lines.append(
                f"| `{name}` | {label} | {paced['hop_period_us'] / 1e3:.2f} | {times} "
                f"| {paced['hop_share']['p99.9']:.0%} | {flat['hop_us']['p50'] / 1e3:.2f} |"
            )
    return lines


def families(results: Path) -> list[str]:
    """One row per separator: size, cost and levels in dB; `heard` says on how much music it was trained, and whether that
    is more or less than the flagship had that the field is held against."""
    lines = [
        "| separator | latency | parameters | MAC/s | hop p50 / p99.9, live | flat out | real time "
        "| uSDR: vocals | drums | bass | other | mean | gain | museval: vocals | drums | bass | other | mean | heard |",
        "|---|" + "---:|" * 5 + "---|" + "---:|" * 11 + "---|",
    ]
    entries = dict(_separators(results, "families"))
    equal_s = entries.get(EQUAL, {}).get("training", {}).get("audio_s")
    for name, entry in entries.items():
        rows, flat, total = entry.get("live", []), entry.get("flat_out", {}), entry.get("total", {})
        cells = [
            f"`{name}`",
            f"{entry['latency_ms']:.1f} ms",
            *(_size(entry.get(key)) for key in ("parameters", "mac_per_s")),
            *(_times(row.get("hop_us")) for row in (rows[-1] if rows else {}, flat)),
            _in_time(entry.get("keeps_time"), rows),
            *_levels(total, "usdr_db"),
            _level(total.get("mean", {}).get("usdr_gain_db")),
            *_levels(total, "museval_db"),
            _heard(entry.get("training"), equal_s),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def ablations(results: Path) -> list[str]:
    """One row per answer to each question: uSDR in dB."""
    path = results / "ablations.json"
    questions = json.loads(path.read_text())["figures"]["questions"] if path.exists() else {}
    lines = ["| question | answer | vocals | drums | bass | other | mean |", "|---|---|" + "---:|" * 5]
    for question in questions.values():
        asks = question["asks"]
        for label, row in question["rows"].items():
            lines.append(f"| {asks} | {label} | {' | '.join(_level(row.get(stem)) for stem in (*STEMS, 'mean'))} |")
            asks = ""
    return lines


def _times(times: dict[str, float] | None) -> str:
    """Milliseconds."""
    return f"{times['p50'] / 1e3:.2f} / {times['p99.9'] / 1e3:.2f}" if times else ""


def _in_time(keeps_time: bool | None, rows: list[dict[str, Any]]) -> str:
    """Of live runs, if there were any."""
    if keeps_time is None:
        return ""
    row = rows[-1]
    if keeps_time or "failed" in row:
        return "yes" if keeps_time else row["failed"]
    counts = {"late hops": row["late_hops"], "frames missed": row["missed_positions"]}
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def _levels(total: dict[str, Any], kind: str) -> list[str]:
    """Of each stem, then of the mean."""
    stems = total.get("stems", {})
    return [*(_level(stems.get(stem, {}).get(kind)) for stem in STEMS), _level(total.get("mean", {}).get(kind))]


def _heard(training: dict[str, Any] | None, equal_s: float | None) -> str:
    if not training:
        return ""
    heard_s = training["audio_s"]
    apart = "" if equal_s in (None, heard_s) else " (more)" if heard_s > equal_s else " (less)"
    return f"{training['steps']:,} steps, {heard_s / 3600:.1f} h{apart}"


def _separators(results: Path, benchmark: str) -> list[tuple[str, dict[str, Any]]]:
    """By name, as one benchmark wrote them; none if it has not run."""
    path = results / f"{benchmark}.json"
    return list(json.loads(path.read_text())["figures"]["separators"].items()) if path.exists() else []


def _level(level: float | None) -> str:
    return "" if level is None or level != level else f"{level:.2f}"


def _size(number: float | None) -> str:
    """In millions or thousands of millions; nothing for what has none."""
    if number is None:
        return ""
    return f"{number / 1e6:,.2f} M" if number < 1e8 else f"{number / 1e9:.2f} G"


Tables = Mapping[str, Callable[[Path], list[str]]]
TABLES: Tables = {"figures": figures, "quality": quality, "cost": cost}
"""Of the README."""
PAGE_TABLES: Tables = {"families": families, "ablations": ablations}
"""Of docs/families.md."""


def markers(name: str) -> tuple[str, str]:
    """The lines between which a table stands."""
    return f"<!-- {name}: python -m benchmarks.table -->\n", f"<!-- end of {name} -->\n"


def filled(readme: str, name: str, table: list[str]) -> str:
    """`readme` with the table between its markers."""
    begin, end = markers(name)
    before, _, rest = readme.partition(begin)
    _, _, after = rest.partition(end)
    return before + begin + "\n".join(table) + "\n" + end + after


def whole(readme: str, results: Path, tables: Tables = TABLES) -> str:
    """`readme` with all of its tables filled."""
    for name, rows in tables.items():
        readme = filled(readme, name, rows(results))
    return readme


if __name__ == "__main__":
    README.write_text(whole(README.read_text(), RESULTS))
    FAMILIES.write_text(whole(FAMILIES.read_text(), RESULTS, PAGE_TABLES))
    PAGE.write_text(page(RESULTS))
    fill(RESULTS)
