"""From the notes of a line to phrases with words: one note at a time, in reach of the singer, a syllable on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import numpy as np

from rtsep_models.data.band.manner import Manner
from rtsep_models.data.band.singers import Singer
from rtsep_models.data.band.singing import Sung, SungNote
from rtsep_models.data.band.syllables import Syllable

BREATH_GAP_S = 0.18
"""A longer gap between notes ends a phrase."""
SHORTEST_NOTE_S = 0.06
LEGATO_S = 0.03
SPOKEN_S = 0.22
"""A spoken syllable lasts about this long: longer notes are divided."""
SYLLABLES_PER_S = 4.0
"""How fast the text runs, whether or not it is sung."""
NEAREST = 3
"""A sung vowel is one of so many recorded nearest to the note's pitch."""


def one_at_a_time(notes: Sequence[SungNote], duration_s: float) -> list[SungNote]:
    """Notes in order, each ended by the next and by the end of the song, those too short to be sung left out."""
    ordered = sorted((note for note in notes if 0 <= note.start_s < duration_s), key=lambda note: note.start_s)
    ends = [note.start_s for note in ordered[1:]] + [duration_s]
    cut = [
        replace(note, duration_s=min(note.duration_s, end - note.start_s))
        for note, end in zip(ordered, ends, strict=False)
    ]
    return [note for note in cut if note.duration_s >= SHORTEST_NOTE_S]


def fold(notes: Sequence[SungNote], voice: Singer, transpose: float) -> list[SungNote]:
    """The line moved by octaves until its middle is the singer's, then single notes that are still out of reach.

    `transpose` moves the singer's middle, in semitones: some lines are sung high.
    """
    if not notes:
        return []
    centre = (voice.low + voice.high) / 2 + transpose
    octaves = 12 * round((centre - float(np.median([note.midi for note in notes]))) / 12)
    low, high = min(voice.low, centre - 7) - 2, max(voice.high, centre + 7) + 2
    folded = []
    for note in notes:
        midi = note.midi + octaves
        midi -= 12 * max(0, np.ceil((midi - high) / 12))
        midi += 12 * max(0, np.ceil((low - midi) / 12))
        folded.append(replace(note, midi=float(midi)))
    return folded


def divided(notes: Sequence[SungNote]) -> list[SungNote]:
    """Long notes as several in equal rhythm, for speech."""
    return [
        replace(note, start_s=note.start_s + part * note.duration_s / parts, duration_s=note.duration_s / parts)
        for note in notes
        for parts in (min(4, 1 << int(np.log2(max(1.0, note.duration_s / SPOKEN_S)))),)
        for part in range(parts)
    ]


def phrases(notes: Sequence[SungNote]) -> Iterator[list[SungNote]]:
    """Runs of notes with no gap long enough for a breath."""
    phrase: list[SungNote] = []
    for note in notes:
        if phrase and note.start_s - phrase[-1].end_s > BREATH_GAP_S:
            yield phrase
            phrase = []
        phrase.append(note)
    if phrase:
        yield phrase


class Words:
    """Syllables for one line: speech goes on where it stopped; sung vowels are chosen by pitch.

    Where in the speech a phrase begins depends on its place in the song, so that a double or a harmony of some of the
    phrases has the words of the lead, if `rng` is in the same state.
    """

    def __init__(self, voice: Singer, rng: np.random.Generator) -> None:
        self._voice = voice
        self._seed, self._first = int(rng.integers(1 << 31)), int(rng.integers(len(voice.syllables)))

    def on(self, notes: Sequence[SungNote], manner: Manner) -> list[Sung]:
        """The notes of one phrase with a syllable each, or one over several notes."""
        place = int(notes[0].start_s * SYLLABLES_PER_S)
        rng = np.random.default_rng((self._seed, place))
        syllables = self._vowels(notes, rng) if self._voice.source.is_vowels else self._speech(place)
        melisma = 0.0 if manner.speaks else manner.melisma + 0.3 * self._voice.source.is_vowels
        sung: list[Sung] = []
        for note in notes:
            if sung and note.start_s - sung[-1].end_s < LEGATO_S and rng.random() < melisma:
                sung[-1] = Sung(sung[-1].syllable, (*sung[-1].notes, note))
            else:
                sung.append(Sung(next(syllables), (note,)))
        return sung

    def _speech(self, place: int) -> Iterator[Syllable]:
        spoken = self._voice.syllables
        return (spoken[(self._first + place + number) % len(spoken)] for number in count())

    def _vowels(self, notes: Sequence[SungNote], rng: np.random.Generator) -> Iterator[Syllable]:
        for note in notes:
            by_pitch = sorted(self._voice.syllables, key=lambda syllable: abs(syllable.midi - note.midi))
            yield by_pitch[int(rng.integers(min(NEAREST, len(by_pitch))))]
