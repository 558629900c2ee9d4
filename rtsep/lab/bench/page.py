"""A report as one self-contained page."""

from __future__ import annotations

from html import escape

from rtsep.lab.bench import svg
from rtsep.lab.bench.markup import document, element, legend, table, words
from rtsep.lab.bench.recommend import MARGIN, objections, shares
from rtsep.lab.bench.report import HopFigures, HopRow, LiveFigures, LiveRow, Report

PARTS = {
    "device_in": "device",
    "adaptation": "adaptation of block to hop",
    "resampling": "resampling",
    "separator": "separator",
    "slack": "slack for computing",
}
HOP_COLUMNS = (
    "separator",
    "runtime",
    *("# p50 ms", "# p99", "# p99.9", "# max", "# late", "# flat out p50", "# p99.9", "# real-time factor"),
    *("# start s", "# load s", "# MiB before", "# loaded", "# end", "scheduling"),
)
LIVE_COLUMNS = (
    "separator",
    *("# block", "# ms", "# callback p50 µs", "# p99.9", "# wake p50", "# p99.9", "# hop p99.9", "# turnaround p99.9"),
    *("# of slack", "# late", "# missed", "# xruns", "# CPU control", "# audio", "# separator", "# start s"),
)


def page(report: Report) -> str:
    """Well-formed, with no script and nothing from elsewhere."""
    machine = report.machine
    title = f"rtsep bench: {machine.cpu}"
    parts = [
        words("h1", title),
        words("p", f"{machine.date}, {machine.name}; {report.device}, {report.settings.sample_rate} Hz", "soft"),
        "" if report.complete else words("p", "This run was interrupted: what is missing was not measured.", "slower"),
        _advice(report),
        *_matrix(report),
        *_budgets(report),
        *_hop_cards(report),
        *_tables(report),
        *_method(report),
    ]
    return document(title, "\n".join(parts))


def _advice(report: Report) -> str:
    found = report.recommendation
    lines = [
        words("li", f"{c.separator} ({c.tier} tier): {c.block} frames, {c.latency_ms:.1f} ms, {c.used:.0%} used")
        for c in found.sustained
        if c != found.choice
    ]
    lines += [words("li", f"not {name}: {reason}") for name, reason in found.refused.items()]
    inner = words("strong", "Recommended: " + found.text if found.choice else found.text)
    inner += words(
        "span",
        f"Sustained means: nothing late, missed or faulty, and p99.9 uses at most {found.margin:.0%} of every deadline.",
        "soft",
    )
    return element("div", inner + (element("ul", "".join(lines)) if lines else ""), "card advice" + _none(report))


def _none(report: Report) -> str:
    return "" if report.recommendation.choice else " none"


def _matrix(report: Report) -> list[str]:
    """Separators against blocks."""
    blocks = sorted({row.block for row in report.live})
    if not blocks:
        return []
    names = list(dict.fromkeys((row.separator, row.runtime) for row in report.live))
    rows = {(row.separator, row.runtime, row.block): row for row in report.live}
    head = element("tr", words("th", "") + "".join(words("th", f"{block} frames") for block in blocks))
    body = [
        element(
            "tr",
            words("th", " ".join(filter(None, name)))
            + "".join(element("td", _cell(report, rows.get((*name, block)))) for block in blocks),
        )
        for name in names
    ]
    return [
        words("h2", "What this machine sustains"),
        words("p", "Share of the tightest deadline that is used at p99.9, and the latency that the host declares."),
        element("div", element("table", head + "".join(body), "matrix"), "scroll"),
    ]


def _cell(report: Report, row: LiveRow | None) -> str:
    if row is None:
        return words("div", "not measured", "cell")
    if row.figures is None:
        return f'<div class="cell" title="{escape(row.failed)}">failed</div>'
    against, most = objections(row.figures), max(shares(row.figures).values())
    kind = "ok" if not against else "tight" if most <= 1.0 and not _harm(row.figures) else "over"
    best = report.recommendation.choice
    if best and (best.separator, best.runtime, best.block) == (row.separator, row.runtime, row.block):
        kind += " best"
    why = escape(", ".join(against) or "sustained")
    return f'<div class="cell {kind}" title="{why}">{most:.0%}<small>{row.figures.latency_ms:.1f} ms</small></div>'


def _harm(figures: LiveFigures) -> int:
    return figures.counts["late_hops"] + figures.counts["missed_positions"] + figures.counts["xruns"]


