"""The tables of a report's page."""

from __future__ import annotations

from html import escape

from rtsep.lab.bench.markup import table, words
from rtsep.lab.bench.recommend import shares
from rtsep.lab.bench.report import HopFigures, HopRow, LiveFigures, LiveRow, Report

HOP_COLUMNS = (
    "separator",
    "runtime",
    *("# p50 ms", "# p99", "# p99.9", "# max", "# late", "# flat out p50", "# p99.9", "# real-time factor"),
    *("# start s", "# load s", "# MiB before", "# loaded", "# end", "scheduling"),
)
LIVE_COLUMNS = (
    "separator",
    *("# block", "# ms", "# callback p50 µs", "# p99.9", "# wake p50", "# p99.9", "# hop p99.9", "# turnaround p99.9"),
    *(
        "# of slack",
        "# late",
        "# missed",
        "# xruns",
        "# JACK late",
        "# CPU control",
        "# audio",
        "# separator",
        "# start s",
    ),
)


def tables(report: Report) -> list[str]:
    """Hops, live hosts, and why rows are missing in them."""
    return [
        words("h2", "Hops"),
        words("p", "In a process of its own for each repeat, at the priority that the host grants a separator. ms."),
        table(HOP_COLUMNS, [_hop_cells(row, row.figures) for row in report.hops if row.figures]),
        words("h2", "Live hosts"),
        words("p", "Durations in µs; CPU in per cent of one core, for each of the host's three processes."),
        table(LIVE_COLUMNS, [_live_cells(row, row.figures) for row in by_separator(report) if row.figures]),
        *_failed(report),
    ]


def by_separator(report: Report) -> list[LiveRow]:
    """The live rows; they were measured block by block."""
    order = list(dict.fromkeys((row.separator, row.runtime) for row in report.live))
    return sorted(report.live, key=lambda row: (order.index((row.separator, row.runtime)), row.block))


def _failed(report: Report) -> list[str]:
    told = [("hops", row_name(row), row.failed) for row in report.hops if row.failed]
    told += [(f"live, {row.block} frames", row_name(row), row.failed) for row in by_separator(report) if row.failed]
    rows = [[escape(cell) for cell in row] for row in told]
    return [words("h2", "What could not be measured"), table(("", "separator", "reason"), rows, "wrap")] if rows else []


def row_name(row: HopRow | LiveRow) -> str:
    """The separator, and the runtime that was asked for."""
    return " ".join(filter(None, (row.separator, row.runtime)))


def _hop_cells(row: HopRow, figures: HopFigures) -> list[str]:
    name = [escape(row.separator), escape(row.runtime or figures.computes_with)]
    paced, flat, memory = figures.paced.all, figures.flat_out.all, figures.memory_mib
    times = [paced.p50, paced.p99, paced.p999, paced.max]
    return [
        *name,
        *(f"{us / 1e3:.3f}" for us in times),
        str(figures.late + figures.skipped),
        *(f"{us / 1e3:.3f}" for us in (flat.p50, flat.p999)),
        f"{figures.real_time_factor:.3f}",
        *(f"{value:.2f}" for value in (figures.start_s, figures.load_s)),
        *(f"{value:.0f}" for value in (memory.before, memory.loaded, memory.end)),
        escape(figures.scheduling),
    ]


def _live_cells(row: LiveRow, figures: LiveFigures) -> list[str]:
    name = [escape(row_name(row)), str(row.block)]
    callback, wake, counts = figures.callback.all, figures.wake.all, figures.counts
    return [
        *name,
        f"{figures.latency_ms:.2f}",
        *(f"{us:.0f}" for us in (callback.p50, callback.p999, wake.p50, wake.p999)),
        *(f"{us:.0f}" for us in (figures.compute.all.p999, figures.turnaround.all.p999)),
        f"{shares(figures)['stems']:.0%}",
        *(str(counts[name]) for name in ("late_hops", "missed_positions", "xruns")),
        "" if figures.driver_late is None else str(figures.driver_late),
        *(f"{100 * figures.cpu.get(name, 0.0):.1f}" for name in ("control", "audio", "separator")),
        f"{figures.start_s:.2f}",
    ]
