"""The report: everything that was measured, as values. Durations are in microseconds unless suffixed."""

from __future__ import annotations

from typing import Literal

import msgspec

from rtsep.lab.machine import Machine

FORMAT = "rtsep-bench"
VERSION = 1


class Percentiles(msgspec.Struct, frozen=True):
    """Of durations, us."""

    p50: float
    p99: float
    p999: float = msgspec.field(name="p99.9")
    max: float


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Many durations: of all repeats together, and of each.

    `histogram`: the count of each bin of `rtsep.shared.histogram` that is not empty.
    """

    count: int
    all: Percentiles
    repeats: tuple[Percentiles, ...]
    histogram: dict[int, int]


class SeparatorFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a separator says of itself; `failed` says why, if it cannot even be made.

    `reference`: it separates nothing, and is there to compare with.
    """

    name: str
    tier: str = ""
    algorithmic_ms: float = 0.0
    hop: int = 0
    delay: int = 0
    stems: tuple[str, ...] = ()
    runtimes: tuple[str, ...] = ()
    reference: bool = False
    failed: str = ""


class Memory(msgspec.Struct, frozen=True):
    """Resident MiB of the separator's process: before it is loaded, after, and at the end."""

    before: float
    loaded: float
    end: float


class HopFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A separator's hops in a process of its own. Of start-up, loading and memory, the median of the repeats.

    `real_time_factor`: mean compute of a hop, flat out, over its period. `late`, `skipped`: of the `due` paced hops,
    those that ended after the next was due, and those given up. `timeline`: the longest paced hop in each of equal
    stretches of `timeline_s`, None where none was computed.
    """

    computes_with: str
    hop: int
    period: float
    scheduling: str
    start_s: float
    load_s: float
    memory_mib: Memory
    flat_out: Times
    paced: Times
    real_time_factor: float
    due: int
    late: int
    skipped: int
    timeline: tuple[float | None, ...]
    timeline_s: float


class HopRow(msgspec.Struct, frozen=True, kw_only=True):
    """One separator with one runtime, "" where it chose for itself: figures, or why there are none."""

    separator: str
    runtime: str
    figures: HopFigures | None = None
    failed: str = ""


class LiveFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A running host, its first second left out. `cpu`: share of a core, by process; `budget`: frames, by component.

    `counts`: of everything that can go wrong. `driver_late`: how often the JACK server itself woke late; None where it was
    not ours to ask.
    """

    computes_with: str
    device: str
    sample_rate: float
    block: int
    hop: int
    seconds: float
    start_s: float
    callback: Times
    wake: Times
    compute: Times
    turnaround: Times
    counts: dict[str, int]
    driver_late: int | None
    cpu: dict[str, float]
    budget: dict[str, int]
    events: tuple[str, ...] = ()

    @property
    def latency_ms(self) -> float:
        """The declared sum, device included."""
        return 1e3 * sum(self.budget.values()) / self.sample_rate

    @property
    def period(self) -> float:
        """Of a block, us."""
        return 1e6 * self.block / self.sample_rate

    @property
    def slack(self) -> float:
        """Time from the callback that makes a hop due to the one that plays it, us."""
        return 1e6 * self.budget["slack"] / self.sample_rate


class LiveRow(msgspec.Struct, frozen=True, kw_only=True):
    """One separator, runtime and block: figures, or why there are none.

    `tries`: 2 where the first had faults and nothing else against it; these are the figures of the second.
    """

    separator: str
    runtime: str
    block: int
    tries: int = 1
    figures: LiveFigures | None = None
    failed: str = ""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What a separator can be played with here. `used`: largest share of any deadline, at p99.9."""

    separator: str
    runtime: str
    tier: str
    block: int
    latency_ms: float
    used: float


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """`choice` is None where nothing is sustained; `sustained`: each separator's best block; `refused`: why not others."""

    text: str
    margin: float
    choice: Choice | None = None
    sustained: tuple[Choice, ...] = ()
    refused: dict[str, str] = {}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for."""

    separators: tuple[str, ...]
    blocks: tuple[int, ...]
    runtimes: tuple[str, ...] = ()
    """Empty: every runtime for hops, the separator's own choice live."""
    sample_rate: int = 48000
    seconds: float = 3.0
    """Of paced hops, of a live host, and half as long flat out; all repeats together."""
    repeats: int = 3
    limit_s: float = 60.0
    """Beyond what is measured, for a separator to load; then it is given up."""
    realtime: bool = True


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One run on one machine."""

    format: Literal["rtsep-bench"] = FORMAT
    version: int = VERSION
    machine: Machine
    settings: Settings
    threads: str
    dtype: str = "float32"
    device: str
    sound: str
    complete: bool
    duration_s: float
    separators: tuple[SeparatorFacts, ...]
    hops: tuple[HopRow, ...]
    live: tuple[LiveRow, ...]
    recommendation: Recommendation

    def facts(self, separator: str) -> SeparatorFacts:
        """Of one of `separators`."""
        return next(facts for facts in self.separators if facts.name == separator)
