"""Two reports side by side, as one self-contained page."""

from __future__ import annotations

from html import escape

from rtsep.lab.bench import svg
from rtsep.lab.bench.compare import Comparison, Line
from rtsep.lab.bench.markup import document, element, table, words
from rtsep.lab.bench.report import Report

COLUMNS = ("separator", "runtime", "# block", "figure", "", "# A µs", "# B µs", "# B / A", "1/4 to 4", "# noise", "")


def comparison_page(a: Report, b: Report, comparison: Comparison) -> str:
    """B against A; well-formed, with no script and nothing from elsewhere."""
    changed = comparison.changed
    same = [line for line in comparison.lines if line.verdict == "same"]
    count = {name: sum(line.verdict == name for line in comparison.lines) for name in ("slower", "faster")}
    verdict = f"{count['slower']} figures are slower in B, {count['faster']} faster, {len(same)} the same."
    differences = [
        [escape(name), escape(left), escape(right)] for name, (left, right) in comparison.differences.items()
    ]
    parts = [
        words("h1", "rtsep bench: two reports"),
        words("p", f"A: {a.machine.date}, {a.machine.name}", "soft"),
        words("p", f"B: {b.machine.date}, {b.machine.name}", "soft"),
        element("div", words("strong", verdict) + words("span", _agreement(comparison), "soft"), "card advice"),
    ]
    if differences:
        parts += [words("h2", "Not the same in both"), table(("", "A", "B"), differences)]
    if changed:
        parts += [words("h2", "Changed beyond the noise"), table(COLUMNS, [_cells(line) for line in changed])]
    parts += [words("h2", "The same within the noise"), table(COLUMNS, [_cells(line) for line in same])]
    return document("rtsep bench: two reports", "\n".join(parts))


def _agreement(comparison: Comparison) -> str:
    if comparison.relative_gap is None:
        return "Too few rows are in both to compare costs among separators."
    return (
        f"Relative to {comparison.reference}, the separators' costs agree to {100 * comparison.relative_gap:.1f} % or better. "
        "The noise is the spread of the repeats of both, shaded."
    )


def _cells(line: Line) -> list[str]:
    times = ["" if value is None else f"{value:.1f}" for value in (line.a, line.b)]
    block = "" if line.block is None else str(line.block)
    kind = "only" if line.verdict.startswith("only") else line.verdict
    ratio = "" if line.ratio is None else f"{line.ratio:.3f}"
    bar = "" if line.ratio is None else svg.ratio_bar(line.ratio, line.noise, line.verdict)
    named = (escape(line.separator), escape(line.runtime), block, escape(line.figure), line.percentile)
    return [*named, *times, ratio, bar, f"{line.noise:.2f}", words("span", line.verdict, kind)]
