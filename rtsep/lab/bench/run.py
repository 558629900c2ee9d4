"""Everything in its order: hops, then live hosts, block after block. Can be cut short at any time.

The repeats of hops go round: all separators once, then all again. So a minute in which the machine is busy spoils one repeat of
each rather than all of one, and their spread tells what another run might find.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rtsep.errors import ConfigError, DeviceError, RtsepError
from rtsep.host.config import DeviceConfig
from rtsep.host.latency import algorithmic_ms, tier
from rtsep.lab.bench.hopprocess import Answer
from rtsep.lab.bench.hops import hop_answer, hop_figures
from rtsep.lab.bench.live import live_figures
from rtsep.lab.bench.recommend import by_chance, recommend
from rtsep.lab.bench.report import HopRow, LiveRow, Report, SeparatorFacts, Settings
from rtsep.lab.bench.venue import Venue, described, venue
from rtsep.lab.machine import this_machine
from rtsep.lab.rig import SETTLE_S
from rtsep.separators.api import Audio
from rtsep.separators.builtin import Delay, Passthrough
from rtsep.separators.registry import create

HOP_OVERHEAD_S = 2.0
"""Starting a process and loading a separator, about."""
LIVE_OVERHEAD_S = SETTLE_S + 3.0
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Bench:
    """One run. `report()` is good at any time, also after `run` was interrupted. One thread."""

    def __init__(self, settings: Settings, device: DeviceConfig | None, sound: Audio, sound_name: str) -> None:
        """`sound` (2, T) at the settings' rate is what is separated. Looks at the separators, loads none."""
        self.settings = settings
        self._device = device
        self._sound, self._sound_name = sound, sound_name
        self._machine = this_machine()
        self._began = time.monotonic()
        self._complete = False
        self.separators = tuple(facts(name) for name in settings.separators)
        self._hops: dict[tuple[str, str], list[Answer] | str] = {}
        """By separator and runtime: a repeat's answer each, or why there are none."""
        self.live: list[LiveRow] = []

    @property
    def steps(self) -> int:
        """How often `run` tells what comes next."""
        return self.settings.repeats * len(self._hop_jobs()) + len(self.settings.blocks) * len(self._live_jobs())

    @property
    def about_s(self) -> float:
        """How long `run` takes, roughly."""
        settings = self.settings
        hops = len(self._hop_jobs()) * (1.5 * settings.seconds + settings.repeats * HOP_OVERHEAD_S)
        return hops + len(self._live_jobs()) * len(settings.blocks) * (settings.seconds + LIVE_OVERHEAD_S)

    def run(self, on_step: Callable[[str], None] = lambda _: None) -> None:
        """Measure; what fails is a row with the reason. `on_step` hears what comes next."""
        with tempfile.TemporaryDirectory(prefix="rtsep-bench-") as folder:
            path = Path(folder) / "sound.npy"
            np.save(path, self._sound)
            for number in range(self.settings.repeats):
                for separator, runtime in self._hop_jobs():
                    on_step(" ".join(filter(None, (separator.name, runtime, f"hops, {number + 1}"))))
                    self._repeat(separator, runtime, path)
        for block in self.settings.blocks:
            self._play(block, on_step)
        self._complete = True

    @property
    def hops(self) -> list[HopRow]:
        """Of as many repeats as there are so far."""
        return [
            HopRow(separator=separator, runtime=runtime, failed=found)
            if isinstance(found, str)
            else HopRow(separator=separator, runtime=runtime, figures=hop_figures(found, self.settings))
            for (separator, runtime), found in self._hops.items()
        ]

    def report(self) -> Report:
        """Everything measured so far, and what it recommends."""
        named = {name: os.environ[name] for name in THREAD_VARIABLES if name in os.environ}
        live = tuple(self.live)
        return Report(
            machine=self._machine,
            settings=self.settings,
            threads=" ".join(f"{name}={value}" for name, value in named.items()) or "as each library chooses",
            device=described(self._device),
            sound=self._sound_name,
            complete=self._complete,
            duration_s=round(time.monotonic() - self._began, 1),
            separators=self.separators,
            hops=tuple(self.hops),
            live=live,
            recommendation=recommend(live, self.separators),
        )

    def _hop_jobs(self) -> list[tuple[SeparatorFacts, str]]:
        named = self.settings.runtimes
        return [(one, runtime) for one in self.separators for runtime in _runtimes(one, named or one.runtimes)]

    def _live_jobs(self) -> list[tuple[SeparatorFacts, str]]:
        return [(one, runtime) for one in self.separators for runtime in _runtimes(one, self.settings.runtimes)]

    def _repeat(self, separator: SeparatorFacts, runtime: str, sound: Path) -> None:
        """Once more, unless it has failed before."""
        key = (separator.name, runtime)
        before = self._hops.get(key, [])
        if isinstance(before, str):
            return
        try:
            _check(separator, runtime)
            self._hops[key] = [*before, hop_answer(separator.name, runtime, sound, self.settings)]
        except RtsepError as error:
            self._hops[key] = str(error)

    def _play(self, block: int, on_step: Callable[[str], None]) -> None:
        """Live, all separators with this block."""
        with contextlib.ExitStack() as stack:
            place: Venue | DeviceError
            try:
                place = stack.enter_context(venue(self._device, self.settings.sample_rate, block, self._sound))
            except DeviceError as error:
                place = error
            for separator, runtime in self._live_jobs():
                on_step(" ".join(filter(None, (separator.name, runtime, f"live, {block} frames"))))
                self.live.append(self._live_row(separator.name, runtime, block, place))

    def _live_row(self, name: str, runtime: str, block: int, place: Venue | DeviceError) -> LiveRow:
        try:
            if isinstance(place, DeviceError):
                raise place
            if reason := self._hopeless(name, runtime):
                return LiveRow(separator=name, runtime=runtime, block=block, failed=f"not tried: {reason}")
            found, tries = live_figures(name, runtime, place, self.settings), 1
            if by_chance(found):
                found, tries = live_figures(name, runtime, place, self.settings), 2
            return LiveRow(separator=name, runtime=runtime, block=block, tries=tries, figures=found)
        except RtsepError as error:
            return LiveRow(separator=name, runtime=runtime, block=block, failed=str(error))

    def _hopeless(self, name: str, runtime: str) -> str:
        """Why a separator whose hops could not be measured at all need not be tried live; empty if it may."""
        mine = [found for key, found in self._hops.items() if key[0] == name and runtime in ("", key[1])]
        failed = [found for found in mine if isinstance(found, str)]
        return failed[0] if failed and len(failed) == len(mine) else ""


def facts(name: str) -> SeparatorFacts:
    """What a separator says of itself, without loading it."""
    try:
        separator = create(name)
    except RtsepError as error:
        return SeparatorFacts(name=name, failed=str(error))
    spec, latency_ms = separator.spec, algorithmic_ms(separator.spec)
    return SeparatorFacts(
        name=name,
        tier=tier(latency_ms),
        algorithmic_ms=latency_ms,
        hop=spec.hop,
        delay=spec.delay,
        stems=spec.stems,
        runtimes=tuple(getattr(separator, "runtimes", ())),
        reference=isinstance(separator, Passthrough | Delay),
    )


def _runtimes(separator: SeparatorFacts, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `wanted` to measure; of a separator that knows no runtimes, and where none is wanted, its own choice."""
    return wanted if separator.runtimes and wanted else ("",)


def _check(separator: SeparatorFacts, runtime: str) -> None:
    """Raise ConfigError if it cannot be made, or has no such runtime."""
    if separator.failed:
        raise ConfigError(separator.failed)
    if runtime and runtime not in separator.runtimes:
        there = ", ".join(separator.runtimes)
        raise ConfigError(f"{separator.name!r} has no runtime {runtime!r} here; it has {there}")
