"""The plan of a song and what the players make of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from rtsep_models.data.band.basslines import LINES, play_bass
from rtsep_models.data.band.comping import play_part
from rtsep_models.data.band.drumming import kick_beats, play_drums
from rtsep_models.data.band.grooves import GROOVES, HATS
from rtsep_models.data.band.melody import harmony_line, sing_phrases
from rtsep_models.data.band.notes import Clock, Hit, Note, humanise
from rtsep_models.data.band.orchestra import BASSES, FAMILIES
from rtsep_models.data.band.patterns import PATTERNS
from rtsep_models.data.band.song import LENGTH_S, STEMS, Song, plan
from rtsep_models.data.band.styles import STYLES

SEEDS = range(60)
EARLY = 0.1
"""Beats that a player may be early."""


def _plan(seed: int) -> Song:
    return plan(seed, np.random.default_rng(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_plan_is_whole(seed: int) -> None:
    song = _plan(seed)
    bar_s = song.beats_per_bar * song.clock.beat_s
    assert LENGTH_S[0] - bar_s <= song.duration_s <= LENGTH_S[1]
    assert [section.first for section in song.sections] == [0, *(section.end for section in song.sections[:-1])]
    assert [chord.start for chord in song.chords] == [0.0, *(chord.end for chord in song.chords[:-1])]
    assert song.chords[-1].end == song.bars * song.beats_per_bar
    assert sum(song.plays(stem) for stem in STEMS) >= 2
    assert all(section.stems for section in song.sections)


def test_same_seed_plans_the_same_song() -> None:
    assert _plan(3) == _plan(3)
    assert _plan(3) != _plan(4)


def test_every_style_comes_up_and_is_playable() -> None:
    assert {_plan(seed).style.name for seed in range(len(STYLES))} == {style.name for style in STYLES}
    for style in STYLES:
        assert set(style.bass_lines) <= set(LINES)
        assert set(style.grooves) <= set(GROOVES)
        assert set(style.hats) <= set(HATS)
        assert {BASSES.get(name, name) for name in style.basses} <= set(FAMILIES)
        for part in style.parts:
            assert part.role in {*PATTERNS, "lead"}
            assert set(part.families) <= set(FAMILIES)


def _outside(song: Song, stem: str, notes: list[Note] | list[Hit]) -> list[Note | Hit]:
    return [note for note in notes if stem not in song.section(note.start + EARLY).stems]


@pytest.mark.parametrize("seed", SEEDS)
def test_players_stay_in_the_key_and_rest_where_they_are_told_to(seed: int) -> None:
    song, rng = _plan(seed), np.random.default_rng(seed)
    hits = play_drums(song, rng)
    bass = play_bass(song, hits, rng)
    assert not _outside(song, "drums", hits)
    assert not _outside(song, "bass", bass)
    classes = song.key.pitch_classes()
    assert {note.pitch % 12 for note in bass} <= classes
    if song.plays("other"):
        for role in (*PATTERNS, "lead"):
            notes = play_part(role, song, 43, 0.3, 1.0, rng)
            assert notes
            assert {note.pitch % 12 for note in notes} <= classes
            assert not _outside(song, "other", notes)


@pytest.mark.parametrize("seed", SEEDS)
def test_melody_is_in_the_key_breathes_and_is_singable(seed: int) -> None:
    song, rng = _plan(seed), np.random.default_rng(seed)
    melody = sing_phrases(song, song.sections, 60, rng, song.style.words)
    harmony = harmony_line(song, melody, 2)
    assert {note.pitch % 12 for note in (*melody, *harmony)} <= song.key.pitch_classes()
    assert all(3 <= high.pitch - low.pitch <= 4 for low, high in zip(melody, harmony, strict=True))
    gaps = [b.start - a.start - a.beats for a, b in pairwise(melody)]
    assert min(gaps) > -1e-6
    assert sum(gap >= 0.4 for gap in gaps) >= 2
    assert min(note.beats for note in melody) > 0.2
    assert all(40 < note.pitch < 84 for note in melody)


def test_bass_on_the_kick_starts_with_it() -> None:
    song = next(s for s in map(_plan, range(300)) if s.style.name == "rock" and s.plays("drums") and s.plays("bass"))
    hits = play_drums(song, np.random.default_rng(1))
    chord = next(c for c in song.chords if {"drums", "bass"} <= song.section(c.start).stems)
    beats = {note.start for note in LINES["kick"](chord, 33, song, hits, np.random.default_rng(2))}
    assert beats == {chord.start, *kick_beats(hits, chord.start, chord.end)}


def test_swing_delays_the_second_half_of_a_pair_only() -> None:
    clock = Clock(120.0, swing=0.6)
    assert clock.seconds(3.0) == pytest.approx(1.5)
    assert clock.seconds(3.5) == pytest.approx(1.5 + 0.6 * 0.5)
    assert Clock(120.0).seconds(3.5) == pytest.approx(1.75)


def test_humans_deviate_within_bounds() -> None:
    clock = Clock(60.0)
    notes = [Note(float(beat), 1.0, 60, 0.7) for beat in range(500)]
    moved = humanise(notes, np.random.default_rng(1), clock, 0.01, 0.1)
    late = np.array([note.start for note in moved]) - np.arange(500)
    assert np.abs(late).max() <= 0.02 + 1e-9
    assert late.std() == pytest.approx(0.009, abs=0.002)
    assert all(0.05 <= note.velocity <= 1.0 for note in moved)
