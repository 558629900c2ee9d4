"""A hop's time flat out, on one thread of a fresh process, through the runtime that ships: ONNX Runtime."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.hopcost import fresh
from rtsep.lab.hopcost import flat_out_ns, prepared
from rtsep.lab.percentiles import percentiles

RUNTIME = "onnxruntime"
WARM_UP_S = 0.5


def flat_hops(name: str, sample_rate: int, seconds: float) -> dict[str, Any]:
    """Times in us, and what they make of the separator."""
    return fresh(_measured, RUNTIME, name, sample_rate, seconds)


def _measured(name: str, sample_rate: int, seconds: float) -> dict[str, Any]:
    separator = prepared(name, sample_rate)
    sound = np.random.default_rng(0).normal(0.0, 0.1, (2, 4 * sample_rate)).astype(np.float32)
    flat_out_ns(separator, sound, sample_rate, WARM_UP_S)
    taken = flat_out_ns(separator, sound, sample_rate, seconds) / 1e3
    spec = separator.spec
    period_us = 1e6 * spec.hop / sample_rate
    return {
        "runtime": getattr(separator, "runtime", ""),
        "hop": spec.hop,
        "latency_ms": 1e3 * (spec.hop + spec.delay) / sample_rate,
        "hop_us": percentiles(taken),
        "hop_period_us": period_us,
        "times_real_time": period_us / float(taken.mean()),
    }
