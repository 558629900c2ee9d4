"""What a hop costs on a GPU: a CUDA graph per hop beside the CPU's runtimes in the same run, paced and flat out.

Paced, because a GPU that waits between hops lowers its clocks. Times hold the copies to and from the device and the
plugin's transforms. Needs a CUDA device; where there is none it says so and writes nothing.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import numpy as np
import torch

from benchmarks.longrun import streamed
from benchmarks.report import Report, arguments, say
from rtsep.errors import RtsepError
from rtsep.lab.hopcost import paced, times_us
from rtsep.lab.percentiles import percentiles
from rtsep.separators.api import Audio
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.weights.store import folders

RUNTIMES = ("cuda", "onnxruntime", "torch")
RATE = 44100
WARM_UP_S = 1.0
HOPS = 4096
"""A whole number of anybody's hops."""


def prepared(name: str, runtime: str) -> NeuralSeparator:
    """By the weights' name, not the plugin's: a machine lent for its GPU need not have rtsep installed."""
    os.environ[RUNTIME_VARIABLE] = runtime
    separator = NeuralSeparator(name)
    separator.prepare(RATE)
    times_us(separator, _noise(WARM_UP_S))
    return separator


def cost(name: str, runtime: str, seconds: float) -> dict[str, Any]:
    """Percentiles in us and as shares of the hop."""
    separator = prepared(name, runtime)
    period_us = 1e6 * separator.spec.hop / RATE
    sound = _noise(seconds)
    took_us = paced(separator, sound, RATE, seconds).took_ns / 1e3
    rows = {"flat_out": percentiles(times_us(separator, sound)), "paced": percentiles(took_us)}
    say(f"{name:<10} {separator.runtime}: p50 {rows['paced']['p50']:.0f}, p99.9 {rows['paced']['p99.9']:.0f} us paced")
    shares = {f"{way}_share": {key: us / period_us for key, us in row.items()} for way, row in rows.items()}
    return {"runtime": separator.runtime, "hop_period_us": period_us, **rows, **shares}


def agreement_db(name: str) -> float:
    """How far CUDA's stems are from those of torch on the CPU, dB of the stems."""
    sound = _noise(2.0)
    whole = sound[:, : sound.shape[1] // HOPS * HOPS]
    cuda, cpu = (streamed(_reset(prepared(name, runtime)), whole).astype(np.float64) for runtime in ("cuda", "torch"))
    wrong = np.sum((cuda - cpu) ** 2) / np.sum(cpu**2)
    return float(10 * np.log10(max(wrong, 1e-30)))


def _reset(separator: NeuralSeparator) -> NeuralSeparator:
    separator.reset()
    return separator


def _noise(seconds: float) -> Audio:
    return 0.1 * np.random.default_rng(0).standard_normal((2, round(seconds * RATE)), dtype=np.float32)


def main() -> None:
    """Measure, write, print."""
    parser = arguments("gpu", "what separators cost on a GPU")
    parser.add_argument("--separators", nargs="+", default=["stage", "monitor", "hs_tasnet"])
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    if not torch.cuda.is_available():
        sys.exit("no CUDA device here (torch.cuda.is_available() is False): nothing measured, nothing written")
    report = Report("gpu", options)
    report.figures = {"method": __doc__, "gpu": torch.cuda.get_device_name(), "torch": torch.__version__}
    for name in (name for name in options.separators if name in folders()):
        rows: dict[str, Any] = {}
        for runtime in RUNTIMES:
            try:
                rows[runtime] = cost(name, runtime, options.seconds)
            except RtsepError as error:
                say(f"{name}, {runtime}: {error}")
                rows[runtime] = {"failed": str(error)}
        rows["agreement_db"] = agreement_db(name)
        report.figures[name] = rows
        for runtime in (runtime for runtime in RUNTIMES if "paced" in rows[runtime]):
            report.accept(f"{name}_{runtime}_paced_p999_ms", rows[runtime]["paced"]["p99.9"] / 1e3, "ms")
        report.accept(f"{name}_cuda_agreement_db", rows["agreement_db"], "dB", "<= -60")
    report.close()


if __name__ == "__main__":
    main()
