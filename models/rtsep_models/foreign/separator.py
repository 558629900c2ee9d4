"""The plugin that plays a foreign file. What it promises comes from a probe's report, never from the file itself."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np

from rtsep.separators.api import Audio
from rtsep.spec import SeparatorSpec
from rtsep_models.foreign.api import Core
from rtsep_models.foreign.layout import play
from rtsep_models.foreign.report import Report
from rtsep_models.separators.lines import Line

WARM_UP_HOPS = 4


class ForeignSeparator:
    """`name` is the path, perhaps with a method. Made in any process; the file is loaded by `prepare`, in the separator's."""

    memory_limit = 1 << 30
    """Bytes that it may take beyond what it has once it is prepared: `rtsep.separators.api`."""

    def __init__(self, name: str, report: Report, filed: bool = False) -> None:
        """`filed`: in the longer hops that `report` has for files."""
        self._name, self._report, self._filed = name, report, filed
        self.spec: SeparatorSpec = replace(report.spec, hop=report.file_hop) if filed else report.spec
        self.version = report.version
        self.runtime = report.kind
        self._cores: list[Core] = []

    @property
    def scope(self) -> Audio | None:
        """Of the first channel, if there is a latent."""
        return getattr(self._cores[0], "scope", None) if self._cores else None

    def for_files(self) -> ForeignSeparator:
        """The same in longer hops, if that saves work."""
        return ForeignSeparator(self._name, self._report, filed=True) if self._report.file_hop else self

    def prepare(self, sample_rate: int) -> None:
        """Load and warm up. Raises SeparatorError, and whatever the file raises."""
        self.spec.check_rate(sample_rate)
        from rtsep_models.foreign.cores import load  # here, not above: the control process must not have it

        self._cores, _ = load(self._name, self._filed)
        spec = self.spec
        for core in self._cores:
            core.prepare(sample_rate)
        self._own = len(spec.stems) - self._report.residual
        self._line = Line(spec.channels, spec.delay + spec.hop, spec.hop)
        mix = np.zeros((spec.channels, spec.hop), dtype=np.float32)
        out = np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)
        for _ in range(WARM_UP_HOPS):
            self.process(mix, out)
        self.reset()

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop. Raises whatever the file raises, and SeparatorError if a shape is not as promised."""
        play(self._cores, mix, out[: self._own])
        if self._report.residual:
            self._line.push(mix)
            rest = out[-1]
            np.copyto(rest, self._line.last(self.spec.hop, ago=self.spec.delay))
            for stem in out[:-1]:
                np.subtract(rest, stem, out=rest)

    def reset(self) -> None:
        """As far as the file can."""
        self._line.reset()
        for core in self._cores:
            core.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """A file that fails at that keeps its value: it is no reason to stop the music."""
        for core in self._cores:
            with contextlib.suppress(Exception):
                core.set_parameter(name, value)
