"""What silence costs a separator, and work in a fresh process: what the lab's own measurements of a hop do not ask."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rtsep.lab.hopcost import prepared, times_us
from rtsep.separators.api import RUNTIME_VARIABLE, Separator

Result = TypeVar("Result")
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
