"""What one hop of a separator costs, called flat out on one thread of a fresh process."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import percentiles
from rtsep.separators.api import Separator
from rtsep.separators.registry import create
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE

Result = TypeVar("Result")
WARM_UP_S = 1.0
ROUNDS = 3
MUSIC_S, DECAY_S, SILENCE_S = 4.0, 6.0, 10.0
FAINTEST = 1e-44
"""Where the decay ends: float32 has denormals below 1.2e-38, and nothing below 1.4e-45."""


def fresh(work: Callable[..., Result], runtime: str, *arguments: Any) -> Result:
    """`work(*arguments)` in a process of its own with one thread for numerical libraries; "" lets the plugin choose."""
    changes = {"OMP_NUM_THREADS": "1", RUNTIME_VARIABLE: runtime}
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update({name: value for name, value in changes.items() if value})
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            return pool.submit(work, *arguments).result()
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def prepared(name: str, sample_rate: int) -> Separator:
    """Ready to play."""
    separator = create(name)
    separator.prepare(sample_rate)
    return separator


def times_us(separator: Separator, sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Time of each whole hop of `sound` (C, T)."""
    spec = separator.spec
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)
    hops = np.ascontiguousarray(
        sound[:, : sound.shape[1] // spec.hop * spec.hop].reshape(spec.channels, -1, spec.hop).swapaxes(0, 1)
    )
    taken = np.zeros(len(hops))
    for index, hop in enumerate(hops):
        begin = time.perf_counter_ns()
        separator.process(hop, out)
        taken[index] = (time.perf_counter_ns() - begin) / 1e3
    return taken


def flat_out(name: str, mix: NDArray[np.float32], sample_rate: int) -> dict[str, Any]:
    """Percentiles over `mix` (C, T), us, and their share of the hop's period; what computes."""
    separator = prepared(name, sample_rate)
    times_us(separator, mix[:, : int(WARM_UP_S * sample_rate)])
    taken = percentiles(times_us(separator, mix))
    period_us = 1e6 * separator.spec.hop / sample_rate
    return {
        "runtime": getattr(separator, "runtime", ""),
        "hop": separator.spec.hop,
        "hop_period_us": period_us,
        "hop_us": taken,
        "hop_share": {name: value / period_us for name, value in taken.items()},
    }


def silence(name: str, mix: NDArray[np.float32], sample_rate: int) -> dict[str, Any]:
    """Mean cost of a hop in music, while it decays through the denormals, and in digital silence; in turns.

    In us of the thread's processor time, so that what else runs on the machine does not count.
    """
    separator = prepared(name, sample_rate)
    music = mix[:, : int(MUSIC_S * sample_rate)]
    decaying = mix[:, : int(DECAY_S * sample_rate)].astype(np.float64)
    decaying = (decaying * np.geomspace(1.0, FAINTEST, decaying.shape[1])).astype(np.float32)
    silent = np.zeros((len(mix), int(SILENCE_S * sample_rate)), dtype=np.float32)
    scenes = {"music": music, "decay": decaying, "silence": silent}
    times_us(separator, music)
    rounds = [{scene: _processor_us(separator, sound) for scene, sound in scenes.items()} for _ in range(ROUNDS)]
    means = {scene: float(np.median([one[scene] for one in rounds])) for scene in scenes}
    return {"mean_us": means, "ratio": max(means["decay"], means["silence"]) / means["music"]}


def _processor_us(separator: Separator, sound: NDArray[np.float32]) -> float:
    """Mean over the hops of `sound`."""
    begin = time.thread_time_ns()
    hops = len(times_us(separator, sound))
    return (time.thread_time_ns() - begin) / 1e3 / hops
