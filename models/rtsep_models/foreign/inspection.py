"""What `rtsep inspect` tells of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from rtsep.control import short_name
from rtsep.errors import SeparatorError
from rtsep.host.latency import adaptation, automatic_slack
from rtsep.separators.resample import adapt
from rtsep.units import frames_to_ms
from rtsep_models.foreign import sandbox
from rtsep_models.foreign.files import described
from rtsep_models.foreign.report import Report
from rtsep_models.foreign.separator import ForeignSeparator

USUAL_BLOCKS = (64, 128, 256, 512, 1024)
ROOM = 0.8
"""Share of the time that may be computed, so that the rest of the machine has some too."""
SHOWN = 8
"""Parameters, in a listing for people."""


@dataclass(frozen=True)
class Inspection:
    """One file on one device."""

    name: str
    report: Report
    rate: int
    latencies: dict[int, float]
    """What the host would add with such a block, ms; the device's own buffers come on top."""
    problem: str
    """Why it cannot play live, or empty."""

    @property
    def live(self) -> bool:
        """Whether it keeps up."""
        return not self.problem


def inspected(name: str, rate: int, blocks: tuple[int, ...] | None = None, again: bool = False) -> Inspection:
    """Raises SeparatorError if the file may not play at all."""
    whole = described(name)
    if again:
        sandbox.forget(whole)
    report = sandbox.examined(whole)
    problem, latencies = "", {}
    try:
        adapted = adapt(ForeignSeparator(whole, report), rate)
    except SeparatorError as error:
        return Inspection(name, report, rate, {}, str(error))
    hop, delay = adapted.spec.hop, adapted.spec.delay
    for block in blocks or USUAL_BLOCKS:
        slack = automatic_slack(block, hop, rate, report.cost.p99_ms / 1e3)
        latencies[block] = frames_to_ms(adaptation(block, hop) + slack + delay, rate)
    cost = report.cost
    if cost.share > ROOM:
        problem = (
            f"a hop of {cost.hop_ms:.1f} ms takes {cost.p50_ms:.1f} ms to compute, {cost.share:.0%}; "
            f"{ROOM:.0%} is the limit: use a lighter model or a quicker machine, or separate files with it"
        )
    return Inspection(name, report, rate, latencies, problem)


def lines(seen: Inspection) -> Iterator[str]:
    """For people."""
    report, spec, cost = seen.report, seen.report.spec, seen.report.cost
    yield f"{short_name(seen.name)}: {report.kind}, {spec.name}"
    yield from (f"  {key}: {value}" for key, value in report.details.items() if value)
    copies = f", a copy for each of {spec.channels} channels" if report.layout.copies > 1 else ""
    yield f"  stems: {' '.join(spec.stems)}; {spec.channels} channels{copies}"
    yield f"  sample rates: {' '.join(map(str, spec.sample_rates))} Hz"
    declared = "not declared" if report.declared_delay is None else f"declared {report.declared_delay}"
    measured = "not measured" if report.measured_delay is None else f"measured {report.measured_delay}"
    files = f"; files: hop {report.file_hop}" if report.file_hop else ""
    yield f"  hop {spec.hop}, delay {spec.delay} samples ({declared}, {measured}){files}"
    for knob in spec.parameters[:SHOWN]:
        yield (
            f"  parameter {knob.name}: {knob.minimum:g}..{knob.maximum:g} {knob.unit}".rstrip()
            + f", default {knob.default:g}"
        )
    if len(spec.parameters) > SHOWN:
        yield f"  and {len(spec.parameters) - SHOWN} more parameters"
    yield f"  cost: {cost.p50_ms:.2f} ms for a hop of {cost.hop_ms:.2f}, p99 {cost.p99_ms:.2f}; {cost.share:.0%} of a core"
    yield from (f"  note: {doubt}" for doubt in report.doubts)
    if seen.live:
        each = ", ".join(f"{block}: {ms:.1f} ms" for block, ms in seen.latencies.items())
        yield f"  plays live at {seen.rate} Hz; latency by block, without the device: {each}"
    else:
        yield f"  cannot play live here: {seen.problem}"


def as_json(seen: Inspection) -> dict[str, Any]:
    """For programs."""
    return {
        "file": seen.name,
        "live": seen.live,
        "problem": seen.problem,
        "share": seen.report.cost.share,
        "sample_rate": seen.rate,
        "latency_ms_by_block": {str(block): ms for block, ms in seen.latencies.items()},
        "report": msgspec.to_builtins(seen.report),
    }
