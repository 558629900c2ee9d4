"""What a probe found out about a file: the only thing that leaves the sandbox."""

from __future__ import annotations

import msgspec

from rtsep.spec import Parameter, SeparatorSpec
from rtsep_models.foreign.layout import Layout

FORMAT = 2
"""Raised when reports mean something else; older ones are made anew."""


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """Compute time of a hop on one thread, ms."""

    p50_ms: float
    p99_ms: float
    hop_ms: float
    """What a hop lasts, at the highest rate."""

    @property
    def share(self) -> float:
        """Of the time there is."""
        return self.p50_ms / self.hop_ms


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Of a file that may play."""

    kind: str
    spec: SeparatorSpec
    layout: Layout
    residual: bool
    declared_delay: int | None
    measured_delay: int | None
    """None: no clear echo of an impulse or of noise came back."""
    cost: Cost
    file_hop: int = 0
    """For files, where latency does not matter; 0: as live."""
    version: str
    """Digest of the file's contents: a batch knows by it what it has separated already."""
    details: dict[str, str] = {}
    doubts: tuple[str, ...] = ()


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A line that a probe prints: what it does next, what is wrong, or the whole report."""

    doing: str = ""
    wrong: str = ""
    report: Report | None = None


def without(parameters: tuple[Parameter, ...], refused: set[str]) -> tuple[Parameter, ...]:
    """Those that may be played."""
    return tuple(parameter for parameter in parameters if parameter.name not in refused)
