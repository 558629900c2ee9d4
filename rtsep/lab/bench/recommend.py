"""From live rows to a recommendation: a separator, and the block to play it with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rtsep.host.config import PREFERRED_SEPARATORS
from rtsep.lab.bench.report import Choice, LiveFigures, LiveRow, Recommendation, SeparatorFacts

MARGIN = 0.7
"""Share of each deadline that p99.9 may use, so that everything may take 1.4 times as long before anything is late.

A measurement lasts seconds, a concert hours: of an hour's million hops it has seen a few thousand; processors get warm and
lower their clocks; other programs start. Threads that compete for the processors' caches alone cost a host's callback
1.7 times its quiet p99.9 (`benchmarks/host.py`), which is why nothing is recommended that keeps time only just. What the
host grants beyond is not lost: slack is rounded up to whole blocks."""

FATAL = ("late_hops", "missed_positions", "xruns", "skipped_hops", "nonfinite_hops", "separator_faults", "restarts")
"""Of these there must be none at all."""

Standing = Literal["sustained", "tight", "over"]


def shares(live: LiveFigures) -> dict[str, float]:
    """How much of each deadline is used at p99.9, and of a core on average.

    `stems`: from the callback that makes a hop due to its stems, of the slack that the latency budget grants. `callback`: of
    the block's period. `separator`: processor time of its process.
    """
    return {
        "stems": live.turnaround.all.p999 / live.slack if live.slack else float("inf"),
        "callback": live.callback.all.p999 / live.period,
        "separator": live.cpu.get("separator", 0.0),
    }


def objections(live: LiveFigures) -> list[str]:
    """Why a setting is not sustained, in words; empty: it is."""
    words = {"stems": "of the slack", "callback": "of the block", "separator": "of a core"}
    over = {name: share for name, share in shares(live).items() if share > MARGIN}
    return _faults(live) + [f"{share:.0%} {words[name]}" for name, share in over.items()]


def standing(live: LiveFigures) -> Standing:
    """In a word: `tight` keeps every deadline, though not with the margin; `over` is what an audience may have heard."""
    if not objections(live):
        return "sustained"
    return "over" if _faults(live) or max(shares(live).values()) > 1.0 else "tight"


def by_chance(live: LiveFigures) -> bool:
    """Whether faults are all that speaks against it: a machine that stops for a moment stops whatever runs."""
    return bool(_faults(live)) and max(shares(live).values()) <= MARGIN


def recommend(live: Sequence[LiveRow], separators: Sequence[SeparatorFacts]) -> Recommendation:
    """The first of the preferred separators that is sustained, else the one of least latency; at its block of least latency.

    Of blocks of one latency, the longest: it wakes least often and leaves the most time. What only passes sound through
    is left out.
    """
    tiers = {facts.name: facts.tier for facts in separators if not facts.reference and not facts.failed}
    sustained: list[Choice] = []
    refused: dict[str, str] = {}
    for name in tiers:
        choices, reason = _choices(name, tiers[name], live)
        if choices:
            sustained.append(min(choices, key=lambda choice: (choice.latency_ms, -choice.block)))
        elif reason:
            refused[name] = reason
    sustained.sort(key=lambda choice: (_rank(choice.separator), choice.latency_ms))
    best = sustained[0] if sustained else None
    text = "nothing measured here is sustained: see the reasons, and 'rtsep doctor'"
    if best is not None:
        text = (
            f"{best.separator!r} ({best.tier} tier) with blocks of {best.block} frames: {best.latency_ms:.1f} ms, "
            f"{best.used:.0%} of the tightest deadline used at p99.9"
        )
    elif not any(row.figures for row in live):
        text = "nothing was measured live, so that nothing is recommended"
    return Recommendation(text=text, margin=MARGIN, choice=best, sustained=tuple(sustained), refused=refused)


def others(recommendation: Recommendation) -> list[str]:
    """What else is sustained, and what is not, a line each."""
    sustained = [
        f"also {one.separator} ({one.tier} tier), {one.block} frames: {one.latency_ms:.1f} ms, {one.used:.0%} used"
        for one in recommendation.sustained
        if one != recommendation.choice
    ]
    return sustained + [f"not {name}: {reason}" for name, reason in recommendation.refused.items()]


def _faults(live: LiveFigures) -> list[str]:
    return [f"{live.counts[name]} {name.replace('_', ' ')}" for name in FATAL if live.counts.get(name)]


def _choices(name: str, tier: str, live: Sequence[LiveRow]) -> tuple[list[Choice], str]:
    """Every setting of one separator that is sustained; else why the one that comes closest is not."""
    rows = [row for row in live if row.separator == name]
    measured = [(row, row.figures) for row in rows if row.figures]
    choices = [
        Choice(
            separator=name,
            runtime=row.runtime,
            tier=tier,
            block=row.block,
            latency_ms=figures.latency_ms,
            used=max(shares(figures).values()),
        )
        for row, figures in measured
        if standing(figures) == "sustained"
    ]
    if not measured:
        return [], rows[0].failed if rows else ""
    row, nearest = min(measured, key=lambda one: (standing(one[1]) == "over", max(shares(one[1]).values())))
    return choices, f"{row.block} frames: {', '.join(objections(nearest))}"


def _rank(name: str) -> int:
    return PREFERRED_SEPARATORS.index(name) if name in PREFERRED_SEPARATORS else len(PREFERRED_SEPARATORS)