def _budgets(report: Report) -> list[str]:
    rows = []
    for row in report.live:
        if row.figures:
            per_ms = row.figures.sample_rate / 1e3
            name = " ".join(filter(None, (row.separator, row.runtime, str(row.block))))
            rows.append((name, {part: frames / per_ms for part, frames in row.figures.budget.items()}, ""))
    if not rows:
        return []
    rows.sort(key=lambda row: row[0].rsplit(" ", 1)[0])
    return [
        words("h2", "Latency, summed"),
        words("p", "Every component that the host declares from input to output, by separator and block."),
        legend(list(PARTS.items())),
        element("div", element("div", svg.budget_bars(rows, "latency budgets"), "bars"), "card scroll"),
    ]


def _hop_cards(report: Report) -> list[str]:
    cards = [_card(row, row.figures, report.settings.repeats) for row in report.hops if row.figures]
    if not cards:
        return []
    return [
        words("h2", "How long a hop takes"),
        words(
            "p",
            "Above, how often a hop took how long; below, the longest paced hop of each moment. All axes but time "
            "are logarithmic. A hop that is longer than its period is late.",
        ),
        legend([("paced", "paced: when its sound has come in"), ("flat-out", "flat out: one right after the other")]),
        element("div", "".join(cards), "grid"),
    ]


def _card(row: HopRow, figures: HopFigures, repeats: int) -> str:
    name = " ".join(filter(None, (row.separator, row.runtime)))
    late = f", {figures.late + figures.skipped} late" if figures.late + figures.skipped else ""
    what = f"p50 {_ms(figures.paced.all.p50)}, p99.9 {_ms(figures.paced.all.p999)} of {_ms(figures.period)}{late}"
    times = {"flat-out": figures.flat_out, "paced": figures.paced}
    longest = svg.timeline(
        figures.timeline, figures.timeline_s, repeats, figures.period, f"{name}: hop times over time"
    )
    drawn = svg.histogram(times, figures.period, f"{name}: histogram of hop times") + longest
    return element("div", words("h3", name) + words("div", what, "soft") + drawn, "card")


def _ms(us: float) -> str:
    return svg.milliseconds(us / 1e3)


def _tables(report: Report) -> list[str]:
    return [
        words("h2", "Hops"),
        words("p", "In a process of its own for each repeat, at the priority that the host grants a separator. ms."),
        table(HOP_COLUMNS, [_hop_cells(row) for row in report.hops]),
        words("h2", "Live hosts"),
        words("p", "Durations in µs; CPU in per cent of one core, for each of the host's three processes."),
        table(LIVE_COLUMNS, [_live_cells(row) for row in report.live]),
    ]


def _hop_cells(row: HopRow) -> list[str]:
    name = [escape(row.separator), escape(row.runtime or (row.figures.computes_with if row.figures else ""))]
    if row.figures is None:
        return [*name, *[""] * (len(HOP_COLUMNS) - 3), words("span", row.failed, "slower")]
    figures = row.figures
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


def _live_cells(row: LiveRow) -> list[str]:
    name = [escape(" ".join(filter(None, (row.separator, row.runtime)))), str(row.block)]
    if row.figures is None:
        return [*name, *[""] * (len(LIVE_COLUMNS) - 3), words("span", row.failed, "slower")]
    figures = row.figures
    callback, wake, counts = figures.callback.all, figures.wake.all, figures.counts
    return [
        *name,
        f"{figures.latency_ms:.2f}",
        *(f"{us:.0f}" for us in (callback.p50, callback.p999, wake.p50, wake.p999)),
        *(f"{us:.0f}" for us in (figures.compute.all.p999, figures.turnaround.all.p999)),
        f"{shares(figures)['stems']:.0%}",
        *(str(counts[name]) for name in ("late_hops", "missed_positions", "xruns")),
        *(f"{100 * figures.cpu.get(name, 0.0):.1f}" for name in ("control", "audio", "separator")),
        f"{figures.start_s:.2f}",
    ]


def _method(report: Report) -> list[str]:
    machine, settings = report.machine, report.settings
    facts = {
        "machine": machine.name,
        "frequency scaling": machine.governor,
        "load before": ", ".join(f"{load:.2f}" for load in machine.load_average_at_start),
        "Python": machine.python,
        "rtsep": " ".join(
            filter(None, (machine.version, machine.commit, "with changes" if machine.uncommitted else ""))
        ),
        "numbers": f"{report.dtype}; threads {report.threads}",
        "sound": report.sound,
        "seconds": f"{settings.seconds:g} for each row, in {settings.repeats} repeats; {report.duration_s:.0f} in all",
    }
    rows = [[escape(name), escape(said)] for name, said in facts.items()]
    return [
        words("h2", "Method"),
        words(
            "p",
            "Live, the real host plays: its audio process, its separator process, this process as its control, "
            "the first second left out. Times are those that callback and separator count themselves, in bins 6 % wide "
            f"whose upper edge counts. Nothing is recommended above {MARGIN:.0%} of a deadline. "
            "'rtsep bench --compare A B' holds two such reports against each other.",
        ),
        table(("", ""), rows),
    ]
