"""Figures for guitars, keys, strings and synthesisers: from one chord to the notes over it, one pattern per role."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rtsep_models.data.band.harmony import Chord
from rtsep_models.data.band.notes import Note

Pattern = Callable[[Chord, int, "Shape"], list[Note]]
"""From a chord, the register's lowest note and the figure that the player keeps, to the notes over that chord."""

STRUMS = (
    "D...D.U...U.D.U.",
    "D...D.U.D.U.D.U.",
    "D.....U...U.D...",
    "D.D.D.DUD.D.D.DU",
    "D.......D...D.U.",
    "D..D..D.D..D..D.",
)
SCRATCHES = ("..x...x..x..x.x.", "x.x..x..x.x..x.x", "....x..x....x...", "..x...x...x...x.")
STABS = (
    "x..x..x.........",
    "....x.......x...",
    "x.........x..x..",
    "..x..x..x..x....",
    "x.x.............",
    "......x.......x.",
)
CHUGS = ("x.xxx.xxx.xxx.xx", "xxxxxxxxxxxxxxxx", "x..xx..xx..xx.x.", "x.x.x.x.x.x.x.x.", "xx.xx.xxxx.xx.xx")
COMPS = ("x.....x.........", "..x.....x.....x.", "x..x......x.....", "......x...x.....", "x...x.....x.x...")
ARPS = ((0, 1, 2, 3), (0, 2, 1, 3), (3, 2, 1, 0), (0, 1, 2, 1), (0, 3, 1, 3, 2, 3), (0, 2, 4, 5, 4, 2))


