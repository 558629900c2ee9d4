"""A report as one self-contained page."""

from __future__ import annotations

from html import escape

from rtsep.lab.bench import svg
from rtsep.lab.bench.markup import document, element, legend, table, words
from rtsep.lab.bench.pagetables import by_separator, row_name, tables
from rtsep.lab.bench.recommend import MARGIN, objections, others, shares, standing
from rtsep.lab.bench.report import HopFigures, HopRow, LiveRow, Report

PARTS = {
    "device_in": "device",
    "adaptation": "adaptation of block to hop",
    "resampling": "resampling",
    "separator": "separator",
    "slack": "slack for computing",
}
STANDINGS = {
    "sustained": "sustained",
    "tight": "in time, with too little to spare",
    "over": "late, or something went wrong",
}


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
        *tables(report),
        *_method(report),
    ]
    return document(title, "\n".join(parts))


def _advice(report: Report) -> str:
    found = report.recommendation
    lines = [words("li", said) for said in others(found)]
    kind = "card advice" if found.choice else "card advice none"
    inner = words("strong", "Recommended: " + found.text if found.choice else found.text)
    inner += words(
        "span",
        f"Sustained means: nothing late, missed or faulty, and p99.9 uses at most {found.margin:.0%} of every deadline.",
        "soft",
    )
    return element("div", inner + (element("ul", "".join(lines)) if lines else ""), kind)


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
        legend(list(STANDINGS.items())),
        element("div", element("table", head + "".join(body), "matrix"), "scroll"),
    ]


def _cell(report: Report, row: LiveRow | None) -> str:
    if row is None:
        return words("div", "not measured", "cell")
    if row.figures is None:
        return f'<div class="cell" title="{escape(row.failed)}">failed</div>'
    against, most = objections(row.figures), max(shares(row.figures).values())
    kind: str = standing(row.figures)
    best = report.recommendation.choice
    if best and (best.separator, best.runtime, best.block) == (row.separator, row.runtime, row.block):
        kind += " best"
    why = escape(", ".join(against) or "sustained")
    again = words("small", "second try") if row.tries > 1 else ""
    fault = next((words("small", reason) for reason in against if "%" not in reason), "")
    latency = words("small", f"{row.figures.latency_ms:.1f} ms")
    return f'<div class="cell {kind}" title="{why}">{most:.0%}{latency}{fault}{again}</div>'


def _budgets(report: Report) -> list[str]:
    rows = []
    for row in by_separator(report):
        if row.figures:
            per_ms = row.figures.sample_rate / 1e3
            rows.append((f"{row_name(row)} {row.block}", {part: n / per_ms for part, n in row.figures.budget.items()}))
    if not rows:
        return []
    return [
        words("h2", "Latency, summed"),
        words("p", "Every component that the host declares from input to output, by separator and block."),
        legend(list(PARTS.items())),
        element("div", element("div", svg.budget_bars(rows, "latency budgets"), "bars"), "card scroll"),
    ]


def _hop_cards(report: Report) -> list[str]:
    cards = [_card(row, row.figures) for row in report.hops if row.figures]
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


def _card(row: HopRow, figures: HopFigures) -> str:
    name = row_name(row)
    late = f", {figures.late + figures.skipped} late" if figures.late + figures.skipped else ""
    what = f"p50 {_ms(figures.paced.all.p50)}, p99.9 {_ms(figures.paced.all.p999)} of {_ms(figures.period)}{late}"
    times = {"flat-out": figures.flat_out, "paced": figures.paced}
    repeats = len(figures.paced.repeats)
    longest = svg.timeline(
        figures.timeline, figures.timeline_s, repeats, figures.period, f"{name}: hop times over time"
    )
    drawn = svg.histogram(times, figures.period, f"{name}: histogram of hop times") + longest
    return element("div", words("h3", name) + words("div", what, "soft") + drawn, "card")


def _ms(us: float) -> str:
    return svg.milliseconds(us / 1e3)


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
        table(("", ""), rows, "wrap"),
    ]
