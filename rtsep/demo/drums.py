"""The drum part: one bar after another, as values."""

from __future__ import annotations

from rtsep.demo.midi import DRUM_CHANNEL, Note, Part, humanise
from rtsep.demo.score import BEATS_PER_BAR, CHORUS, ENDING, INTRO, VERSE

POWER_KIT = 16
KICK, SNARE, STICK = 36, 38, 37
CLOSED, PEDAL, OPEN = 42, 44, 46
CRASH, CRASH_2, RIDE, RIDE_BELL = 49, 57, 51, 53
TOM_HIGH, TOM_MID, TOM_LOW, TOM_FLOOR = 50, 47, 45, 41
TAMBOURINE = 54

Hit = tuple[float, int, int]
"""Beat within the bar, drum, velocity."""

KICKS: dict[str, tuple[float, ...]] = {
    "intro": (0.0,),
    "verse": (0.0, 1.75, 2.5),
    "chorus": (0.0, 0.75, 2.0, 2.5),
    "chorus lift": (0.0, 1.5, 2.0, 2.5, 3.5),
}
"""Beats of the kick: the bass locks to these."""


def _run(start: float, *strokes: tuple[int, int]) -> tuple[Hit, ...]:
    """Sixteenths from beat `start`: (drum, velocity) each."""
    return tuple((start + 0.25 * rank, drum, velocity) for rank, (drum, velocity) in enumerate(strokes))


_SNARE_FILL = _run(3.0, (SNARE, 84), (SNARE, 70), (SNARE, 96), (SNARE, 110))
_TOM_FILL = (
    *_run(2.0, (SNARE, 96), (SNARE, 62), (SNARE, 84), (SNARE, 100)),
    *_run(3.0, (TOM_HIGH, 104), (TOM_MID, 100), (TOM_LOW, 106), (TOM_FLOOR, 112)),
)
_BIG_FILL = (
    *_run(1.0, (SNARE, 108), (SNARE, 50), (SNARE, 62), (SNARE, 88), (SNARE, 60), (SNARE, 96)),
    *_run(2.5, (TOM_HIGH, 106), (TOM_HIGH, 98), (TOM_MID, 108), (TOM_LOW, 110), (TOM_FLOOR, 112), (TOM_FLOOR, 118)),
)
_FILLS: dict[int, tuple[Hit, ...]] = {1: _SNARE_FILL, 5: _TOM_FILL, 9: _SNARE_FILL, 13: _BIG_FILL}


def kick_pattern(bar: int) -> tuple[float, ...]:
    """Beats of the kick in `bar`."""
    if bar in INTRO:
        return KICKS["intro"] if bar else ()
    if bar in VERSE:
        return KICKS["verse"]
    if bar in CHORUS:
        return KICKS["chorus lift" if bar % 2 else "chorus"]
    return (0.0,)


def _hats(bar: int) -> list[Hit]:
    if bar in INTRO:
        return [(beat, PEDAL, 50 + 8 * bar) for beat in (1.0, 3.0)] + [
            (b / 2, CLOSED, 26 + 4 * b) for b in range(8) if bar
        ]
    if bar in VERSE:
        return [(b / 2, CLOSED, 76 if b % 2 == 0 else 48) for b in range(8)] + [(3.25, CLOSED, 34)] * (bar % 2)
    ride = [(b / 2, RIDE if b % 2 == 0 else CLOSED, 84 if b % 2 == 0 else 56) for b in range(8)]
    hats = [(float(b), OPEN if b % 2 else CLOSED, 70) for b in range(4)] + [(b + 0.5, CLOSED, 84) for b in range(4)]
    shaken = [(b / 4, TAMBOURINE, 58 if b % 4 == 2 else 30) for b in range(16)]
    return (ride if bar >= 10 else hats) + shaken


def _snare(bar: int) -> list[Hit]:
    if bar in INTRO:
        return []
    if bar in VERSE:
        ghosts = [(1.75, SNARE, 26), (2.25, SNARE, 34)] if bar % 2 else [(2.25, SNARE, 30), (3.75, SNARE, 24)]
        drum, velocity = (STICK, 104) if bar < VERSE.first + 2 else (SNARE, 94)
        return [(1.0, drum, velocity), (3.0, drum, velocity + 4), *ghosts]
    return [(1.0, SNARE, 116), (3.0, SNARE, 120), (1.75, SNARE, 36), (3.75, SNARE, 42 if bar % 2 else 28)]


def bar_hits(bar: int) -> tuple[Hit, ...]:
    """All hits of `bar`, by beat; a fill silences hats and snare from its first beat on."""
    if bar in ENDING:
        return ((0.0, KICK, 120), (0.0, CRASH, 118), (0.0, CRASH_2, 104), (0.0, SNARE, 90))
    hits: list[Hit] = [*_hats(bar), *_snare(bar)]
    fill = _FILLS.get(bar, ())
    if fill:
        hits = [hit for hit in hits if hit[0] < fill[0][0] or hit[1] == TAMBOURINE] + list(fill)
    hits += [(beat, KICK, 112 if beat == 0 else 98) for beat in kick_pattern(bar)]
    if bar in (VERSE.first, CHORUS.first, CHORUS.first + 4, CHORUS.first + 6):
        hits.append((0.0, CRASH if bar % 4 == 2 else CRASH_2, 104 if bar in CHORUS else 72))
    return tuple(sorted(hits))


GROUPS: dict[str, tuple[int, ...]] = {
    "kick": (KICK,),
    "snare": (SNARE, STICK),
    "toms": (TOM_HIGH, TOM_MID, TOM_LOW, TOM_FLOOR),
    "hats": (CLOSED, PEDAL, OPEN, TAMBOURINE),
    "cymbals": (CRASH, CRASH_2, RIDE, RIDE_BELL),
}
"""What a mixing desk would have on separate faders."""


def drum_parts() -> dict[str, Part]:
    """One part per group of drums."""
    parts: dict[str, Part] = {}
    for seed, (name, drums) in enumerate(GROUPS.items()):
        notes = [
            Note(bar * BEATS_PER_BAR + beat, 0.5, drum, velocity)
            for bar in range(ENDING.end)
            for beat, drum, velocity in bar_hits(bar)
            if drum in drums
        ]
        parts[name] = Part(
            POWER_KIT, humanise(notes, 40 + seed, 0.003 if name == "kick" else 0.005, 0.05), DRUM_CHANNEL
        )
    return parts
