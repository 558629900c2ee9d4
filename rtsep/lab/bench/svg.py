"""Pictures as inline SVG: histograms, timelines, stacked bars. Colours and fonts are the page's style sheet's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from rtsep.lab.bench.report import Times
from rtsep.shared.histogram import upper_edges_ns

WIDTH = 360.0
LEFT, RIGHT = 6.0, 6.0
DECADES = (1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0)
"""Marks on an axis of time, ms."""
MOST_MARKS = 7


def picture(width: float, height: float, body: str, label: str) -> str:
    """One drawing; `label` is what a screen reader says."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """`kind`: its class."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def rectangle(x: float, y: float, width: float, height: float, kind: str, title: str = "") -> str:
    """`title` shows under the pointer."""
    inner = f"<title>{escape(title)}</title>" if title else ""
    size = f'width="{max(0.0, width):.1f}" height="{max(0.0, height):.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} class="{kind}">{inner}</rect>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """From one point to the other."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def path(points: Sequence[tuple[float, float]], kind: str, closed: bool = False) -> str:
    """Through the points."""
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    shape = "polygon" if closed else "polyline"
    return f'<{shape} points="{steps}" class="{kind}"/>'


def milliseconds(ms: float) -> str:
    """In a unit that keeps it short.

    >>> milliseconds(0.001), milliseconds(0.25), milliseconds(2.667), milliseconds(21.333)
    ('1 µs', '250 µs', '2.67 ms', '21.3 ms')
    """
    return f"{1e3 * ms:.3g} µs" if ms < 1.0 else f"{ms:.3g} ms"


class TimeScale:
    """A logarithmic axis of durations in us."""

    def __init__(self, low: float, high: float, begin: float, end: float) -> None:
        self.low, self.high = low, high
        self._begin, self._end = begin, end

    def __call__(self, duration: float) -> float:
        """Its place."""
        clipped = min(self.high, max(self.low, duration))
        share = math.log(clipped / self.low) / math.log(self.high / self.low)
        return self._begin + share * (self._end - self._begin)

    @property
    def marks(self) -> list[float]:
        """Round durations on it, us: decades, and where there is room, 2 and 5 of each."""
        decades = [1e3 * ms for ms in DECADES]
        fine = [step * decade for decade in decades for step in (1, 2, 5)]
        for marks in (fine, decades):
            there = [mark for mark in marks if 1.05 * self.low <= mark <= self.high / 1.05]
            if len(there) <= MOST_MARKS:
                break
        return there


def range_of(times: Sequence[Times], period: float) -> tuple[float, float]:
    """Of an axis that shows all of them and the period, us."""
    edges = upper_edges_ns()
    bins = [index for one in times for index in one.histogram]
    low = edges[min(bins)] / 1e3 if bins else period
    high = max(edges[max(bins)] / 1e3 if bins else period, period)
    return float(low) / 1.3, float(high) * 1.3


def histogram(named: Mapping[str, Times], period: float, label: str) -> str:
    """How often hops took how long, both axes logarithmic, one shape over the other; the hop's period as a line."""
    height, base = 118.0, 98.0
    scale = TimeScale(*range_of(list(named.values()), period), LEFT, WIDTH - RIGHT)
    most = max((count for times in named.values() for count in times.histogram.values()), default=1)
    edges = upper_edges_ns()
    body = [line(LEFT, base, WIDTH - RIGHT, base, "axis")]
    body += [
        line(scale(mark), base, scale(mark), base + 4, "axis")
        + text(scale(mark), base + 15, milliseconds(mark / 1e3), "mark", "middle")
        for mark in scale.marks
    ]
    for kind, times in named.items():
        for index, count in times.histogram.items():
            begin, end = scale(edges[max(0, index - 1)] / 1e3), scale(edges[index] / 1e3)
            tall = (base - 18) * math.log1p(count) / math.log1p(most)
            title = f"{count} hops, {kind.replace('-', ' ')}, up to {milliseconds(edges[index] / 1e6)}"
            body.append(rectangle(begin, base - tall, max(1.0, end - begin), tall, kind, title))
    at = scale(period)
    body += [
        line(at, 12, at, base, "deadline"),
        text(at - 3, 10, f"hop {milliseconds(period / 1e3)}", "mark deadline-text", "end"),
    ]
    return picture(WIDTH, height, "".join(body), label)


def timeline(longest: Sequence[float | None], length_s: float, repeats: int, period: float, label: str) -> str:
    """The longest paced hop of each stretch, one column each; repeats are set apart by lines."""
    height, top, base = 100.0, 16.0, 82.0
    there = [value for value in longest if value]
    low, high = min([*there, period]) / 1.5, max([*there, period]) * 1.2
    scale = TimeScale(low, high, base, top)
    wide = (WIDTH - LEFT - RIGHT) / max(1, len(longest))
    body = [
        rectangle(
            LEFT + index * wide, scale(value), wide * 0.8, base - scale(value), "over" if value > period else "paced"
        )
        for index, value in enumerate(longest)
        if value
    ]
    body += [
        line(x, top, x, base, "repeat")
        for x in (LEFT + (WIDTH - LEFT - RIGHT) * index / repeats for index in range(1, repeats))
    ]
    body += [
        line(LEFT, scale(period), WIDTH - RIGHT, scale(period), "deadline"),
        line(LEFT, base, WIDTH - RIGHT, base, "axis"),
        text(LEFT, base + 14, "0", "mark"),
        text(LEFT, 9, f"longest {milliseconds(max(there, default=0.0) / 1e3)}", "mark"),
        text(WIDTH - RIGHT, base + 14, f"{length_s * len(longest):.3g} s", "mark", "end"),
    ]
    return picture(WIDTH, height, "".join(body), label)


def budget_bars(rows: Sequence[tuple[str, Mapping[str, float]]], label: str) -> str:
    """Stacked bars: for each row its name and its components in ms."""
    left, right, high, step = 150.0, 90.0, 11.0, 17.0
    width = 760.0
    most = max((sum(parts.values()) for _, parts in rows), default=1.0)
    body = []
    for index, (name, parts) in enumerate(rows):
        y, x = 4.0 + index * step, left
        body.append(text(left - 8, y + 9.5, name, "label", "end"))
        for part, ms in parts.items():
            wide = (width - left - right) * ms / most
            body.append(rectangle(x, y, wide, high, f"part {part}", f"{part.replace('_', ' ')}: {ms:.2f} ms"))
            x += wide
        body.append(text(x + 6, y + 9.5, f"{sum(parts.values()):.1f} ms", "value"))
    return picture(width, 8.0 + step * len(rows), "".join(body), label)


def ratio_bar(ratio: float, noise: float, kind: str) -> str:
    """B over A about 1, logarithmic, 1/4 to 4; the noise as a shade."""
    width, high = 200.0, 12.0
    scale = TimeScale(0.25, 4.0, 0.0, width)
    begin, end = sorted((scale(1.0), scale(ratio)))
    body = [
        rectangle(scale(1 / noise), 0, scale(noise) - scale(1 / noise), high, "noise"),
        rectangle(begin, 3, max(1.5, end - begin), high - 6, kind),
        line(scale(1.0), 0, scale(1.0), high, "axis"),
    ]
    return picture(width, high, "".join(body), f"ratio {ratio:.2f}")
