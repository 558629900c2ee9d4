"""The mixing desk: checks changes, keeps what the strips say, and publishes it to the callback all at once."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rtsep.control import (
    Bypass,
    Change,
    DryWet,
    Knob,
    Late,
    LatePolicy,
    MixGain,
    Panic,
    StemGain,
    StemMute,
    StemOutput,
    StemPan,
    StemSolo,
    Strip,
)
from rtsep.errors import ConfigError, did_you_mean
from rtsep.host.config import HostConfig
from rtsep.shared.block import Block
from rtsep.spec import MAX_PARAMETERS, MAX_STEMS, SeparatorSpec
from rtsep.units import SILENCE_DB, db_to_gain, gain_to_db

MAX_GAIN_DB = 12.0


@dataclass(frozen=True)
class DeskState:
    """Everything audible that a performer sets."""

    strips: dict[str, Strip]
    knobs: dict[str, float]
    mix_gain_db: float = 0.0
    dry_wet: float = 1.0
    bypass: bool = False
    panic: bool = False
    policy: LatePolicy = "dry"


def _number(name: str, value: float, low: float, high: float) -> float:
    if not math.isfinite(value) or not low <= value <= high:
        raise ConfigError(f"{name} is {value}, must be {low:g}..{high:g}")
    return float(value)


def _gain(name: str, value: float) -> float:
    if value == -math.inf:
        return SILENCE_DB
    return max(SILENCE_DB, _number(name, value, -1000.0, MAX_GAIN_DB))


def known(kind: str, name: str, names: Any) -> str:
    """`name` if it is one of `names`; else a ConfigError that lists them and offers the nearest."""
    if name in names:
        return name
    hint = did_you_mean(name, names)
    raise ConfigError(f"there is no {kind} {name!r}, only {', '.join(names) or 'none'}" + (f"; {hint}" if hint else ""))


def initial(config: HostConfig, spec: SeparatorSpec) -> DeskState:
    """The state that a configuration asks for. Raises ConfigError for unknown stems or parameters."""
    strips = {stem: Strip(stem) for stem in spec.stems}
    for stem, wanted in config.stems.items():
        known("stem", stem, strips)
        output = -1 if wanted.output is None else wanted.output - 1
        strips[stem] = Strip(stem, _gain("gain_db", wanted.gain_db), wanted.mute, wanted.solo, wanted.pan, output)
    knobs = {parameter.name: parameter.default for parameter in spec.parameters}
    state = DeskState(strips, knobs, _gain("mix_gain_db", config.mix_gain_db), config.dry_wet, policy=config.policy)
    for name, value in config.parameters.items():
        state = changed(state, Knob(name, value), spec)
    return state


def changed(state: DeskState, change: Change, spec: SeparatorSpec) -> DeskState:
    """`state` after one change. Raises ConfigError if it names what is not there or goes out of range."""
    match change:
        case StemGain() | StemMute() | StemSolo() | StemPan() | StemOutput():
            strip = state.strips[known("stem", change.stem, state.strips)]
            match change:
                case StemGain(gain_db=value):
                    strip = replace(strip, gain_db=_gain("gain_db", value))
                case StemMute(mute=on):
                    strip = replace(strip, mute=bool(on))
                case StemSolo(solo=on):
                    strip = replace(strip, solo=bool(on))
                case StemPan(pan=value):
                    strip = replace(strip, pan=_number("pan", value, -1.0, 1.0))
                case StemOutput(output=channel):
                    strip = replace(strip, output=int(_number("output", channel, -1, 255)))
            return replace(state, strips=state.strips | {strip.stem: strip})
        case MixGain(gain_db=value):
            return replace(state, mix_gain_db=_gain("mix gain_db", value))
        case DryWet(dry_wet=value):
            return replace(state, dry_wet=_number("dry_wet", value, 0.0, 1.0))
        case Bypass(bypass=on):
            return replace(state, bypass=bool(on))
        case Panic(panic=on):
            return replace(state, panic=bool(on))
        case Late(policy=policy):
            return replace(state, policy=known("policy", policy, ("dry", "mute-safe")))  # type: ignore[arg-type]
        case Knob(name=name, value=value):
            known("parameter", name, state.knobs)
            parameter = next(p for p in spec.parameters if p.name == name)
            checked = _number(name, value, parameter.minimum, parameter.maximum)
            return replace(state, knobs=state.knobs | {name: checked})
        case _:
            raise ConfigError(f"the desk does not know {type(change).__name__}")


class Desk:
    """Keeps a `DeskState` and mirrors it into the block. Thread-safe; control process."""

    def __init__(self, block: Block, spec: SeparatorSpec, config: HostConfig | None = None) -> None:
        """Publish what `config` asks for; without one, take over what the block says (after a crash)."""
        self._block = block
        self._spec = spec
        self._lock = threading.Lock()
        self._fence = threading.Lock()
        if config is None:
            self.state = self._recover()
        else:
            self.state = initial(config, spec)
            self._publish()

    def after(self, *changes: Change) -> DeskState:
        """What the state would be after these changes. Raises ConfigError if one is invalid."""
        state = self.state
        for change in changes:
            state = changed(state, change, self._spec)
        return state

    def apply(self, *changes: Change) -> None:
        """All changes in one step, or ConfigError and none."""
        with self._lock:
            self.state = self.after(*changes)
            self._publish()

    @contextmanager
    def _seqlock(self) -> Iterator[None]:
        """The callback takes nothing over while the sequence is odd. Taking a lock orders the stores around it."""
        sequence = int(self._block.get("params_seq")) | 1
        self._block.set("params_seq", sequence)
        with self._fence:
            yield
        with self._fence:
            self._block.set("params_seq", sequence + 1)

    def _publish(self) -> None:
        state, block = self.state, self._block
        strips = [state.strips[stem] for stem in self._spec.stems]

        def per_stem(values: list[Any], kind: Any) -> np.ndarray:
            return np.array(values + [0] * (MAX_STEMS - len(values)), dtype=kind)

        with self._seqlock():
            block.set("stem_gain", per_stem([db_to_gain(strip.gain_db) for strip in strips], np.float32))
            block.set("stem_mute", per_stem([strip.mute for strip in strips], np.int64))
            block.set("stem_solo", per_stem([strip.solo for strip in strips], np.int64))
            block.set("stem_pan", per_stem([strip.pan for strip in strips], np.float32))
            block.set("stem_output", per_stem([strip.output for strip in strips], np.int64))
            block.set("mix_gain", db_to_gain(state.mix_gain_db))
            block.set("dry_wet", state.dry_wet)
            block.set("bypass", int(state.bypass))
            block.set("panic", int(state.panic))
            block.set("mute_safe", int(state.policy == "mute-safe"))
        knobs = np.zeros(MAX_PARAMETERS)
        knobs[: len(self._spec.parameters)] = [state.knobs[p.name] for p in self._spec.parameters]
        if block.get("knob_seq") == 0 or not np.array_equal(knobs, block.array("knobs")):
            block.set("knobs", knobs)
            with self._fence:
                block.set("knob_seq", block.get("knob_seq") + 1)

    def _recover(self) -> DeskState:
        block, spec = self._block, self._spec
        gains, mutes, solos = block.array("stem_gain"), block.array("stem_mute"), block.array("stem_solo")
        pans, outputs = block.array("stem_pan"), block.array("stem_output")
        strips = {
            stem: Strip(
                stem, gain_to_db(float(gains[s])), bool(mutes[s]), bool(solos[s]), float(pans[s]), int(outputs[s])
            )
            for s, stem in enumerate(spec.stems)
        }
        knobs = {p.name: float(value) for p, value in zip(spec.parameters, block.array("knobs"), strict=False)}
        return DeskState(
            strips,
            knobs,
            gain_to_db(block.get("mix_gain")),
            float(block.get("dry_wet")),
            bool(block.get("bypass")),
            bool(block.get("panic")),
            "mute-safe" if block.get("mute_safe") else "dry",
        )
