"""The stem "vocals": a lead, doubles, harmonies and backing singers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rtsep_models.data.band.chains import Strip, at_unit_level, channel, in_space, placed, random_space
from rtsep_models.data.band.effects import FloatArray
from rtsep_models.data.band.melody import backing, harmony_line, sing_phrases
from rtsep_models.data.band.notes import Clock, Note
from rtsep_models.data.band.song import Section, Song
from rtsep_models.data.band.studio import Stem, Studio
from rtsep_models.data.band.voices import SungNote
from rtsep_models.data.songs import SAMPLE_RATE

CENTRES = (52, 57, 60, 64, 67)
"""Middle of a lead's range; the singer moves it by octaves to his own."""


def vocal_stem(song: Song, studio: Studio, length: int, rng: np.random.Generator) -> Stem:
    """Everybody who sings, float32 (2, `length`); silence if the studio has no singers."""
    if studio.singers is None:
        return Stem(np.zeros((2, length), np.float32))
    singers = studio.singers

    def sung(notes: Sequence[Note], seed: int, manner: str = "sung") -> FloatArray:
        timed, generator = _in_seconds(notes, song.clock, song.tuning_cents), np.random.default_rng(seed)
        if manner == "growled":
            times = [(note.start_s, note.duration_s) for note in timed]
            voice = singers.scream(generator, times, length / SAMPLE_RATE)
        else:
            sing = singers.choir if manner == "choir" else singers.sing
            voice = sing(timed, generator, length / SAMPLE_RATE)
        track = np.zeros((2, length), np.float32)
        track[:, : voice.size] = voice[:length]
        return track

    sections = song.stretches("vocals")
    full = [section for section in sections if section.energy > 0.7] or list(sections[-1:])
    lead = sing_phrases(song, sections, int(rng.choice(CENTRES)), rng, song.style.words)
    seed = int(rng.integers(1 << 31))
    growled = _growled(song, lead, full, rng)
    voice = sung([note for note in lead if note not in growled], seed)
    if growled:
        voice += sung(growled, seed, "growled")
    dry = placed(channel(voice, _STRIP, rng), 0.0, 1.0)
    players = ["lead"]
    for name, notes, take, level in _companions(song, lead, full, seed, rng):
        audio = channel(sung(notes, take, name), _STRIP, rng)
        dry += np.float32(level) * placed(audio, float(rng.uniform(-0.9, 0.9)), 1.0)
        players.append(name)
    space = random_space(rng, song.clock.beat_s, (0.03, 0.4), (0.5, 2.8))
    return Stem(at_unit_level(in_space(dry, dry, space)), tuple(players), frozenset(studio.library.sets("vocals")))


_STRIP = Strip(low_hz=110.0, colour_db=2.5, squeeze=0.9, drive=0.25, motion=0.04)


def _growled(song: Song, lead: list[Note], full: Sequence[Section], rng: np.random.Generator) -> list[Note]:
    """The notes of the lead that are growled: none, all, or those outside the refrain."""
    if rng.random() >= song.style.growls:
        return []
    return lead if rng.random() < 0.5 else [note for note in lead if song.section(note.start) not in full]


def _companions(
    song: Song, lead: list[Note], full: Sequence[Section], seed: int, rng: np.random.Generator
) -> list[tuple[str, list[Note], int, float]]:
    """(name, notes, seed of singer and words, level) of all voices but the lead."""
    refrain = [note for note in lead if song.section(note.start) in full]
    found: list[tuple[str, list[Note], int, float]] = []
    if rng.random() < 0.35:
        # The lead's seed again: the same singer with the same words, a little beside the first take.
        take = [
            Note(n.start + rng.normal(0, 0.02), n.beats, n.pitch + rng.normal(0, 0.06), n.velocity) for n in refrain
        ]
        found.append(("double", take, seed, float(rng.uniform(0.3, 0.7))))
    if rng.random() < 0.4:
        steps = int(rng.choice((2, 2, -2, 7, 4)))
        line = [
            Note(n.start + rng.normal(0, 0.01), n.beats, n.pitch, n.velocity)
            for n in harmony_line(song, refrain, steps)
        ]
        same = rng.random() < 0.5
        found.append(("harmony", line, seed if same else int(rng.integers(1 << 31)), float(rng.uniform(0.25, 0.6))))
    if rng.random() < 0.12:
        low, level = int(rng.integers(50, 62)), float(rng.uniform(0.12, 0.35))
        chords = [note for voice in range(3) for note in backing(song, full, low, voice)]
        found.append(("choir", chords, int(rng.integers(1 << 31)), level))
    elif rng.random() < 0.3:
        low = int(rng.integers(52, 62))
        found += [
            ("backing", backing(song, full, low, voice), int(rng.integers(1 << 31)), float(rng.uniform(0.12, 0.35)))
            for voice in range(int(rng.integers(1, 4)))
        ]
    return [item for item in found if item[1]]


def _in_seconds(notes: Sequence[Note], clock: Clock, cents: float) -> list[SungNote]:
    sung = []
    for note in notes:
        start_s = max(0.0, clock.seconds(note.start))
        end_s = clock.seconds(note.start + note.beats)
        sung.append(SungNote(start_s, max(0.05, end_s - start_s), note.pitch + cents / 100, note.velocity))
    return sung
