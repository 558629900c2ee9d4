"""A separator in the live host, in real time: what the host's own recorder wrote."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.rig import host
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.separators.registry import create

SLACK_BLOCKS = 8
"""Far more than a hop takes: it is the sound that is compared, not the time."""


def take(
    separator: str, mix: NDArray[np.float32], sample_rate: int, block: int = 128
) -> tuple[dict[str, NDArray[np.float32]], int]:
    """Play `mix` (C, T) through the three processes once: the recorded stems, aligned with it, and the late hops."""
    with tempfile.TemporaryDirectory(prefix="rtsep-bench-") as folder:
        source, target = Path(folder) / "mix.wav", Path(folder) / "take"
        soundfile.write(source, mix.T, sample_rate, "FLOAT")
        device = DeviceConfig(kind="file", path=str(source), block=block)
        config = HostConfig(separator=separator, slack=SLACK_BLOCKS * block, device=device, record=str(target))
        with host(config) as engine:
            while not engine.finished():
                time.sleep(0.05)
            late = engine.state().counters.late_hops
        stems = {}
        for name in create(separator).spec.stems:
            recorded: Any = soundfile.read(target / f"{name}.wav", dtype="float32", always_2d=True)[0].T
            stems[name] = recorded[:, : mix.shape[1]]
    return stems, late
