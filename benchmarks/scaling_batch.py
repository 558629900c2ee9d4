"""How fast a batch is: one process, two, a Dask cluster of two workers; and whether their stems are the same."""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from benchmarks.report import say
from rtsep.demo.clip import load_clip
from rtsep.host.batch.cluster import LOCAL, run_cluster
from rtsep.host.batch.job import Event, Outcome, Settings
from rtsep.host.batch.manifest import made_by
from rtsep.host.batch.plan import plan
from rtsep.host.batch.pool import run_local

PARTS = 8
PART_S = 8.0


def by_processes(separator: str) -> tuple[list[dict[str, Any]], int]:
    """One row for each way, start-up included; and the samples in which any differs from the first."""
    maker = made_by(Settings(separator=separator))
    ways = {
        "1 process": lambda jobs: run_local(jobs, maker, 1),
        "2 processes": lambda jobs: run_local(jobs, maker, 2),
    }
    if importlib.util.find_spec("distributed"):
        ways["Dask, 2 workers"] = lambda jobs: run_cluster(jobs, maker, LOCAL, 2)
    rows: list[dict[str, Any]] = []
    stems: list[dict[str, np.ndarray]] = []
    with tempfile.TemporaryDirectory(prefix="rtsep-bench-") as place:
        music = _music(Path(place) / "music")
        for label, way in ways.items():
            output = Path(place) / label
            rows.append({"way": label, **_timed(way(plan([str(music)], output)))})
            rows[-1]["speedup"] = rows[0]["took_s"] / rows[-1]["took_s"]
            stems.append(_stems(output))
            say(f"  {label}: {rows[-1]['times_real_time']:.1f} x real time")
    return rows, sum(differing(stems[0], other) for other in stems[1:])


def _music(folder: Path) -> Path:
    """Parts of the demo clip, each from another place."""
    clip = load_clip()
    mix = clip.mix.T
    folder.mkdir()
    frames = round(PART_S * clip.sample_rate)
    for index in range(PARTS):
        start = index * (len(mix) - frames) // PARTS
        soundfile.write(folder / f"{index}.wav", mix[start : start + frames], clip.sample_rate, "FLOAT")
    return folder


def _timed(events: Iterator[Event]) -> dict[str, Any]:
    begin = time.perf_counter()
    outcomes = [event for event in events if isinstance(event, Outcome)]
    took_s = time.perf_counter() - begin
    failed = [outcome.error for outcome in outcomes if outcome.status != "done"]
    if failed:
        raise RuntimeError(f"{len(failed)} files failed: {failed[0]}")
    seconds = sum(outcome.seconds for outcome in outcomes)
    return {"files": len(outcomes), "audio_s": seconds, "took_s": took_s, "times_real_time": seconds / took_s}


def _stems(folder: Path) -> dict[str, np.ndarray]:
    """Every sound below `folder`, by path."""
    return {
        str(path.relative_to(folder)): soundfile.read(path, dtype="float32")[0]
        for path in sorted(folder.rglob("*.wav"))
    }


def differing(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> int:
    """Samples that are not the same, bit for bit; a file that is missing counts as a whole."""
    count = sum(sound.size for name, sound in (one | other).items() if (name in one) != (name in other))
    for name in one.keys() & other.keys():
        a, b = one[name], other[name]
        count += int((a != b).sum()) if a.shape == b.shape else a.size
    return count
