"""The alternative, measured beside ours: a sounddevice callback in Python that mixes with numpy, hogs in its process.

`python -m benchmarks.python_callback SECONDS HOGS` prints its counts as JSON. It does less than the host's callback: it
scales and sums two channels, has no stems to read, no fallback and one meter.
"""

from __future__ import annotations

import importlib
import json
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.hogs import Hogs, patient_sleep
from rtsep.lab.rig import SETTLE_S
from rtsep.realtime.clockwatch import watch_clock

sounddevice: Any = importlib.import_module("sounddevice")  # has no types


def play(seconds: float, hogs: int) -> dict[str, Any]:
    """Run it on the JACK server for `SETTLE_S` and then `seconds`; counts of the latter."""
    device = next(api["default_output_device"] for api in sounddevice.query_hostapis() if "JACK" in api["name"])
    rate = sounddevice.query_devices(device)["default_samplerate"]
    header = SimpleNamespace(
        sample_rate=rate,
        position=0,
        clock_lowest=0.0,
        clock_baseline=0.0,
        clock_count=0,
        clock_known=0,
        missed_positions=0,
    )
    counts = SimpleNamespace(callbacks=0, flagged=0)
    gains = np.array([0.5, 0.25, 0.15, 0.1], dtype=np.float32)

    def callback(source: Any, target: Any, frames: int, times: Any, status: Any) -> None:
        # The host's own arithmetic, in the interpreter.
        watch_clock.py_func(header, times.currentTime, frames)
        counts.callbacks += 1
        counts.flagged += bool(status)
        target[:] = 0.0
        for gain in gains:
            target[:, :2] += gain * source
        header.peak = float(np.abs(target).max())
        header.position += frames

    stream = sounddevice.Stream(device=(device, device), channels=(2, 8), dtype="float32", callback=callback)
    with stream, Hogs(hogs):
        patient_sleep(SETTLE_S)
        begin = (counts.callbacks, counts.flagged, header.missed_positions, header.position)
        patient_sleep(seconds)
        end = (counts.callbacks, counts.flagged, header.missed_positions, header.position)
    names = ("callbacks", "flagged_callbacks", "missed_positions", "position")
    return {name: int(after - before) for name, before, after in zip(names, begin, end, strict=True)}


if __name__ == "__main__":
    print(json.dumps(play(float(sys.argv[1]), int(sys.argv[2]))))
