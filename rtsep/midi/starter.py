"""A map to start from: eight columns of fader, knob and three buttons, as the common small mixers send them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rtsep.midi.assignments import Assignment, MidiMap, Mode
from rtsep.osc.messages import as_node

COLUMNS = 7
"""Stems with a column of their own; the eighth is the mix."""
_TRANSPORT: tuple[tuple[int, str, Mode], ...] = (
    (41, "/rtsep/quick/all", "trigger"),
    (42, "/rtsep/mix/panic", "latched"),
    (43, "/rtsep/setlist/previous", "trigger"),
    (44, "/rtsep/setlist/next", "trigger"),
    (45, "/rtsep/record/start", "trigger"),
    (46, "/rtsep/tempo/tap", "trigger"),
    (58, "/rtsep/quick/acapella", "trigger"),
    (59, "/rtsep/quick/instrumental", "trigger"),
    (60, "/rtsep/record/stop", "trigger"),
)


def starter(stems: Sequence[str]) -> MidiMap:
    """For these stems, on any port and channel.

    fader   CC 0..6    stem's fader       CC 7      master
    knob    CC 16..22  pan                CC 23     crossfader
    S       CC 32..38  solo               CC 39     bypass
    M       CC 48..54  mute
    R       CC 64..70  silent while held
    play 41 all   stop 42 panic   << 43, >> 44 set list   record 45   cycle 46 tap
    track 58 acapella, 59 instrumental   set 60 record's end
    """
    return MidiMap(assignments=tuple(_assignments(stems)))


def _assignments(stems: Sequence[str]) -> Iterable[Assignment]:
    for column, stem in enumerate(stems[:COLUMNS]):
        strip = f"/rtsep/stem/{as_node(stem)}"
        yield _cc(column, f"{strip}/fader", "absolute")
        yield _cc(16 + column, f"{strip}/pan", "absolute")
        yield _cc(32 + column, f"{strip}/solo", "latched")
        yield _cc(48 + column, f"{strip}/mute", "latched")
        yield _cc(64 + column, f"{strip}/kill", "momentary")
    yield _cc(7, "/rtsep/mix/fader", "absolute")
    yield _cc(23, "/rtsep/mix/crossfade", "absolute")
    yield _cc(39, "/rtsep/mix/bypass", "latched")
    for number, path, mode in _TRANSPORT:
        yield _cc(number, path, mode)


def _cc(number: int, path: str, mode: Mode) -> Assignment:
    return Assignment(path=path, control="cc", number=number, mode=mode)
