"""The song "Hold on to the sound" as values: form, chords, melody and words.

Beats are quarter notes counted from the first bar; pitches are MIDI numbers (60 is middle C).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

TEMPO_BPM = 100.0
BEATS_PER_BAR = 4
BEAT_S = 60.0 / TEMPO_BPM
SCALE = frozenset({2, 4, 6, 7, 9, 11, 1})
"""Pitch classes of D major."""


@dataclass(frozen=True)
class Section:
    """A stretch of whole bars, `first` included, `end` excluded."""

    name: str
    first: int
    end: int

    def __contains__(self, bar: int) -> bool:
        return self.first <= bar < self.end


INTRO = Section("intro", 0, 2)
VERSE = Section("verse", 2, 6)
CHORUS = Section("chorus", 6, 14)
ENDING = Section("ending", 14, 15)
FORM = (INTRO, VERSE, CHORUS, ENDING)
DURATION_S = 36.0
"""Fifteen bars of 2.4 s; the last chord rings through the last of them."""


@dataclass(frozen=True)
class Chord:
    """A chord that sounds from `start` for `beats`: the bass plays `root`, the instruments draw on `tones`."""

    name: str
    start: float
    beats: float
    root: int
    tones: tuple[int, ...]


_VOICINGS: dict[str, tuple[int, tuple[int, ...]]] = {
    "Dadd9": (38, (50, 57, 62, 64, 66, 69)),
    "Gmaj7": (43, (55, 59, 62, 66, 67, 71)),
    "G": (43, (55, 59, 62, 67, 69, 71)),
    "Bm7": (35, (47, 54, 57, 62, 66, 69)),
    "Em7": (40, (52, 59, 62, 66, 67, 71)),
    "Asus4": (45, (57, 62, 64, 69, 74, 76)),
    "A": (45, (57, 61, 64, 69, 73, 76)),
    "F#m7": (42, (54, 57, 61, 64, 69, 73)),
    "D": (38, (50, 57, 62, 66, 69, 74)),
}

_BARS: tuple[tuple[tuple[str, float], ...], ...] = (
    (("Dadd9", 4),),
    (("Gmaj7", 4),),
    (("Dadd9", 4),),
    (("Bm7", 4),),
    (("Gmaj7", 4),),
    (("Asus4", 2), ("A", 2)),
    (("G", 4),),
    (("A", 4),),
    (("F#m7", 4),),
    (("Bm7", 4),),
    (("Em7", 4),),
    (("Asus4", 2), ("A", 2)),
    (("G", 4),),
    (("Asus4", 2), ("A", 2)),
    (("D", 4),),
)


def _chords() -> tuple[Chord, ...]:
    chords: list[Chord] = []
    for bar, names in enumerate(_BARS):
        start = float(bar * BEATS_PER_BAR)
        for name, beats in names:
            root, tones = _VOICINGS[name]
            chords.append(Chord(name, start, beats, root, tones))
            start += beats
    return tuple(chords)


CHORDS = _chords()


def chord_at(beat: float) -> Chord:
    """The chord that sounds at `beat`; the last one goes on for ever.

    >>> chord_at(0.0).name, chord_at(23.9).name
    ('Dadd9', 'A')
    """
    return next((chord for chord in CHORDS if chord.start <= beat < chord.start + chord.beats), CHORDS[-1])


@dataclass(frozen=True)
class Sung:
    """One syllable: `start` in beats, then the pitches it runs through as (pitch, beats)."""

    start: float
    notes: tuple[tuple[int, float], ...]

    @property
    def end(self) -> float:
        return self.start + sum(beats for _, beats in self.notes)


@dataclass(frozen=True)
class Phrase:
    """Words sung in one breath; each vowel of `words` takes one of `syllables`. `level_db` is its loudness."""

    words: str
    syllables: tuple[Sung, ...]
    level_db: float = 0.0


def _phrase(words: str, start: float, line: str, level_db: float = 0.0) -> Phrase:
    """A phrase from shorthand: syllables divided by spaces, each pitch:beats, a melisma joined by `+`."""
    syllables: list[Sung] = []
    for syllable in line.split():
        notes = tuple((int(pitch), float(beats)) for pitch, beats in (note.split(":") for note in syllable.split("+")))
        syllables.append(Sung(start, notes))
        start = syllables[-1].end
    return Phrase(words, tuple(syllables), level_db)


MELODY: tuple[Phrase, ...] = (
    _phrase("late train humming", 8.5, "66:.5 66:1 64:.5 62:1", -0.5),
    _phrase("rain on the glass", 12.0, "64:1 66:.5 64:.5 66:1.25", -0.5),
    _phrase(
        "I count the lights until they pass", 16.0, "62:.5 67:1 66:.5 66:.75 64:.25 66:.5 64:.5 62:.5+64:1.75", -1.0
    ),
    _phrase("hold on", 24.0, "71:1 69:1.25"),
    _phrase("hold on to the sound", 26.5, "71:.5 69:.5 67:.5 69:.5 73:1+71:.5+69:1"),
    _phrase("turn it up", 32.0, "69:.5 69:.5 73:.75"),
    _phrase("till the walls come down", 34.0, "69:.5 66:.5 69:1 71:.5 74:1+73:.5+71:.75"),
    _phrase("every voice that was lost is found", 39.5, "69:.5 71:.5 74:1 71:.5 69:.5 71:1 69:.5 74:2+73:1", 0.5),
    _phrase("hold on", 48.0, "71:1 69:1.25"),
    _phrase("hold on to the sound", 50.5, "71:.5 74:1 73:.5 71:.5 69:1+71:.5+69:1.5+66:2.5", 0.5),
)
CHORUS_PHRASES = MELODY[3:]


def third_below(pitch: int) -> int:
    """The note of the scale a third under `pitch`: the harmony voice.

    >>> third_below(74), third_below(73)
    (71, 69)
    """
    steps = [candidate for candidate in range(pitch - 1, pitch - 5, -1) if candidate % 12 in SCALE]
    return steps[1]


def harmony(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The phrases sung a third lower."""
    return tuple(replace(phrase, syllables=tuple(_lower(sung) for sung in phrase.syllables)) for phrase in phrases)


def _lower(sung: Sung) -> Sung:
    return replace(sung, notes=tuple((third_below(pitch), beats) for pitch, beats in sung.notes))
