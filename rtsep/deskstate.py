"""What the mixing desk says: values, and the changes that are allowed to them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from rtsep.changes import (
    Bypass,
    Change,
    Crossfade,
    DryWet,
    Knob,
    Late,
    LatePolicy,
    MixGain,
    Panic,
    Side,
    StemGain,
    StemMute,
    StemOutput,
    StemPan,
    StemSide,
    StemSolo,
)
from rtsep.control import Strip
from rtsep.errors import ConfigError, did_you_mean
from rtsep.spec import SeparatorSpec
from rtsep.units import SILENCE_DB

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
    crossfade: float = 0.0
    policy: LatePolicy = "dry"


def side_gain(side: Side, crossfade: float) -> float:
    """What the crossfader leaves of a stem: all of it until the middle, from there a quarter cosine down to nothing.

    >>> [round(side_gain("a", position), 3) for position in (-1.0, 0.0, 0.5, 1.0)], side_gain("", 1.0)
    ([1.0, 1.0, 0.707, 0.0], 1.0)
    """
    away = crossfade if side == "a" else -crossfade if side == "b" else 0.0
    return 1.0 if away <= 0.0 else 0.0 if away >= 1.0 else math.cos(0.5 * math.pi * away)


def _number(name: str, value: float, low: float, high: float) -> float:
    if not math.isfinite(value) or not low <= value <= high:
        raise ConfigError(f"{name} is {value}, must be {low:g}..{high:g}")
    return float(value)


def gain_in_range(name: str, value: float) -> float:
    if value == -math.inf:
        return SILENCE_DB
    return max(SILENCE_DB, _number(name, value, -1000.0, MAX_GAIN_DB))


def known(kind: str, name: str, names: Any) -> str:
    """`name` if it is one of `names`; else a ConfigError that lists them and offers the nearest."""
    if name in names:
        return name
    hint = did_you_mean(name, names)
    raise ConfigError(f"there is no {kind} {name!r}, only {', '.join(names) or 'none'}" + (f"; {hint}" if hint else ""))


def changed(state: DeskState, change: Change, spec: SeparatorSpec) -> DeskState:
    """`state` after one change. Raises ConfigError if it names what is not there or goes out of range."""
    match change:
        case StemGain() | StemMute() | StemSolo() | StemPan() | StemOutput() | StemSide():
            strip = state.strips[known("stem", change.stem, state.strips)]
            match change:
                case StemGain(gain_db=value):
                    strip = replace(strip, gain_db=gain_in_range("gain_db", value))
                case StemMute(mute=on):
                    strip = replace(strip, mute=bool(on))
                case StemSolo(solo=on):
                    strip = replace(strip, solo=bool(on))
                case StemPan(pan=value):
                    strip = replace(strip, pan=_number("pan", value, -1.0, 1.0))
                case StemOutput(output=channel):
                    strip = replace(strip, output=int(_number("output", channel, -1, 255)))
                case StemSide(side=side):
                    strip = replace(strip, side=known("side", side, ("", "a", "b")))  # type: ignore[arg-type]
            return replace(state, strips=state.strips | {strip.stem: strip})
        case MixGain(gain_db=value):
            return replace(state, mix_gain_db=gain_in_range("mix gain_db", value))
        case DryWet(dry_wet=value):
            return replace(state, dry_wet=_number("dry_wet", value, 0.0, 1.0))
        case Bypass(bypass=on):
            return replace(state, bypass=bool(on))
        case Panic(panic=on):
            return replace(state, panic=bool(on))
        case Crossfade(position=value):
            return replace(state, crossfade=_number("crossfade position", value, -1.0, 1.0))
        case Late(policy=policy):
            return replace(state, policy=known("policy", policy, ("dry", "mute-safe")))  # type: ignore[arg-type]
        case Knob(name=name, value=value):
            known("parameter", name, state.knobs)
            parameter = next(p for p in spec.parameters if p.name == name)
            checked = _number(name, value, parameter.minimum, parameter.maximum)
            return replace(state, knobs=state.knobs | {name: checked})
        case _:
            raise ConfigError(f"the desk does not know {type(change).__name__}")
