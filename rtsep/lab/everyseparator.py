"""Latency through every installed separator, against what each declares."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rtsep.errors import RtsepError
from rtsep.lab.acceptance import accepted
from rtsep.lab.takes import LoopConfig, Request
from rtsep.lab.through import MIX, Through, measure_through
from rtsep.separators.registry import registered


@dataclass(frozen=True)
class EveryRow:
    """One separator: what was found, or why nothing could be."""

    separator: str
    found: Through | None
    refused: str = ""

    @property
    def mix_error(self) -> float | None:
        """Measured less declared, frames; None: the probe was not found."""
        return self.found.errors[MIX] if self.found else None

    @property
    def stem_error(self) -> float | None:
        """The same, where the probe came through the separator most surely; None: nowhere."""
        if self.found is None:
            return None
        errors, measured = self.found.errors, self.found.measured
        stems = [name for name in measured if name != MIX and errors[name] is not None]
        return errors[max(stems, key=lambda name: measured[name].confidence_db)] if stems else None


def every_separator(config: LoopConfig, request: Request) -> Iterator[EveryRow]:
    """One after the other; one that cannot be started is a row that says so."""
    for name in registered():
        try:
            yield EveryRow(name, measure_through(name, config, request))
        except RtsepError as error:
            yield EveryRow(name, None, str(error))


def every_acceptance(rows: Sequence[EveryRow]) -> list[dict[str, Any]]:
    """The worst errors of those that could be started; infinite where the probe did not come through."""
    there = [row for row in rows if row.found is not None]

    def worst(errors: Iterable[float | None]) -> float:
        return max((math.inf if error is None else abs(error) for error in errors), default=math.inf)

    return [
        accepted("through_mix_error_frames", worst(row.mix_error for row in there), "frames", "<= 0.5"),
        accepted("through_stems_error_frames", worst(row.stem_error for row in there), "frames", "<= 0.5"),
        accepted("through_separators", len(there), ""),
    ]
