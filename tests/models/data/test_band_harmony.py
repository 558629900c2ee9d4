"""Chords and keys of the band."""

from __future__ import annotations

import pytest

from rtsep_models.data.band.harmony import QUALITIES, SCALES, Chord, Key, chord_at

KEYS = [Key(tonic, mode) for tonic in range(12) for mode in SCALES]


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_chord_is_made_of_notes_of_its_key(quality: str) -> None:
    for key in KEYS:
        for degree in range(7):
            chord = Chord(key, degree, quality, 0.0, 4.0)
            assert set(chord.classes()) <= key.pitch_classes()
            assert {pitch % 12 for pitch in (*chord.voicing(43, 5), *chord.guitar(40))} <= key.pitch_classes()


def test_voicing_rises_from_the_lowest_note_allowed() -> None:
    pitches = Chord(Key(9, "minor"), 3, "seventh", 0.0, 4.0).voicing(47, 6)
    assert list(pitches) == sorted(set(pitches))
    assert pitches[0] >= 47
    assert len(pitches) == 6


def test_nearest_step_finds_the_pitch_again() -> None:
    for key in KEYS:
        for step in range(14, 56):
            assert key.pitch(key.nearest_step(key.pitch(step))) == key.pitch(step)


def test_chord_changes_on_its_beat() -> None:
    key = Key(0, "major")
    chords = [Chord(key, 0, "triad", 0.0, 4.0), Chord(key, 4, "triad", 4.0, 4.0)]
    assert [chord_at(chords, beat).degree for beat in (0.0, 3.99, 4.0, 9.0)] == [0, 0, 4, 4]
