"""The bass player: one line per style of playing, over the song's chords and on the drummer's kick."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rtsep_models.data.band.drumming import kick_beats
from rtsep_models.data.band.harmony import Chord, chord_at
from rtsep_models.data.band.notes import Hit, Note, humanise
from rtsep_models.data.band.song import Song

Line = Callable[[Chord, int, Song, list[Hit], np.random.Generator], list[Note]]
"""From a chord and its root's pitch to the notes under it."""


def play_bass(song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    """The notes of the whole song, by time; `hits` are the drummer's, which some lines follow."""
    low = int(rng.integers(26, 33))
    names = {high: str(rng.choice(song.style.bass_lines)) for high in (False, True)}
    notes: list[Note] = []
    for section in song.stretches("bass"):
        line = LINES[names[section.energy > 0.6]]
        level = 0.7 + 0.3 * section.energy
        for chord in song.chords:
            if section.first <= chord.start / song.beats_per_bar < section.end:
                found = line(chord, chord.root(low), song, hits, rng)
                notes += [Note(n.start, n.beats, n.pitch, n.velocity * level) for n in found]
    return humanise(notes, rng, song.clock, 0.004, 0.06)


def _grid(chord: Chord, step: float) -> list[float]:
    return [chord.start + step * rank for rank in range(round(chord.beats / step))]


def _held(chord: Chord, beats: list[float], pitches: list[float], length: float) -> list[Note]:
    """Notes on `beats` that last `length` of the time to the next one."""
    ends = [*beats[1:], chord.end]
    return [
        Note(beat, max(0.1, (end - beat) * length), pitch, 0.95 if rank == 0 else 0.8)
        for rank, (beat, end, pitch) in enumerate(zip(beats, ends, pitches, strict=True))
    ]


def _roots(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    beats = [chord.start] if chord.beats <= 2 or rng.random() < 0.5 else [chord.start, chord.start + chord.beats - 1.0]
    return _held(chord, beats, [root] * len(beats), 0.95)


def _eighths(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    beats = _grid(chord, 0.5)
    pitches: list[float] = [root] * len(beats)
    if rng.random() < 0.3:
        pitches[-1] = _approach(chord, root, song)
    return _held(chord, beats, pitches, 0.85)


def _kick(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    beats = kick_beats(hits, chord.start, chord.end) or [chord.start]
    if beats[0] > chord.start:
        beats.insert(0, chord.start)
    fifth = chord.fifth(root)
    pitches: list[float] = [root if rng.random() < 0.75 else float(rng.choice((root + 12, fifth))) for _ in beats]
    pitches[0] = root
    return _held(chord, beats, pitches, float(rng.choice((0.6, 0.9))))


def _fifths(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    half = chord.beats / 2
    fifth = chord.fifth(root) - (12 if root > 34 else 0)
    return [Note(chord.start, half * 0.85, root, 0.95), Note(chord.start + half, half * 0.85, fifth, 0.8)]


def _walk(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    """Quarter notes over chord and scale, the last one a step from the next root."""
    beats = _grid(chord, 1.0) or [chord.start]
    step = chord.key.nearest_step(root)
    pitches: list[float] = [root]
    for _ in beats[1:]:
        step += int(rng.choice((-1, 1, 1, 2, 2)))
        pitches.append(chord.key.pitch(step))
    if len(beats) > 1:
        pitches[-1] = _approach(chord, root, song)
    return _held(chord, beats, pitches, 0.93)


def _octaves(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    beats = _grid(chord, 0.5)
    return _held(chord, beats, [root + 12 * (rank % 2) for rank in range(len(beats))], 0.7)


def _offbeat(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    return [Note(beat + 0.5, 0.42, root, 0.9) for beat in _grid(chord, 1.0)]


def _rolling(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    """Sixteenths around the beat, as in trance and drum'n'bass."""
    lift = int(rng.choice((0, 0, 12)))
    beats = [beat + off for beat in _grid(chord, 1.0) for off in (0.25, 0.5, 0.75)]
    return [Note(beat, 0.2, root + (lift if rank % 3 == 2 else 0), 0.85) for rank, beat in enumerate(beats)]


def _long(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    """One long note, or two with the second an octave or a fifth away."""
    if rng.random() < 0.5 or chord.beats < 2:
        return [Note(chord.start, chord.beats * 0.95, root, 0.95)]
    cut = float(rng.choice((1.5, 2.5))) * chord.beats / 4
    second = float(rng.choice((root, root + 12, chord.fifth(root))))
    return [Note(chord.start, cut * 0.9, root, 0.95), Note(chord.start + cut, (chord.beats - cut) * 0.9, second, 0.85)]


def _chug(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    """On every kick, short: the metal bass under palm-muted guitars."""
    beats = kick_beats(hits, chord.start, chord.end) or _grid(chord, 0.5)
    return [Note(beat, 0.24, root, 0.9) for beat in beats]


def _funk(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    notes = [Note(chord.start, 0.4, root, 1.0)]
    for beat in _grid(chord, 0.25)[2:]:
        if rng.random() < 0.42:
            pitch = float(rng.choice((root, root + 12, root + 12, chord.fifth(root), root)))
            notes.append(Note(beat, 0.2, pitch, float(rng.choice((0.35, 0.8, 0.9)))))
    return notes


def _tumbao(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    """Off the one: the fifth on the and of two, the coming root on four, held over the bar."""
    fifth = chord.fifth(root)
    coming = chord_at(song.chords, chord.end).root(root - 6)
    half = chord.beats / 2
    notes = [Note(chord.start + 0.75 * half, 0.25 * half + 0.45 * half, fifth, 0.85)]
    return [*notes, Note(chord.start + 1.5 * half, 0.6 * half, coming, 0.9)]


def _dub(chord: Chord, root: int, song: Song, hits: list[Hit], rng: np.random.Generator) -> list[Note]:
    third = chord.voicing(root + 1, 1)[0]
    shape = ((0.5, root), (1.0, root), (1.5, third), (2.5, chord.fifth(root)), (3.0, root))
    scale = chord.beats / 4
    return [Note(chord.start + beat * scale, 0.42 * scale, pitch, 0.9) for beat, pitch in shape if rng.random() < 0.85]


def _approach(chord: Chord, root: int, song: Song) -> float:
    """The note of the key next to the coming root, from the side that the line comes from."""
    coming = chord_at(song.chords, chord.end).root(root - 6)
    step = chord.key.nearest_step(coming)
    return chord.key.pitch(step + (1 if coming < root else -1))


LINES: Mapping[str, Line] = {
    "roots": _roots, "eighths": _eighths, "kick": _kick, "fifths": _fifths, "walk": _walk, "octaves": _octaves,
    "offbeat": _offbeat, "rolling": _rolling, "long": _long, "chug": _chug, "funk": _funk, "tumbao": _tumbao, "dub": _dub,
}  # fmt: skip
"""By the names that styles use."""
