"""How `rtsep bench` shows what it found."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from rtsep.cli.output import plain_table
from rtsep.lab.bench.compare import Comparison, Line
from rtsep.lab.bench.recommend import others, shares, standing
from rtsep.lab.bench.report import HopFigures, HopRow, LiveFigures, LiveRow, Recommendation, Report

_HOPS = ("# p50", "# p99", "# p99.9", "# max", "# late", "# flat", "# share", "# load", "# MiB")
_LIVE = ("# ms", "# call", "# wake", "# hop", "# stems", "# slack", "# CPU %", "")
_WORDS = {"sustained": "ok"}
_COLOURS = {"slower": "red", "faster": "green", "sustained": "green", "tight": "yellow", "over": "red"}
MOST_LINES = 40


def show_report(out: Console, report: Report) -> None:
    """The tables: hops, live hosts; below them why rows failed. All p99.9 unless it says otherwise."""
    out.print(
        "[bold]Hops[/bold], ms: paced; flat out p50, and the share of the hop that takes; loading, s", soft_wrap=True
    )
    table = plain_table("separator", "runtime", *_HOPS)
    for row in report.hops:
        table.add_row(row.separator, escape(_runtime(row)), *_hop_cells(row.figures))
    out.print(table)
    out.print()
    out.print(
        f"[bold]Live[/bold], {escape(report.device)}: declared latency; at p99.9, us: callback, wake-up, hop, callback to stems "
        "and what that is of the slack; CPU of control, audio, separator; 'over' had faults, or was late",
        soft_wrap=True,
    )
    table = plain_table("separator", "# block", *_LIVE)
    for row in report.live:
        table.add_row(_live_name(row), str(row.block), *_live_cells(row.figures))
    out.print(table)
    for line in _failures(report):
        out.print(f"[yellow]->[/yellow] {escape(line)}", soft_wrap=True)
    if not report.complete:
        out.print(f"Interrupted: {len(report.hops) + len(report.live)} rows were measured.")


def show_recommendation(out: Console, recommendation: Recommendation) -> None:
    """What to play, and what else could be."""
    out.print()
    out.print(f"[bold]Recommended[/bold]: {escape(recommendation.text)}", soft_wrap=True)
    for line in others(recommendation):
        out.print(f"   {escape(line)}", soft_wrap=True)


def show_comparison(out: Console, comparison: Comparison) -> None:
    """What is not the same, the largest first."""
    for name, (a, b) in comparison.differences.items():
        out.print(f"{name}: A {escape(a)}; B {escape(b)}", soft_wrap=True)
    changed = comparison.changed
    table = plain_table("separator", "runtime", "# block", "", "", "# A us", "# B us", "# B/A", "# noise", "")
    for line in changed[:MOST_LINES]:
        table.add_row(*_line_cells(line))
    if changed:
        out.print(table)
    if len(changed) > MOST_LINES:
        out.print(f"... and {len(changed) - MOST_LINES} more: --json or --html has them all")
    same = len(comparison.lines) - len(changed)
    out.print(f"{same} of {len(comparison.lines)} figures are the same within their noise.")
    if comparison.relative_gap is not None:
        out.print(
            f"Costs relative to {escape(comparison.reference)} agree to {100 * comparison.relative_gap:.1f} % or better."
        )


def _runtime(row: HopRow) -> str:
    return row.runtime or (row.figures.computes_with if row.figures else "")


def _live_name(row: LiveRow) -> str:
    return escape(" ".join(filter(None, (row.separator, row.runtime))))


def _hop_cells(figures: HopFigures | None) -> list[str]:
    if figures is None:
        return [*[""] * (len(_HOPS) - 1), "[red]failed[/red]"]
    paced = figures.paced.all
    times = [f"{us / 1e3:.2f}" for us in (paced.p50, paced.p99, paced.p999, paced.max)]
    late = figures.late + figures.skipped
    return [
        *times,
        f"[red]{late}[/red]" if late else "0",
        f"{figures.flat_out.all.p50 / 1e3:.2f}",
        f"{figures.real_time_factor:.0%}",
        f"{figures.load_s:.2f}",
        f"{figures.memory_mib.end:.0f}",
    ]


def _live_cells(figures: LiveFigures | None) -> list[str]:
    if figures is None:
        return [*[""] * (len(_LIVE) - 1), "[red]failed[/red]"]
    stands = standing(figures)
    times = (figures.callback, figures.wake, figures.compute, figures.turnaround)
    return [
        f"{figures.latency_ms:.1f}",
        *(f"{time.all.p999:.0f}" for time in times),
        f"{shares(figures)['stems']:.0%}",
        " ".join(f"{100 * share:.0f}" for share in figures.cpu.values()),
        f"[{_COLOURS[stands]}]{_WORDS.get(stands, stands)}[/{_COLOURS[stands]}]",
    ]


def _failures(report: Report) -> list[str]:
    rows = [(f"{row.separator} {row.runtime}".strip(), row.failed) for row in report.hops if row.failed]
    rows += [(f"{row.separator}, {row.block} frames", row.failed) for row in report.live if row.failed]
    return list(dict.fromkeys(f"{name}: {reason}" for name, reason in rows if not reason.startswith("not tried")))


def _line_cells(line: Line) -> list[str]:
    colour = _COLOURS.get(line.verdict, "yellow")
    values = ["" if value is None else f"{value:.1f}" for value in (line.a, line.b)]
    block = "" if line.block is None else str(line.block)
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
    named = (line.separator, escape(line.runtime), block, line.figure, line.percentile)
    return [*named, *values, ratio, f"{line.noise:.2f}", f"[{colour}]{line.verdict}[/{colour}]"]
