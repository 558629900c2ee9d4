"""A distribution of separators that misbehave on demand, installed into a folder for the tests and their children."""

from __future__ import annotations

from pathlib import Path

ENTRY_POINTS = """[rtsep.separators]
test-moody = rtsep_testplugins:Moody
test-unprepared = rtsep_testplugins:Unprepared
test-missing = rtsep_testplugins:NotThere
test-raising = rtsep_testplugins:raising
test-plain = rtsep_testplugins:Plain
test-calm = rtsep_testplugins:Calm
test-fatal = rtsep_testplugins:Fatal
test-misshapen = rtsep_testplugins:Misshapen
test-sluggish = rtsep_testplugins:Sluggish
test-frozen = rtsep_testplugins:Frozen
test-five = rtsep_testplugins:Five
test-mono = rtsep_testplugins:Mono
"""

MODULE = '''
"""Separators for tests."""

import os
import time

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.spec import Parameter, SeparatorSpec

STEMS = ("vocals", "rest")
RATES = (44100, 48000)
NORMAL, RAISE, NAN, EXIT, HANG, SLOW = range(6)


class Moody:
    """Half of the input in each stem, two hops late; the knob `mood` makes it misbehave."""

    spec = SeparatorSpec(
        "test-moody", STEMS, 2, RATES, 64, 128, True,
        (Parameter("mood", "", 0.0, 5.0, 0.0), Parameter("share", "", 0.0, 1.0, 0.5))
    )

    def prepare(self, sample_rate):
        self.mood = NORMAL
        self.share = np.float32(0.5)
        self.reset()

    def reset(self):
        self.line = np.zeros((2, self.spec.delay + self.spec.hop), dtype=np.float32)

    def set_parameter(self, name, value):
        if name == "share":
            self.share = np.float32(value)
        else:
            self.mood = round(value)

    def process(self, mix, out):
        if self.mood == RAISE:
            raise RuntimeError("out of GPU memory")
        if self.mood == EXIT:
            os._exit(7)
        while self.mood == HANG:
            time.sleep(1.0)
        if self.mood == SLOW:
            time.sleep(0.01)
        self.line[:, :-64] = self.line[:, 64:]
        self.line[:, -64:] = mix
        out[0] = self.share * self.line[:, :64]
        out[1] = self.line[:, :64] - out[0]
        if self.mood == NAN:
            out[0, 0, 0] = np.nan


class Plain(Moody):
    """Stems that do not add up to the input: each is half of it."""

    spec = SeparatorSpec("test-plain", STEMS, 2, RATES, 64, 128, False)

    def process(self, mix, out):
        super().process(mix, out)
        out[1] = out[0]


class Unprepared(Moody):
    """Cannot be prepared."""

    spec = SeparatorSpec("test-unprepared", STEMS, 2, RATES, 64, 0, True)

    def prepare(self, sample_rate):
        raise SeparatorError("the weights are missing; run 'fetch weights'")


class Calm(Moody):
    """The same in longer hops, and it says what it computes with."""

    runtime = "numpy float32"
    spec = SeparatorSpec("test-calm", STEMS, 2, RATES, 256, 300, True, (Parameter("share", "", 0.0, 1.0, 0.5),))

    def process(self, mix, out):
        self.line[:, :-256] = self.line[:, 256:]
        self.line[:, -256:] = mix
        out[0] = self.share * self.line[:, :256]
        out[1] = self.line[:, :256] - out[0]


class Fatal(Moody):
    """Takes its process along while it loads."""

    def prepare(self, sample_rate):
        os._exit(9)


class Misshapen(Moody):
    """Has its shapes wrong."""

    def process(self, mix, out):
        out[:] = np.zeros((3, 2, 64))


class Sluggish(Moody):
    """Takes longer for a hop than a hop lasts."""

    def process(self, mix, out):
        super().process(mix, out)
        time.sleep(0.003)


class Frozen(Moody):
    """Passes its rehearsal, then never finishes a hop."""

    resets = 0

    def reset(self):
        super().reset()
        self.resets += 1

    def process(self, mix, out):
        super().process(mix, out)
        while self.resets > 1:
            time.sleep(1.0)


class Five(Moody):
    """More stems than most."""

    spec = SeparatorSpec("test-five", ("a", "b", "c", "d", "e"), 2, RATES, 64, 128, True)


class Mono(Moody):
    """One channel."""

    spec = SeparatorSpec("test-mono", STEMS, 1, RATES, 64, 128, True)


def raising():
    """Cannot even be made."""
    raise ImportError("No module named 'torch'")
'''


def install(folder: Path) -> None:
    """Put module and entry points into `folder`, as an installer would."""
    (folder / "rtsep_testplugins.py").write_text(MODULE)
    info = folder / "rtsep_testplugins-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rtsep-testplugins\nVersion: 0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
