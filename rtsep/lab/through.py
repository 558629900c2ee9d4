"""Latency through a whole running host, against what it declares.

On JACK the loop is probe -> rtsep -> probe. JACK delays the edge that closes a loop by one period, whoever is in it: that
much is measured with a client that only copies, and taken off. Elsewhere a file with the probe is played through the host
and its output looked at: a file has no converters, so that nothing is to be taken off.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import soundfile

from rtsep.changes import StemSolo
from rtsep.errors import DeviceError
from rtsep.host.config import DeviceConfig, HostConfig, StripConfig
from rtsep.host.devices.file import DEFAULT_RATE
from rtsep.host.devices.jackserver import jack_facts
from rtsep.host.engine import Engine
from rtsep.lab.analysis import Measurement, analyse
from rtsep.lab.jackloop import CLIENT, telling_jack
from rtsep.lab.probe import Pattern
from rtsep.lab.rig import host
from rtsep.lab.takes import LoopConfig, Request
from rtsep.separators.registry import create
from rtsep.spec import LatencyBudget

COPIER = "rtsep-latency-copy"
ENDING_S = 60.0
MIX = "mix"
TOGETHER = "stems together"


@dataclass(frozen=True)
class Through:
    """A separator's host: what it declares, and what was measured of its mix and of each stem alone.

    `path`: "JACK" or "file". `raw`: delay of the loop without a host, frames. `late_hops`: where stems came too late.
    """

    separator: str
    path: str
    sample_rate: float
    block: int
    budget: LatencyBudget
    raw: float
    measured: dict[str, Measurement]
    late_hops: int

    @property
    def errors(self) -> dict[str, float | None]:
        """Measured less declared, frames, of mix and stems; None where nothing was found."""
        return {
            name: None if found.delay is None else found.delay - self.raw - self.budget.host
            for name, found in self.measured.items()
        }


def measure_through(separator: str, config: LoopConfig, request: Request) -> Through:
    """Start a host with that separator, measure, end it. Raises RtsepError."""
    if config.device.kind != "portaudio":
        return _through_file(separator, config, request)
    return _through_jack(separator, config, request)


def _through_file(separator: str, config: LoopConfig, request: Request) -> Through:
    """Mix, each stem on outputs of its own, and all stems together, whose sum has been through the separator whatever it
    makes of the probe; flat out, so that a busy machine spoils nothing."""
    rate = config.device.sample_rate or DEFAULT_RATE
    pattern, spec = request.pattern(rate), create(separator).spec
    feeds = {stem: spec.channels * (1 + index) for index, stem in enumerate(spec.stems)}
    strips = {stem: StripConfig(output=1 + channel) for stem, channel in feeds.items()}
    with tempfile.TemporaryDirectory() as folder:
        played, heard = Path(folder) / "probe.wav", Path(folder) / "heard.wav"
        soundfile.write(played, np.stack([pattern.sound] * spec.channels, axis=1), rate, subtype="FLOAT")
        device = DeviceConfig(kind="file", path=str(played), write=str(heard), block=config.device.block, paced=False)
        with host(HostConfig(separator=separator, device=device, stems=strips)) as engine:
            _until(engine.finished, pattern.frames / rate + ENDING_S, "the file device has not come to its end")
            state = engine.state()
        recording = soundfile.read(heard, dtype="float32", always_2d=True)[0].T
    heard_of = {MIX: recording[0]} | {stem: recording[channel] for stem, channel in feeds.items()}
    heard_of[TOGETHER] = recording[list(feeds.values())].sum(axis=0)
    found = {name: analyse(np.ascontiguousarray(signal), pattern) for name, signal in heard_of.items()}
    return Through(separator, "file", float(rate), state.block, state.budget, 0.0, found, state.counters.late_hops)


def _through_jack(separator: str, config: LoopConfig, request: Request) -> Through:
    from rtsep.lab.deck import Deck

    facts = jack_facts(CLIENT, CLIENT)
    pattern = request.pattern(facts.sample_rate)
    device = msgspec.structs.replace(config.device, host_api="JACK", input_channels=(), output_channels=())
    with telling_jack():
        with Deck(COPIER, np.zeros((1, 1), dtype=np.float32), ins=1, copy=True):
            raw = deck_measures(COPIER, pattern).delay
        if raw is None:
            raise DeviceError("JACK's own loop was not heard; is the server overloaded? See 'rtsep doctor'")
        with Deck(f"{CLIENT}-names", np.zeros((1, 1), dtype=np.float32), ins=1) as watcher:
            before = _clients(watcher)
            with host(HostConfig(separator=separator, device=device)) as engine:
                client = next(iter(sorted(_clients(watcher) - before)), "rtsep")
                measured = _mix_and_stems(engine, lambda: deck_measures(client, pattern))
                state = engine.state()
    return Through(
        separator, "JACK", float(facts.sample_rate), facts.block, state.budget, raw, measured, state.counters.late_hops
    )


def _mix_and_stems(engine: Engine, measure: Callable[[], Measurement]) -> dict[str, Measurement]:
    """At unity the mix is the delayed input; a soloed stem has come through separator and stem ring."""
    measured = {MIX: measure()}
    for stem in engine.spec.stems:
        engine.apply(StemSolo(stem, True))
        measured[stem] = measure()
        engine.apply(StemSolo(stem, False))
    return measured


def deck_measures(client: str, pattern: Pattern) -> Measurement:
    """The loop through a client's first ports on the running JACK server; takes its cables."""
    from rtsep.lab.deck import Deck

    with Deck(CLIENT, pattern.sound[None, :], pattern.frames, ins=1) as deck:
        deck.wire(client)
        deck.arm()
        deck.wait(pattern.frames)
        return analyse(deck.captured()[0], pattern)


def _clients(deck: Any) -> set[str]:
    return {port.split(":")[0] for port in deck.ports_of_all()}


def _until(condition: Callable[[], bool], limit_s: float, what: str) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end:
            raise DeviceError(f"{what} after {limit_s:.0f} s; see 'rtsep doctor'")
        time.sleep(0.02)
