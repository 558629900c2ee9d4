"""The pitched instruments: bass, guitars, electric piano and strings, each a function from the chords to a part."""

from __future__ import annotations

from rtsep.demo.drums import kick_pattern
from rtsep.demo.midi import Note, Part, humanise
from rtsep.demo.score import BEATS_PER_BAR, CHORDS, CHORUS, ENDING, INTRO, SCALE, VERSE, Chord, chord_at

EPIANO, STEEL_GUITAR, CLEAN_GUITAR, MUTED_GUITAR, OVERDRIVE = 4, 25, 27, 28, 29
FINGER_BASS, STRINGS, ORGAN = 33, 48, 17
STRUM_BEATS = 0.018
"""Time between two strings of a stroke."""


def bass() -> Part:
    """Finger bass on the kick, with an octave or a fifth between and a step towards the next root."""
    notes: list[Note] = []
    for bar in range(INTRO.end - 1, ENDING.first):
        first = bar * BEATS_PER_BAR
        between = (1.0, 3.0, 3.5) if bar in CHORUS else (3.5,)
        beats = sorted({*kick_pattern(bar), *between})
        for beat, end in zip(beats, [*beats[1:], 4.0], strict=True):
            root = chord_at(first + beat).root
            following = chord_at(first + 4.0).root
            pitch = _bass_pitch(beat, root, following)
            long = (end - beat) * (0.92 if bar in CHORUS else 0.8)
            notes.append(Note(first + beat, long, pitch, 108 if beat == 0 else 92))
    last = CHORDS[-1]
    notes += [Note(last.start, last.beats, last.root, 112), Note(last.start, last.beats, last.root - 12, 90)]
    return Part(FINGER_BASS, humanise(notes, 7, 0.004, 0.04))


def _bass_pitch(beat: float, root: int, following: int) -> int:
    low = root - 12 if root >= 40 else root
    if beat == 3.5:
        return _approach(low, following - 12 if following >= 40 else following)
    return low + 12 if beat == 3.0 else low


def _approach(low: int, following: int) -> int:
    """The step of D major next to the coming root, from the side that the line comes from; the octave if it stays."""
    if low == following:
        return low + 12
    step = 1 if low > following else -1
    candidate = following + step
    return candidate if candidate % 12 in SCALE else candidate + step


def arpeggio() -> Part:
    """Clean guitar, in eighth notes over intro and verse."""
    order = (0, 2, 4, 3, 5, 3, 4, 2)
    notes = [
        Note(beat, 1.4, chord_at(beat).tones[order[step % 8]], 84 if step % 8 == 0 else 66)
        for step in range(VERSE.end * 8)
        for beat in (step / 2,)
    ]
    return Part(CLEAN_GUITAR, humanise(notes, 11, 0.006, 0.07))


def muted() -> Part:
    """Palm-muted guitar on sixteenths in the second half of the verse and under the chorus."""
    notes: list[Note] = []
    for bar in range(VERSE.first + 2, CHORUS.end):
        for step in (0, 2, 3, 6, 8, 10, 11, 14):
            beat = bar * BEATS_PER_BAR + step / 4
            tones = chord_at(beat).tones
            notes.append(Note(beat, 0.22, tones[2 if step % 4 else 3], 88 if step % 8 == 0 else 70))
    return Part(MUTED_GUITAR, humanise(notes, 13, 0.005, 0.08))


_VERSE_STRUMS = ((0.0, 96, 1.0), (1.5, 70, -1.0), (2.0, 84, 1.0), (3.5, 72, -1.0))
_CHORUS_STRUMS = (
    (0.0, 104, 1.0),
    (1.0, 92, 1.0),
    (1.5, 76, -1.0),
    (2.5, 82, -1.0),
    (3.0, 96, 1.0),
    (3.5, 78, -1.0),
)


def strum(seed: int) -> Part:
    """Steel-string guitar from the verse on: down strokes low to high, up strokes the upper strings back."""
    notes: list[Note] = []
    for bar in range(VERSE.first, ENDING.first):
        pattern = _CHORUS_STRUMS if bar in CHORUS else _VERSE_STRUMS
        for (beat, velocity, way), end in zip(pattern, [s[0] for s in pattern[1:]] + [4.0], strict=True):
            start = bar * BEATS_PER_BAR + beat
            notes += _stroke(chord_at(start), start, end - beat, velocity, way)
    notes += _stroke(CHORDS[-1], ENDING.first * 4.0, 4.0, 104, 1.0)
    return Part(STEEL_GUITAR, humanise(notes, seed, 0.005, 0.07))


def _stroke(chord: Chord, start: float, beats: float, velocity: int, way: float) -> list[Note]:
    strings = chord.tones if way > 0 else chord.tones[:1:-1]
    return [Note(start + STRUM_BEATS * rank, beats, pitch, velocity - 3 * rank) for rank, pitch in enumerate(strings)]


def power(seed: int) -> Part:
    """Overdriven guitar in the chorus: root, fifth and octave in long strokes, pushed on the last eighth."""
    notes: list[Note] = []
    for chord in CHORDS:
        if chord.start < CHORUS.first * BEATS_PER_BAR:
            continue
        root = chord.root + (12 if chord.root < 40 else 0)
        for start, beats in ((0.0, chord.beats * 0.6), (chord.beats * 0.625, chord.beats * 0.36)):
            velocity = 92 if start == 0 else 80
            notes += [Note(chord.start + start, beats, pitch, velocity) for pitch in (root, root + 7, root + 12)]
    return Part(OVERDRIVE, humanise(notes, seed, 0.007, 0.05))


def epiano() -> Part:
    """Electric piano: held chords, struck again on the and of two."""
    notes: list[Note] = []
    for chord in CHORDS:
        for start, beats, velocity in ((0.0, 1.4, 78), (1.5, chord.beats - 1.5, 66)):
            notes += [Note(chord.start + start, beats, pitch, velocity) for pitch in chord.tones[1:5]]
    return Part(EPIANO, humanise(notes, 17, 0.005, 0.07))


def strings() -> Part:
    """Strings: the two upper notes of each chord an octave up from the second half of the verse, full in the chorus."""
    notes: list[Note] = []
    for chord in CHORDS:
        bar = int(chord.start // BEATS_PER_BAR)
        if bar < VERSE.first + 2:
            continue
        tones = chord.tones[-2:] if bar in VERSE else chord.tones[2:]
        lift = 12 if bar >= CHORUS.first + 4 else 0
        notes += [Note(chord.start, chord.beats, pitch, 70) for pitch in tones]
        if lift:
            notes.append(Note(chord.start, chord.beats, chord.tones[-1] + lift, 62))
    return Part(STRINGS, humanise(notes, 19, 0.008, 0.04))
