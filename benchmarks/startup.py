"""How long a host takes to play: interpreter, imports, compilation or its cache, device, separator, first callback."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.report import ROOT


def seconds_to_first_callback(separator: str, cache: str | None) -> float:
    """From the start of the interpreter to the first callback on the running JACK server; numba's cache in `cache`."""
    environment = dict(os.environ) if cache is None else os.environ | {"NUMBA_CACHE_DIR": cache}
    command = [sys.executable, "-m", "benchmarks.stage", separator, "dry", "-"]
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        answer = process.stdout.readline()
        taken = time.monotonic() - began
    finally:
        process.stdin.close()
        process.wait(20.0)
    return taken if answer else float("inf")


def startup(separator: str, warm_runs: int = 3) -> tuple[float, list[float]]:
    """With an empty cache of compiled kernels, then with the one this left behind."""
    with tempfile.TemporaryDirectory(prefix="rtsep-bench-cache-") as cache:
        cold = seconds_to_first_callback(separator, cache)
        return cold, [seconds_to_first_callback(separator, cache) for _ in range(warm_runs)]
