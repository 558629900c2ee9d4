"""Melodies for singers and solo instruments: phrases with rests, motifs that return, chord tones on strong beats."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rtsep_models.data.band.harmony import chord_at
from rtsep_models.data.band.notes import Note
from rtsep_models.data.band.song import Section, Song

RHYTHMS: tuple[tuple[float, ...], ...] = (
    (1.0, 1.0, 1.0, 1.0), (1.5, 0.5, 1.0, 1.0), (0.5, 0.5, 1.0, 0.5, 0.5, 1.0), (1.0, 0.5, 0.5, 2.0), (0.5, 1.0, 0.5, 1.0, 1.0),
    (0.5, 0.5, 0.5, 0.5, 2.0), (2.0, 1.0, 1.0), (3.0, 1.0), (0.75, 0.75, 0.5, 1.0, 1.0), (0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1.0),
    (1 / 3, 1 / 3, 1 / 3, 1.0, 1.0, 1.0),
)  # fmt: skip
"""Durations in beats of a cell of four beats."""


def sing_phrases(
    song: Song, sections: Sequence[Section], centre: int, rng: np.random.Generator, words: float = 1.0
) -> list[Note]:
    """A melody around MIDI note `centre` through `sections`; `words` above 1 packs more notes into a beat.

    Each section has two motifs of rhythm and of steps, in the order A A B A; every phrase ends in a long note and a rest.
    """
    notes: list[Note] = []
    for section in sections:
        lift = 3 if section.energy > 0.75 else 0
        motifs = [_motif(rng, words) for _ in range(2)]
        beat, end = float(section.first * song.beats_per_bar), float(section.end * song.beats_per_bar)
        beat += float(rng.choice((0.0, 0.0, 0.5, 1.0)))
        rank = 0
        while beat < end - 1.0:
            rhythm, moves = motifs[1 if rank % 4 == 2 else 0]
            phrase, beat = _phrase(song, rhythm, moves, centre + lift, beat, end, rng)
            notes += phrase
            beat += float(rng.choice((0.5, 0.5, 1.0, 1.0, 2.0))) if rng.random() < 0.92 else song.beats_per_bar
            beat = np.ceil(beat * 2) / 2
            rank += 1
    return notes


def _motif(rng: np.random.Generator, words: float) -> tuple[list[float], list[int]]:
    """Durations of some six to eight beats and the scale steps between the notes."""
    cells = [RHYTHMS[int(rng.integers(len(RHYTHMS)))] for _ in range(int(rng.integers(1, 3)))]
    rhythm = [duration for cell in cells for duration in cell]
    if words > 1.2:
        rhythm = [part for d in rhythm for part in ([d / 2, d / 2] if d >= 0.9 and rng.random() < words - 1.0 else [d])]
    elif words < 0.9:
        rhythm = [2 * d for d in rhythm[: max(2, len(rhythm) // 2)]]
    rhythm.append(float(rng.choice((1.0, 1.5, 2.0, 3.0))))
    moves = [int(m) for m in rng.choice((-2, -1, -1, 0, 0, 1, 1, 2, 3, -3), len(rhythm), p=_LEAPS)]
    return rhythm, moves


_LEAPS = (0.08, 0.18, 0.16, 0.1, 0.08, 0.16, 0.12, 0.07, 0.03, 0.02)


def _phrase(
    song: Song, rhythm: list[float], moves: list[int], centre: int, beat: float, end: float, rng: np.random.Generator
) -> tuple[list[Note], float]:
    """One phrase from `beat` and the beat where it ends."""
    key = song.key
    step = key.nearest_step(centre + float(rng.normal(0, 2)))
    notes: list[Note] = []
    for rank, (duration, move) in enumerate(zip(rhythm, moves, strict=True)):
        if beat + 0.25 > end:
            break
        step += move + (int(rng.integers(-1, 2)) if rng.random() < 0.2 else 0)
        step += int(np.sign(centre - key.pitch(step))) if abs(key.pitch(step) - centre) > 7 else 0
        pitch = key.pitch(step)
        last = rank == len(rhythm) - 1
        if (beat % 1.0 == 0.0 and rng.random() < 0.6) or last:
            classes = chord_at(song.chords, beat).classes()
            pitch = min((p for p in range(pitch - 6, pitch + 7) if p % 12 in classes), key=lambda p: abs(p - pitch))
            step = key.nearest_step(pitch)
        held = min(duration, end - beat)
        notes.append(
            Note(
                beat,
                held * float(rng.choice((0.85, 0.95, 1.0))),
                pitch,
                float(np.clip(rng.normal(0.75, 0.1), 0.4, 1.0)),
            )
        )
        beat += duration
    return notes, beat


def harmony_line(song: Song, notes: Sequence[Note], steps: int) -> list[Note]:
    """The melody moved by `steps` of the scale: 2 a third above, -2 a third below, 7 an octave."""
    moved = []
    for note in notes:
        step = song.key.nearest_step(note.pitch)
        moved.append(Note(note.start, note.beats, song.key.pitch(step + steps), 0.9 * note.velocity))
    return moved


def backing(song: Song, sections: Sequence[Section], low: int, voice: int) -> list[Note]:
    """Held notes, one per chord: what backing singer number `voice` sings to "ooh"."""
    spans = [chord for chord in song.chords for s in sections if s.first <= chord.start / song.beats_per_bar < s.end]
    return [Note(chord.start, chord.beats * 0.95, chord.voicing(low, voice + 1)[voice], 0.6) for chord in spans]
