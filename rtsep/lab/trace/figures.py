"""A story in figures: how often and how long each thing took, and when it was worst."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rtsep.lab.trace.story import Story


@dataclass(frozen=True)
class Row:
    """Durations of one kind, microseconds; `worst_s`: when the worst one was, seconds into the recording.

    The worst is the longest; of margins, the shortest.
    """

    name: str
    count: int
    p50_us: float
    p99_us: float
    worst_us: float
    worst_s: float


@dataclass(frozen=True)
class Figures:
    """Rows of durations, and what went wrong, counted."""

    seconds: float
    rows: tuple[Row, ...]
    counts: dict[str, int]
    fallback_ms: float
    lost: int


def figures(story: Story) -> Figures:
    """All figures of a recording."""
    callbacks, hops = story.callbacks, story.hops
    done = [hop for hop in hops if hop.published]
    durations: dict[str, list[tuple[int, int]]] = {
        "callback": [(each.begin_ns, each.spent_ns) for each in callbacks],
        "between callbacks": [(b.begin_ns, b.begin_ns - a.begin_ns) for a, b in pairwise(callbacks)],
        "wake-up": [(w.posted_ns, w.woken_ns - w.posted_ns) for w in story.wakes if w.woken_ns is not None],
        "hop compute": [(hop.begin_ns, hop.compute_ns) for hop in done],
        "post to stems": [(hop.begin_ns, hop.turnaround_ns) for hop in done],
        "change to callback": [(c.asked_ns, c.heard_ns - c.asked_ns) for c in story.changes if c.heard_ns is not None],
    }
    rows = [_row(story, name, values, 99.0) for name, values in durations.items() if values]
    margins = [(hop.end_ns, hop.margin_ns) for hop in done if hop.margin_ns is not None]
    if margins:
        rows.append(_row(story, "margin", margins, 1.0))
    names = [mark.name for mark in story.marks]
    lates = [int(mark.facts["hops"]) for mark in story.marks if mark.name == "late hop"]
    skipped = [int(mark.facts["hops"]) for mark in story.marks if "skipped" in mark.name]
    missed = [int(mark.facts["frames"]) for mark in story.marks if "missed" in mark.name]
    spans = [span for span in story.spans if span.name == "fallback"]
    counts = {
        "callbacks": len(callbacks),
        "hops": len(hops),
        "late hops": sum(lates),
        "failed hops": sum(bool(hop.trouble) for hop in hops),
        "skipped hops": sum(skipped),
        "xruns": sum(name.startswith("xrun") for name in names),
        "missed frames": sum(missed),
        "fallbacks": len(spans),
        "changes": len(story.changes),
    }
    fallback_ms = sum(span.end_ns - span.begin_ns for span in spans) / 1e6
    seconds = (story.end_ns - story.begin_ns) / 1e9
    return Figures(seconds, tuple(rows), counts, fallback_ms, story.source.lost)


def _row(story: Story, name: str, values: Iterable[tuple[int, int]], tail: float) -> Row:
    times, durations = np.array(list(values), dtype=np.int64).T
    worst = int(np.argmin(durations) if tail < 50.0 else np.argmax(durations))
    return Row(
        name,
        len(durations),
        float(np.percentile(durations, 50.0)) / 1e3,
        float(np.percentile(durations, tail)) / 1e3,
        float(durations[worst]) / 1e3,
        (int(times[worst]) - story.begin_ns) / 1e9,
    )
