"""Looks: everything audible at one moment, as a value; what it takes to get from one to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from rtsep.changes import (
    Bypass,
    Crossfade,
    DeskChange,
    DryWet,
    Knob,
    Late,
    MixGain,
    Panic,
    StemGain,
    StemMute,
    StemOutput,
    StemPan,
    StemSide,
    StemSolo,
)
from rtsep.control import EngineState, Strip
from rtsep.deskstate import DeskState, changed
from rtsep.spec import SeparatorSpec

Control = tuple[type, str]
"""One control of the desk: the kind of change that moves it, and the stem or parameter it belongs to."""


@dataclass(frozen=True)
class Look:
    """The desk, and the name of the separator that plays."""

    separator: str
    desk: DeskState


def control(change: DeskChange) -> Control:
    """Which control a change moves.

    >>> control(StemPan("vocals", 0.5))
    (<class 'rtsep.changes.StemPan'>, 'vocals')
    """
    name = change.name if isinstance(change, Knob) else getattr(change, "stem", "")
    return type(change), name


def strip_settings(strip: Strip) -> tuple[DeskChange, ...]:
    """A strip as the changes that make it so."""
    return (
        StemGain(strip.stem, strip.gain_db),
        StemMute(strip.stem, strip.mute),
        StemSolo(strip.stem, strip.solo),
        StemPan(strip.stem, strip.pan),
        StemOutput(strip.stem, strip.output),
        StemSide(strip.stem, strip.side),
    )


def settings(desk: DeskState) -> dict[Control, DeskChange]:
    """A desk as the changes that make it so, by control."""
    changes: list[DeskChange] = [change for strip in desk.strips.values() for change in strip_settings(strip)]
    changes += [Knob(name, value) for name, value in desk.knobs.items()]
    changes += [MixGain(desk.mix_gain_db), DryWet(desk.dry_wet), Crossfade(desk.crossfade)]
    changes += [Bypass(desk.bypass), Panic(desk.panic), Late(desk.policy)]
    return {control(change): change for change in changes}


def difference(before: DeskState, after: DeskState) -> tuple[DeskChange, ...]:
    """What has to change; nothing that is already so."""
    there = settings(before)
    return tuple(change for key, change in settings(after).items() if there.get(key) != change)


def after(desk: DeskState, changes: Iterable[DeskChange], spec: SeparatorSpec) -> DeskState:
    """A desk after changes. Raises ConfigError like `changed`."""
    for change in changes:
        desk = changed(desk, change, spec)
    return desk


def look_of(state: EngineState, kills: Mapping[str, bool]) -> Look:
    """What an engine plays. `kills`: stems that are held silent, and how muted they are without that."""
    strips = {strip.stem: replace(strip, mute=kills.get(strip.stem, strip.mute)) for strip in state.strips}
    knobs = {p.name: value for p, value in zip(state.separator.parameters, state.knobs, strict=True)}
    desk = DeskState(
        strips,
        knobs,
        state.mix_gain_db,
        state.dry_wet,
        state.bypass,
        state.panic,
        state.crossfade,
        state.policy,
    )
    return Look(state.separator_name, desk)


def fitting(change: DeskChange, spec: SeparatorSpec) -> DeskChange:
    """A change as `spec` allows it: the value of a parameter is brought into its range."""
    if not isinstance(change, Knob):
        return change
    p = next(p for p in spec.parameters if p.name == change.name)
    return Knob(p.name, min(max(change.value, p.minimum), p.maximum))


def arrival(here: Look, wanted: Look, spec: SeparatorSpec, safe: Collection[str]) -> DeskState:
    """Where a desk gets that goes to a look: what the look does not know stays, so do `safe` stems, and panic.

    Parameters count for the separator they are of; values beyond the range that they have now are brought into it.
    """
    strips = {
        stem: strip if stem in safe else wanted.desk.strips.get(stem, strip) for stem, strip in here.desk.strips.items()
    }
    knobs = dict(here.desk.knobs)
    if wanted.separator == here.separator:
        wishes = (fitting(Knob(name, value), spec) for name, value in wanted.desk.knobs.items() if name in knobs)
        knobs |= {knob.name: knob.value for knob in wishes if isinstance(knob, Knob)}
    return replace(wanted.desk, strips=strips, knobs=knobs, panic=here.desk.panic)


def remainder(here: Look, wanted: Look, safe: Collection[str]) -> dict[Control, DeskChange]:
    """What a look says of stems and parameters that are there only once its separator plays."""
    if wanted.separator == here.separator:
        return {}
    strips = [s for stem, s in wanted.desk.strips.items() if stem not in here.desk.strips and stem not in safe]
    changes = [change for strip in strips for change in strip_settings(strip)]
    changes += [Knob(name, value) for name, value in wanted.desk.knobs.items()]
    return {control(change): change for change in changes}
