"""The demo song as values: in key, in time, and singable."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from rtsep.demo import band
from rtsep.demo.drums import bar_hits, drum_parts, kick_pattern
from rtsep.demo.midi import Note, Part, midi_file
from rtsep.demo.phrasing import FRAME_S, Take, loudness_curve, note_runs, pitch_curve, time_map
from rtsep.demo.score import BEAT_S, BEATS_PER_BAR, CHORDS, CHORUS_PHRASES, DURATION_S, FORM, MELODY, SCALE, harmony
from rtsep.demo.speech import Phoneme
from rtsep.errors import RtsepError

PARTS = {
    "bass": band.bass(),
    "arpeggio": band.arpeggio(),
    "muted": band.muted(),
    "strum": band.strum(23),
    "power": band.power(31),
    "epiano": band.epiano(),
    "strings": band.strings(),
}
SONG_BEATS = DURATION_S / BEAT_S


def _melody_notes(phrases=MELODY) -> list[tuple[float, int]]:
    return [(start, pitch) for p in phrases for start, pitch, _ in zip(*note_runs(p), strict=True)]


def test_sections_and_chords_fill_the_song_without_gap() -> None:
    assert FORM[0].first == 0
    assert all(before.end == after.first for before, after in pairwise(FORM))
    assert FORM[-1].end * BEATS_PER_BAR == SONG_BEATS
    assert all(before.start + before.beats == after.start for before, after in pairwise(CHORDS))
    assert CHORDS[-1].start + CHORDS[-1].beats == SONG_BEATS


def test_every_chord_and_every_sung_note_belongs_to_the_scale() -> None:
    assert all({chord.root % 12, *(tone % 12 for tone in chord.tones)} <= SCALE for chord in CHORDS)
    assert {pitch % 12 for _, pitch in _melody_notes()} <= SCALE
    assert {pitch % 12 for _, pitch in _melody_notes(harmony(CHORUS_PHRASES))} <= SCALE


@pytest.mark.parametrize("name", PARTS)
def test_every_played_note_belongs_to_the_scale(name: str) -> None:
    assert {note.pitch % 12 for note in PARTS[name].notes} <= SCALE


def test_long_sung_notes_over_a_chord_end_on_one_of_its_tones() -> None:
    last = MELODY[-1].syllables[-1].notes[-1][0]
    assert last % 12 in {tone % 12 for tone in CHORDS[-1].tones}


def test_melody_stays_within_a_singers_range_and_phrases_do_not_overlap() -> None:
    pitches = [pitch for _, pitch in _melody_notes()]
    assert min(pitches) >= 57
    assert max(pitches) <= 76
    assert all(before.syllables[-1].end <= after.syllables[0].start for before, after in pairwise(MELODY))


@pytest.mark.parametrize("bar", range(15))
def test_hits_lie_on_sixteenths_within_their_bar(bar: int) -> None:
    hits = bar_hits(bar)
    assert all(0 <= beat < BEATS_PER_BAR and (beat * 4) % 1 == 0 and 1 <= velocity <= 127 for beat, _, velocity in hits)


def test_bass_plays_with_every_kick_of_the_chorus() -> None:
    played = np.array([note.start for note in PARTS["bass"].notes])
    kicks = [bar * BEATS_PER_BAR + beat for bar in range(6, 14) for beat in kick_pattern(bar)]
    assert max(np.abs(played - kick).min() for kick in kicks) < 0.03


def test_humanised_drums_stay_close_to_the_grid() -> None:
    starts = np.array([note.start for part in drum_parts().values() for note in part.notes])
    late_s = (starts * 4 - np.round(starts * 4)) / 4 * BEAT_S
    assert 0 < np.abs(late_s).max() <= 0.0101


def test_midi_file_holds_each_note_once_and_ends_at_the_songs_end() -> None:
    data = midi_file(Part(33, (Note(0.0, 1.0, 40, 100), Note(1.0, 1.0, 40, 90))))
    assert data[:4] == b"MThd"
    assert data.count(b"\x90\x28") == 2
    assert data.endswith(b"\xff\x2f\x00")
    # The first note's end comes before the second one's start at the same tick.
    assert data.index(b"\x80\x28") < data.rindex(b"\x90\x28")


def _spoken(words: str, syllables: int) -> tuple[Phoneme, ...]:
    """`syllables` of a consonant (80 ms) and a vowel (150 ms), then a last consonant."""
    at, phonemes = 0.05, []
    for name in ["t", "aI"] * syllables + ["n"]:
        length = 0.15 if name == "aI" else 0.08
        phonemes.append(Phoneme(name, at, at + length))
        at += length
    return tuple(phonemes)


@pytest.mark.parametrize("phrase", MELODY, ids=lambda phrase: phrase.words)
def test_vowels_fall_on_their_notes_and_time_never_runs_back(phrase) -> None:
    phonemes = _spoken(phrase.words, len(phrase.syllables))
    song, speech = time_map(phrase, phonemes, 0.0)
    assert (np.diff(song) > 0).all()
    assert (np.diff(speech) >= 0).all()
    vowels = [phoneme.start_s for phoneme in phonemes if phoneme.is_vowel]
    onsets = [syllable.start * BEAT_S for syllable in phrase.syllables]
    np.testing.assert_allclose(np.interp(onsets, song, speech), vowels, atol=1e-9)


def test_words_with_other_syllables_than_notes_are_refused() -> None:
    with pytest.raises(RtsepError, match="3 syllables"):
        time_map(MELODY[5], _spoken("turn it", 2), 0.0)


@pytest.mark.parametrize("phrase", MELODY, ids=lambda phrase: phrase.words)
def test_sung_pitch_settles_on_every_note(phrase) -> None:
    starts, pitches, lengths = note_runs(phrase)
    times = np.arange(starts[0] - 0.1, starts[-1] + lengths[-1], FRAME_S)
    curve = pitch_curve(phrase, times, Take(1), np.random.default_rng(1))
    for start, pitch, length in zip(starts, pitches, lengths, strict=True):
        inner = (times > start + 0.45 * length) & (times < start + 0.8 * length)
        assert abs(np.median(curve[inner]) - pitch) < 0.25
    assert np.abs(20 * np.log10(loudness_curve(phrase, times))).max() <= 3.0
