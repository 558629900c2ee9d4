"""Where a fade begins and what moves in it, so that nothing jumps.

A stem that becomes silent or audible, by mute or solo, does so by its gain. While a fade lasts the strips are *staged*:

    silent -> heard    staged unmuted at -144 dB           its fader rises         its own gain, to the digit
    heard -> silent    staged as it is                     its fader falls to 0    muted, then its own gain
    other side         staged off the crossfader, with     its fader moves         its side, its own gain
                       the crossfader's share in its gain
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rtsep.changes import Crossfade, DeskChange, DryWet, Knob, MixGain, StemGain, StemPan
from rtsep.control import Strip
from rtsep.deskstate import DeskState, side_gain
from rtsep.show.fade import Fade, Track
from rtsep.show.look import Control, difference, settings
from rtsep.spec import SeparatorSpec
from rtsep.units import SILENCE_DB, db_to_fader, fader_to_db, gain_to_db


def _soloed(desk: DeskState) -> set[str]:
    return {stem for stem, strip in desk.strips.items() if strip.solo}


def _audible(desk: DeskState, stem: str) -> bool:
    soloed = _soloed(desk)
    return not desk.strips[stem].mute and (not soloed or stem in soloed)


def _level(desk: DeskState, strip: Strip, folded: bool) -> float:
    """Fader of a strip as it is heard; `folded`: with the crossfader's share."""
    if not _audible(desk, strip.stem):
        return 0.0
    share_db = gain_to_db(side_gain(strip.side, desk.crossfade)) if folded else 0.0
    return db_to_fader(max(SILENCE_DB, strip.gain_db + share_db))


def _staged_strip(now: DeskState, goal: DeskState, stem: str, soloed: set[str]) -> tuple[Strip, dict[Control, Any]]:
    """A strip while a fade lasts, and what fades of it: (start, goal) by control."""
    here, there = now.strips[stem], goal.strips[stem]
    before, later = _audible(now, stem), _audible(goal, stem)
    staged = replace(there, solo=stem in soloed)
    if not before and not later:
        return replace(staged, mute=there.mute or not soloed or stem in soloed), {}
    folded = here.side != there.side
    start, end = _level(now, here, folded), _level(goal, there, folded)
    ways: dict[Control, Any] = {}
    if folded or start != end or here.gain_db != there.gain_db:
        ways[StemGain, stem] = (start, end)
    gain_db = here.gain_db if before and not folded else fader_to_db(start)
    if before and here.pan != there.pan:
        ways[StemPan, stem] = (here.pan, there.pan)
        staged = replace(staged, pan=here.pan)
    # A feed is moved while it is silent, if it ever is.
    output = here.output if not later else there.output
    return replace(staged, mute=False, gain_db=gain_db, output=output, side="" if folded else here.side), ways


def begin(
    number: int,
    now: DeskState,
    goal: DeskState,
    moving: Iterable[str],
    spec: SeparatorSpec,
    begin_s: float,
    duration_s: float,
) -> tuple[tuple[DeskChange, ...], Fade]:
    """The first changes of a fade, within one block, and the fade. Stems that are not `moving` are not touched."""
    before, later = _soloed(now), _soloed(goal)
    soloed = before if before == later else before | later if before and later else set()
    ways: dict[Control, Any] = {}
    strips = dict(now.strips)
    for stem in moving:
        strips[stem], more = _staged_strip(now, goal, stem, soloed)
        ways |= more
    ways[MixGain, ""] = (db_to_fader(now.mix_gain_db), db_to_fader(goal.mix_gain_db))
    ways[Crossfade, ""] = (now.crossfade, goal.crossfade)
    switched = now.bypass != goal.bypass  # bypass is what no wet signal is
    wet = [0.0 if switched and desk.bypass else desk.dry_wet for desk in (now, goal)]
    ways[DryWet, ""] = tuple(wet)
    knobs = dict(goal.knobs)
    for p in spec.parameters:
        if p.law != "toggle":
            ways[Knob, p.name] = (now.knobs[p.name], goal.knobs[p.name])
            knobs[p.name] = now.knobs[p.name]
    bypass = now.bypass and goal.bypass
    staged = replace(
        goal,
        strips=strips,
        knobs=knobs,
        mix_gain_db=now.mix_gain_db,
        dry_wet=wet[0],
        crossfade=now.crossfade,
        bypass=bypass,
    )
    ends_s = begin_s + duration_s
    tracks = {key: Track(a, b, begin_s, ends_s) for key, (a, b) in ways.items() if a != b}
    stage, end = settings(staged), settings(goal)
    last = {key: change for key, change in end.items() if key in tracks or stage[key] != change}
    return difference(now, staged), Fade(number, ends_s, tracks, last)
