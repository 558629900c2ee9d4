"""The stem "other": guitars, keys, strings, winds and synthesisers, each with its place and its channel strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rtsep_models.data.band.chains import Strip, at_unit_level, channel, in_space, placed, random_space
from rtsep_models.data.band.comping import play_part
from rtsep_models.data.band.effects import FloatArray, amplifier, compress, duck
from rtsep_models.data.band.notes import Clock, Note
from rtsep_models.data.band.orchestra import Choice, choose
from rtsep_models.data.band.song import Song
from rtsep_models.data.band.soundfonts import Event, Part, render_parts
from rtsep_models.data.band.studio import Stem, Studio
from rtsep_models.data.band.styles import PartSpec

LEVELS_DB = {
    "lead": 1.0,
    "pad": -6.0,
    "strum": -1.5,
    "chug": 0.0,
    "power": 0.0,
    "arp": -4.0,
    "pick": -2.0,
    "scratch": -3.0,
}
"""Usual level of a role, others -2 dB."""
DOUBLED = frozenset({"chug", "power", "strum", "riff"})
"""What guitarists record twice and pan apart."""


@dataclass(frozen=True)
class Chair:
    """One performance: a role, its instrument, the notes and where it stands."""

    spec: PartSpec
    choice: Choice
    notes: tuple[Note, ...]
    place: float


def midi_part(program: int, notes: Sequence[Note], clock: Clock) -> Part:
    """The notes as a part for a sound font."""
    events = []
    for note in notes:
        start_s = clock.seconds(note.start)
        length_s = max(0.03, clock.seconds(note.start + note.beats) - start_s)
        events.append(Event(start_s, length_s, round(note.pitch), round(20 + 107 * note.velocity)))
    return Part(program, tuple(events))


def other_stem(song: Song, drums: FloatArray, studio: Studio, length: int, rng: np.random.Generator) -> Stem:
    """All parts drawn for the song's style, float32 (2, `length`); `drums` may duck them in electronic music."""
    chairs, sets = _seat(song, studio, rng)
    dry, send = np.zeros((2, length), np.float32), np.zeros((2, length), np.float32)
    for chair, audio in zip(chairs, _perform(song, chairs, studio, length, rng), strict=True):
        if not np.any(audio):
            continue
        treated = _treat(chair, audio, rng)
        level_db = LEVELS_DB.get(chair.spec.role, -2.0) + rng.normal(0, 2.0)
        treated = placed(treated, chair.place, float(rng.uniform(0.5, 1.2))) * np.float32(10 ** (level_db / 20))
        dry += treated
        send += np.float32(rng.uniform(0.2, 1.0)) * treated
    mixed = in_space(dry, send, random_space(rng, song.clock.beat_s, (0.05, 0.45), (0.4, 3.0)))
    if rng.random() < 0.4:
        mixed = compress(mixed, 0.0, float(rng.uniform(1.5, 3)), 0.02, 0.2)
    if song.style.name == "electronic" and rng.random() < 0.6 and np.any(drums):
        mixed = duck(mixed, drums, float(rng.uniform(3, 12)), float(rng.uniform(0.1, 0.3)))
    return Stem(at_unit_level(mixed), tuple(chair.choice.name for chair in chairs), frozenset(sets))


def _seat(song: Song, studio: Studio, rng: np.random.Generator) -> tuple[list[Chair], set[str]]:
    """Who plays what: at least two parts (one in a folk song), guitars in pairs."""
    specs = [spec for spec in song.style.parts if rng.random() < spec.chance]
    fewest = 1 if song.style.name in ("folk", "ballad", "jazz") else 2
    for spec in song.style.parts:
        if len(specs) >= fewest:
            break
        if spec not in specs:
            specs.append(spec)
    chairs: list[Chair] = []
    sets: set[str] = set()
    for rank, spec in enumerate(sorted(specs, key=lambda spec: spec.threshold)):
        # Somebody has to play wherever the stem does.
        threshold, presence = (spec.threshold, 0.85) if rank else (0.0, 1.0)
        family = str(rng.choice(spec.families))
        choice, set_name = choose(studio.library, family, spec.role, studio.font is not None, rng)
        sets |= {set_name} if set_name else set()
        low = choice.low + int(rng.integers(-2, 6)) + (7 if spec.role == "lead" else 0)
        seed = int(rng.integers(1 << 31))
        twice = spec.role in DOUBLED and "guitar" in family and rng.random() < 0.7
        place = float(rng.uniform(0.5, 1.0)) if twice else float(np.clip(rng.normal(0, 0.45), -1, 1))
        for side in (-1, 1) if twice else (1,):
            # The same seed plays the same figures; the second take differs in timing and touch.
            notes = play_part(spec.role, song, low, threshold, presence, np.random.default_rng(seed))
            moved = [Note(n.start + side * rng.normal(0, 0.006), n.beats, n.pitch, n.velocity) for n in notes]
            chairs.append(Chair(spec, choice, tuple(moved), side * place))
    return chairs, sets


def _perform(
    song: Song, chairs: Sequence[Chair], studio: Studio, length: int, rng: np.random.Generator
) -> list[FloatArray]:
    """Every chair's dry sound; all General MIDI parts in one run."""
    parts = [midi_part(c.choice.program, c.notes, song.clock) for c in chairs if c.choice.program is not None]
    rendered = iter(render_parts(parts, studio.font, length, song.tuning_cents) if studio.font is not None else [])
    played: list[FloatArray] = []
    for chair in chairs:
        if chair.choice.player is None:
            played.append(next(rendered))
        else:
            played.append(chair.choice.player.play(chair.notes, song.clock, song.tuning_cents, length, rng))
    return played


def _treat(chair: Chair, audio: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Guitars through an amplifier, then everybody through a channel strip."""
    family = chair.choice.family
    if family == "distorted guitar" and chair.choice.program not in (29, 30):
        audio = amplifier(audio, float(np.exp(rng.uniform(np.log(8), np.log(60)))), float(rng.uniform(3800, 6500)))
    elif family == "clean guitar" and chair.choice.player is not None:
        audio = amplifier(audio, float(rng.uniform(0.5, 3)), float(rng.uniform(4500, 8000)))
    low_hz = {"chug": 70.0, "power": 75.0, "pad": 180.0, "lead": 180.0}.get(chair.spec.role, 110.0)
    return channel(audio, Strip(low_hz=low_hz), rng)
