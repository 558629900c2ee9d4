"""Separators for benchmarks alone, registered while a benchmark runs and never installed.

`registered()` writes a distribution of entry points into a temporary folder and puts it on the path of this process
and of the host's children.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rtsep.separators.api import Audio
from rtsep.separators.builtin import COMMON_RATES, Delay
from rtsep.spec import Parameter, SeparatorSpec

HOPS = (128, 256, 441, 512)
LOW_RATE = (44100,)
ROOT = Path(__file__).resolve().parents[1]


class Truth:
    """Knows its two sources, because they come in as mid and side: left = voice + band, right = voice - band.

    The stems are exact up to float32's rounding, so what is heard of a muted one is the host's doing. Knobs break it on
    demand: `stall_ms` sleeps once in the next hop, `stall_often_ms` in every eighth hop for as long as it is set, `nan`
    spoils one hop. A knob acts when its value changes.
    """

    spec = SeparatorSpec(
        "bench-truth",
        ("voice", "band"),
        channels=2,
        sample_rates=COMMON_RATES,
        hop=128,
        delay=128,
        exact_sum=True,
        parameters=tuple(Parameter(name, "", 0.0, 1000.0, 0.0) for name in ("stall_ms", "stall_often_ms", "nan")),
    )

    def prepare(self, sample_rate: int) -> None:
        """Allocate one hop of past."""
        self._past = np.zeros((2, self.spec.hop), dtype=np.float32)
        self._stall_ms = self._often_ms = 0.0
        self._spoil = False
        self._hops = 0

    def process(self, mix: Audio, out: Audio) -> None:
        """Mid to the voice, the rest to the band, one hop late; then whatever fault is due."""
        past = self._past
        out[0] = 0.5 * (past[0] + past[1])
        out[1] = past - out[0]
        past[:] = mix
        self._hops += 1
        stall_ms, self._stall_ms = self._stall_ms, 0.0
        if self._often_ms and self._hops % 8 == 0:
            stall_ms = self._often_ms
        if stall_ms:
            time.sleep(stall_ms / 1000.0)
        if self._spoil:
            self._spoil = False
            out[0, 0, 7] = np.nan

    def reset(self) -> None:
        """Silence the past."""
        self._past[:] = 0.0

    def set_parameter(self, name: str, value: float) -> None:
        """Arm a fault."""
        if name == "stall_ms":
            self._stall_ms = value
        elif name == "stall_often_ms":
            self._often_ms = value
        else:
            self._spoil = value > 0.0


def delay(hop: int, rates: tuple[int, ...] = COMMON_RATES) -> Delay:
    """A `Delay` with another hop, its delay coprime to most blocks."""
    return Delay(hop, hop + 37, rates)


delay_128, delay_256, delay_441, delay_512 = (lambda hop=hop: delay(hop) for hop in HOPS)
low_128, low_256, low_441, low_512 = (lambda hop=hop: delay(hop, LOW_RATE) for hop in HOPS)


@contextlib.contextmanager
def registered() -> Iterator[None]:
    """Make them known to the registry, here and in child processes."""
    names = [f"bench-{kind}-{hop} = benchmarks.plugins:{kind}_{hop}" for kind in ("delay", "low") for hop in HOPS]
    kept = os.environ.get("PYTHONPATH")
    with tempfile.TemporaryDirectory(prefix="rtsep-bench-") as folder:
        info = Path(folder) / "rtsep_bench-0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rtsep-bench\nVersion: 0\n")
        lines = ["[rtsep.separators]", "bench-truth = benchmarks.plugins:Truth", *names]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (folder, str(ROOT), kept)))
        sys.path.insert(0, folder)
        try:
            yield
        finally:
            sys.path.remove(folder)
            if kept is None:
                del os.environ["PYTHONPATH"]
            else:
                os.environ["PYTHONPATH"] = kept
