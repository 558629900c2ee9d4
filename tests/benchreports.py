"""Reports of `rtsep bench` that nobody measured: durations as prescribed, everything else well."""

from __future__ import annotations

from typing import Any

import numpy as np

from rtsep.lab.bench.live import COUNTED
from rtsep.lab.bench.recommend import recommend
from rtsep.lab.bench.report import (
    HopFigures,
    HopRow,
    LiveFigures,
    LiveRow,
    Memory,
    Report,
    SeparatorFacts,
    Settings,
    Times,
)
from rtsep.lab.bench.times import of_durations
from rtsep.lab.machine import Machine

RATE = 48000
BUDGET = {"device_in": 128, "adaptation": 0, "resampling": 0, "separator": 128, "slack": 128, "device_out": 256}
WELL = dict.fromkeys(("xruns", "restarts", *COUNTED), 0)


def times(*microseconds: float, hops: int = 50) -> Times:
    """A repeat for each argument, all of whose durations are that one."""
    return of_durations([np.full(hops, round(1e3 * us), dtype=np.int64) for us in microseconds])


def hop_row(separator: str, *flat_us: float, runtime: str = "") -> HopRow:
    """Repeats of flat-out durations; paced ones take twice as long."""
    figures = HopFigures(
        computes_with="numpy",
        hop=128,
        period=2666.7,
        scheduling="SCHED_FIFO 52",
        start_s=0.5,
        load_s=0.1,
        memory_mib=Memory(40.0, 80.0, 81.5),
        flat_out=times(*flat_us),
        paced=times(*(2.0 * us for us in flat_us)),
        real_time_factor=flat_us[0] / 2666.7,
        due=150,
        late=0,
        skipped=0,
        timeline=(2.0 * flat_us[0], None, 3000.0),
        timeline_s=0.5,
    )
    return HopRow(separator=separator, runtime=runtime, figures=figures)


def live_row(separator: str, block: int = 128, turnaround_us: float = 1000.0, **changes: Any) -> LiveRow:
    """Sustained with ease by default. `changes` to figures; `counts` and `budget` are laid over those that are well."""
    whole: dict[str, Any] = {
        "computes_with": "numpy",
        "device": "null",
        "sample_rate": float(RATE),
        "block": block,
        "hop": 128,
        "seconds": 3.0,
        "start_s": 1.0,
        "callback": times(20.0, 20.0, 20.0),
        "wake": times(80.0, 80.0, 80.0),
        "compute": times(*[0.8 * turnaround_us] * 3),
        "turnaround": times(*[turnaround_us] * 3),
        "driver_late": 0,
        "cpu": {"control": 0.02, "audio": 0.03, "separator": 0.3},
    }
    whole |= changes
    whole["counts"] = WELL | changes.get("counts", {})
    whole["budget"] = BUDGET | changes.get("budget", {})
    return LiveRow(separator=separator, runtime="", block=block, figures=LiveFigures(**whole))


def facts(name: str, tier: str = "stage", reference: bool = False) -> SeparatorFacts:
    """Of a separator of that tier."""
    return SeparatorFacts(name=name, tier=tier, algorithmic_ms=5.3, hop=128, delay=128, reference=reference)


def report(hops: list[HopRow], live: list[LiveRow], cpu: str = "Acme 9000", **changes: Any) -> Report:
    """With what it would recommend."""
    machine = Machine(
        date="2026-01-02T03:04:05+00:00",
        machine="Linux 6.1 x86_64",
        cpu=cpu,
        cores=8,
        memory_gib=16.0,
        governor="performance",
        load_average_at_start=(0.1, 0.2, 0.3),
        python="3.12.1",
        version="0.1.0",
        commit="",
        uncommitted=(),
    )
    separators = tuple(facts(name) for name in dict.fromkeys(row.separator for row in (*hops, *live)))
    whole: dict[str, Any] = {
        "machine": machine,
        "settings": Settings(separators=tuple(f.name for f in separators), blocks=(128,)),
        "threads": "as each library chooses",
        "device": "JACK, dummy driver",
        "sound": "a song",
        "complete": True,
        "duration_s": 12.5,
        "separators": separators,
        "hops": tuple(hops),
        "live": tuple(live),
        "recommendation": recommend(live, separators),
    }
    return Report(**(whole | changes))