class Shape:
    """The figures that one player keeps through the song, drawn once."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.figures = {
            name: str(rng.choice(options))
            for name, options in (
                ("strum", STRUMS),
                ("scratch", SCRATCHES),
                ("stabs", STABS),
                ("chug", CHUGS),
                ("comp", COMPS),
            )
        }
        self.order = ARPS[int(rng.integers(len(ARPS)))]
        self.grid = float(rng.choice((0.25, 0.5, 0.5)))
        self.count = int(rng.integers(3, 5))

    def beats(self, name: str, chord: Chord) -> list[tuple[float, str]]:
        """(beat, sign) of the figure `name` within the chord."""
        figure = self.figures[name]
        first = round(chord.start * 4)
        steps = range(round(chord.beats * 4))
        return [(chord.start + s / 4, figure[(first + s) % 16]) for s in steps if figure[(first + s) % 16] != "."]


def _strum(chord: Chord, low: int, shape: Shape) -> list[Note]:
    notes: list[Note] = []
    strokes = shape.beats("strum", chord)
    for (beat, way), (end, _) in zip(strokes, [*strokes[1:], (chord.end, "")], strict=True):
        strings = chord.guitar(low)
        strings = strings if way == "D" else strings[:1:-1]
        velocity = 0.85 if way == "D" else 0.62
        notes += [Note(beat + 0.016 * r, end - beat + 0.05, p, velocity - 0.03 * r) for r, p in enumerate(strings)]
    return notes


def _pick(chord: Chord, low: int, shape: Shape) -> list[Note]:
    strings = chord.guitar(low)
    grid = max(0.5, shape.grid)
    return [
        Note(
            chord.start + r * grid,
            3 * grid,
            strings[(0 if r == 0 else shape.order[r % len(shape.order)] + 1) % len(strings)],
            0.7,
        )
        for r in range(round(chord.beats / grid))
    ]


def _chords(chord: Chord, low: int, shape: Shape) -> list[Note]:
    pitches = chord.voicing(low + 7, shape.count)
    cut = min(chord.beats, float(shape.rng.choice((1.5, 2.0, 4.0, 8.0))))
    notes = [Note(chord.start, cut * 0.98, p, 0.75) for p in pitches]
    if cut < chord.beats:
        notes += [Note(chord.start + cut, (chord.beats - cut) * 0.95, p, 0.65) for p in pitches]
    return [*notes, Note(chord.start, chord.beats * 0.9, chord.root(low - 5), 0.7)]


def _comp(chord: Chord, low: int, shape: Shape) -> list[Note]:
    pitches = chord.voicing(low + 9, shape.count)
    return [
        Note(beat, float(shape.rng.choice((0.3, 0.8, 1.3))), p, 0.7)
        for beat, _ in shape.beats("comp", chord)
        if shape.rng.random() < 0.85
        for p in pitches
    ]


def _pad(chord: Chord, low: int, shape: Shape) -> list[Note]:
    return [Note(chord.start, chord.beats * 1.02, p, 0.65) for p in chord.voicing(low + 8, shape.count)]


def _arp(chord: Chord, low: int, shape: Shape) -> list[Note]:
    tones = chord.voicing(low + 12, 6)
    count = round(chord.beats / shape.grid)
    return [
        Note(
            chord.start + r * shape.grid,
            shape.grid * 0.9,
            tones[shape.order[r % len(shape.order)]],
            0.78 if r % 4 == 0 else 0.62,
        )
        for r in range(count)
    ]


def _stabs(chord: Chord, low: int, shape: Shape) -> list[Note]:
    pitches = chord.voicing(low + 12, shape.count)
    return [Note(beat, 0.3, p, 0.85) for beat, _ in shape.beats("stabs", chord) for p in pitches]


def _power(chord: Chord, low: int, shape: Shape) -> list[Note]:
    root = chord.root(low)
    cuts = [0.0, chord.beats * 0.625] if shape.count == 3 else [0.0]
    ends = [*cuts[1:], chord.beats]
    return [
        Note(chord.start + cut, (end - cut) * 0.97, p, 0.9)
        for cut, end in zip(cuts, ends, strict=True)
        for p in (root, chord.fifth(root), root + 12)
    ]


def _chug(chord: Chord, low: int, shape: Shape) -> list[Note]:
    """Palm-muted sixteenths on the root, with the chord let ring now and then."""
    root = chord.root(low)
    notes = [Note(beat, 0.2, root, 0.85) for beat, _ in shape.beats("chug", chord)]
    if shape.rng.random() < 0.5:
        notes = [n for n in notes if n.start < chord.end - 1.0]
        notes += [Note(chord.end - 1.0, 0.95, p, 0.95) for p in (root, *chord.voicing(root + 6, 1), root + 12)]
    return notes


def _riff(chord: Chord, low: int, shape: Shape) -> list[Note]:
    """A figure of scale notes that comes back over every chord."""
    root = chord.key.nearest_step(chord.root(low + 5))
    steps = (0, 0, 2, 4, 3, 2, 0, -1)
    return [
        Note(beat, 0.42, chord.key.pitch(root + steps[(r * len(shape.order)) % 8]), 0.8)
        for r, (beat, _) in enumerate(shape.beats("strum", chord))
    ]


def _scratch(chord: Chord, low: int, shape: Shape) -> list[Note]:
    pitches = chord.voicing(low + 12, 3)
    return [
        Note(beat, float(shape.rng.choice((0.12, 0.22))), p, float(shape.rng.choice((0.5, 0.8))))
        for beat, _ in shape.beats("scratch", chord)
        for p in pitches
    ]


def _montuno(chord: Chord, low: int, shape: Shape) -> list[Note]:
    tones = chord.voicing(low + 10, 4)
    order = (0, 2, 1, 3, 0, 2, 3, 1)
    return [
        Note(chord.start + r / 2, 0.4, p, 0.75)
        for r in range(round(chord.beats * 2))
        for p in (tones[order[r % 8]], tones[order[r % 8]] + 12)
    ]


def _skank(chord: Chord, low: int, shape: Shape) -> list[Note]:
    beats = [chord.start + r + 0.5 for r in range(round(chord.beats))]
    return [Note(beat, 0.18, p, 0.8) for beat in beats for p in chord.voicing(low + 12, 3)]


PATTERNS: Mapping[str, Pattern] = {
    "strum": _strum, "pick": _pick, "chords": _chords, "comp": _comp, "pad": _pad, "arp": _arp, "stabs": _stabs, "power": _power,
    "chug": _chug, "riff": _riff, "scratch": _scratch, "montuno": _montuno, "skank": _skank,
}  # fmt: skip
"""By the names that styles use; "lead" is a melody instead."""
