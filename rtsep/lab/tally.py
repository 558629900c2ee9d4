"""Differences of the shared block's cumulative counts, so that the first second of a run can be left out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from rtsep.lab.percentiles import SHARES
from rtsep.shared.block import Block
from rtsep.shared.histogram import percentile_ns

SCALARS = (
    "position",
    "callbacks",
    "input_underflows",
    "input_overflows",
    "output_underflows",
    "output_overflows",
    "missed_positions",
    "late_hops",
    "late_events",
    "fallback_frames",
    "latches",
    "hops",
    "skipped_hops",
    "nonfinite_hops",
    "separator_faults",
    "input_nonfinite",
)
HISTOGRAMS = ("callback", "hop", "wake", "turnaround")
FLAGS = ("input_underflows", "input_overflows", "output_underflows", "output_overflows")


@dataclass(frozen=True)
class Tally:
    """The counts of a block at one time, or between two times. Histograms count nanoseconds."""

    seconds: float
    counts: dict[str, int]
    histograms: dict[str, NDArray[np.int64]]

    @classmethod
    def of(cls, block: Block) -> Tally:
        """As they stand now."""
        counts = {name: int(block.get(name)) for name in SCALARS}
        # Time that the hypervisor gave this machine's processors to others: nothing here could have run.
        counts["stolen_by_hypervisor_ms"] = round(1000 * getattr(psutil.cpu_times(), "steal", 0.0))
        histograms = {name: np.array(block.array(f"{name}_histogram"), dtype=np.int64) for name in HISTOGRAMS}
        return cls(time.monotonic(), counts, histograms)

    def __sub__(self, earlier: Tally) -> Tally:
        counts = {name: count - earlier.counts[name] for name, count in self.counts.items()}
        histograms = {name: bins - earlier.histograms[name] for name, bins in self.histograms.items()}
        return Tally(self.seconds - earlier.seconds, counts, histograms)

    @property
    def flagged_callbacks(self) -> int:
        """Callbacks that carried an xrun flag. PortAudio's JACK layer sets two flags for one xrun, always both."""
        return max(self.counts[name] for name in FLAGS)

    def percentiles_us(self, name: str) -> dict[str, float]:
        """p50, p99, p99.9 and max of a histogram in microseconds; its bins are 6 % wide, the upper edge counts."""
        return {label: percentile_ns(self.histograms[name], share) / 1e3 for label, share in SHARES.items()}

    def figures(self) -> dict[str, Any]:
        """For the JSON."""
        times = {f"{name}_us": self.percentiles_us(name) for name in HISTOGRAMS}
        return {"seconds": self.seconds, "flagged_callbacks": self.flagged_callbacks, **self.counts, **times}
