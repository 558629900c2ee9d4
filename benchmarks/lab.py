"""Whether `rtsep bench` says the same twice: two quick runs, held against each other.

Times as such follow whatever else the machine does; what must agree is how much separators cost relative to one another,
flat out. Reported beside it: how many figures the comparison calls changed, of runs between which nothing changed.
"""

from __future__ import annotations

import math

import msgspec

from benchmarks.report import Report, arguments, say
from rtsep.demo.clip import SAMPLE_RATE, load_clip
from rtsep.lab.bench.compare import compare
from rtsep.lab.bench.report import Report as BenchReport
from rtsep.lab.bench.report import Settings
from rtsep.lab.bench.run import Bench
from rtsep.separators.registry import registered


def once(settings: Settings) -> BenchReport:
    """One run; the reasons for what failed are said."""
    bench = Bench(settings, None, load_clip().mix, "the demo clip")
    bench.run()
    for row in (*bench.hops, *bench.live):
        if row.failed:
            say(f"{row.separator}: {row.failed}")
    return bench.report()


def main() -> None:
    """Measure, write, print."""
    parser = arguments("lab", "whether two runs of 'rtsep bench' agree")
    parser.add_argument("--separators", nargs="+", default=["stage", "monitor", "classic", "nmf", "fastica"])
    parser.add_argument("--block", type=int, default=128)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each row, all repeats")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    report = Report("lab", options)
    there = tuple(name for name in options.separators if name in registered())
    settings = Settings(
        separators=there,
        blocks=(options.block,),
        sample_rate=SAMPLE_RATE,
        seconds=options.seconds,
        repeats=options.repeats,
    )
    runs = []
    for number in (1, 2):
        say(f"run {number}")
        runs.append(once(settings))
    found = compare(*runs)
    told = {line.figure: 0 for line in found.lines}
    for line in found.changed:
        told[line.figure] += 1
    report.figures = {
        "method": __doc__,
        "missing": [name for name in options.separators if name not in there],
        "reference": found.reference,
        "changed_by_figure": told,
        "comparison": msgspec.to_builtins(found),
        "duration_s": [run.duration_s for run in runs],
    }
    gap = math.inf if found.relative_gap is None else found.relative_gap
    report.accept("bench_runs_ratio_gap", gap, "", "<= 0.1")
    report.accept("bench_figures_called_changed", len(found.changed) / max(1, len(found.lines)), "")
    failed = sum(bool(row.failed) for run in runs for row in (*run.hops, *run.live))
    report.accept("bench_rows_failed", failed, "", "= 0")
    report.close()


if __name__ == "__main__":
    main()
