"""Two reports, row by row: what got slower or faster, beyond what a repetition alone would do."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from rtsep.lab.bench.report import Percentiles, Report, Times

Verdict = Literal["same", "slower", "faster", "only in A", "only in B"]

LEAST = 0.07
"""Changes of hops below 7 % are not told, whatever their repeats say."""
LEAST_LIVE = 0.2
"""The same of live hosts: their repeats are stretches of one host, which do not tell how another one turns out, and bins are
6 % wide."""
UNKNOWN = 0.25
"""The same where a report has one repeat only, so that nobody knows its spread."""
COMPARED = ("p50", "p99")
"""p99.9 and max of a short run hang on a handful of hops."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One figure in both reports, us. `noise`: the ratio that repetition alone may make, as a factor of at least 1."""

    separator: str
    runtime: str
    block: int | None
    figure: str
    percentile: str
    a: float | None
    b: float | None
    noise: float
    verdict: Verdict

    @property
    def ratio(self) -> float | None:
        """B over A."""
        return self.b / self.a if self.a and self.b else None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """`differences`: what else is not the same in both, by name: machine, version, settings; "A" beside "B"."""

    differences: dict[str, tuple[str, str]]
    lines: tuple[Line, ...]
    relative_gap: float | None
    """Largest |log ratio| of p50, flat out, relative to `reference`; None where less than two rows are in both."""
    reference: str

    @property
    def changed(self) -> tuple[Line, ...]:
        """What is not the same, the largest change first; rows of one report only at the end."""
        told = [line for line in self.lines if line.verdict != "same"]
        return tuple(sorted(told, key=lambda line: -abs(math.log(line.ratio or 1.0))))


@dataclass(frozen=True)
class _Key:
    separator: str
    runtime: str
    block: int | None
    figure: str


def compare(a: Report, b: Report) -> Comparison:
    """B against A."""
    left, right = dict(_figures(a)), dict(_figures(b))
    keys = list(dict.fromkeys([*left, *right]))
    lines = [_line(key, name, left.get(key), right.get(key)) for key in keys for name in COMPARED]
    reference, gap = relative_gap(a, b)
    return Comparison(differences=_differences(a, b), lines=tuple(lines), relative_gap=gap, reference=reference)


def relative_gap(a: Report, b: Report) -> tuple[str, float | None]:
    """How far two runs disagree in the separators' costs relative to one of them, the one that is least affected by chance.

    With q(s) = p50(s) / p50(reference), flat out: max over s of |log(q_b(s) / q_a(s))|. A machine that is slower as a whole
    leaves it at 0. Of the repeats, the quickest: whatever else a machine does, it only ever adds. The reference is the row
    whose repeats agree best; where several do alike, that in the middle: the quickest is mostly the clock's own cost.
    """
    left, right = _flat_p50(a), _flat_p50(b)
    both = sorted(left.keys() & right.keys(), key=lambda key: min(left[key]))
    if len(both) < 2:
        return "", None

    def drift(key: tuple[str, str]) -> float:
        return math.log(min(right[key]) / min(left[key]))

    def unrest(key: tuple[str, str]) -> tuple[float, int]:
        spread = math.log(max(left[key]) / min(left[key])) + math.log(max(right[key]) / min(right[key]))
        return round(spread, 2), abs(both.index(key) - len(both) // 2)

    reference = min(both, key=unrest)
    gap = max(abs(drift(key) - drift(reference)) for key in both)
    return " ".join(filter(None, reference)), gap


def _flat_p50(report: Report) -> dict[tuple[str, str], list[float]]:
    """Of each repeat."""
    found = ((row, row.figures.flat_out.repeats) for row in report.hops if row.figures)
    return {(row.separator, row.runtime): [repeat.p50 for repeat in repeats] for row, repeats in found}


def _figures(report: Report) -> Iterator[tuple[_Key, Times]]:
    for hop in report.hops:
        if hop.figures:
            yield _Key(hop.separator, hop.runtime, None, "flat out"), hop.figures.flat_out
            yield _Key(hop.separator, hop.runtime, None, "paced"), hop.figures.paced
    for row in report.live:
        if row.figures:
            for name in ("callback", "wake", "compute", "turnaround"):
                yield _Key(row.separator, row.runtime, row.block, name), getattr(row.figures, name)


def _line(key: _Key, percentile: str, a: Times | None, b: Times | None) -> Line:
    left, right = (_value(times.all, percentile) if times else None for times in (a, b))
    least = math.log1p(LEAST if key.block is None else LEAST_LIVE)
    noise = max(least, _noise(a, percentile) + _noise(b, percentile))
    verdict: Verdict = "same"
    if a is None or b is None:
        verdict = "only in B" if a is None else "only in A"
    elif left and right and abs(math.log(right / left)) > noise:
        verdict = "slower" if right > left else "faster"
    return Line(
        separator=key.separator,
        runtime=key.runtime,
        block=key.block,
        figure=key.figure,
        percentile=percentile,
        a=left,
        b=right,
        noise=math.exp(noise),
        verdict=verdict,
    )


def _value(times: Percentiles, percentile: str) -> float | None:
    """None where nothing was counted."""
    return getattr(times, percentile) or None


def _noise(times: Times | None, percentile: str) -> float:
    """Log of the widest ratio between two repeats. The sum of two such ranges is some three deviations of a difference of
    medians of three repeats."""
    values = [value for repeat in times.repeats if (value := _value(repeat, percentile))] if times else []
    if len(values) < 2:
        return math.log1p(UNKNOWN) / 2
    return math.log(max(values) / min(values))


def _differences(a: Report, b: Report) -> dict[str, tuple[str, str]]:
    sides = [
        {
            "machine": report.machine.name,
            "governor": report.machine.governor,
            "Python": report.machine.python,
            "rtsep": " ".join(filter(None, (report.machine.version, report.machine.commit[:12]))),
            "threads": report.threads,
            "device": report.device,
            "sound": report.sound,
            "rate": f"{report.settings.sample_rate} Hz",
            "seconds": f"{report.settings.seconds:g}, {report.settings.repeats} repeats",
            "complete": "yes" if report.complete else "no, interrupted",
        }
        for report in (a, b)
    ]
    return {name: (said, sides[1][name]) for name, said in sides[0].items() if said != sides[1][name]}
