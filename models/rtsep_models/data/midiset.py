"""The General MIDI songs that come with the package, composed by the band: `python -m rtsep_models.data.midiset FOLDER`.

Each is a Standard MIDI File of some 40 s: a sung melody on a voice program, a bass, drums, up to three others. The same
seed gives the same file. Training plays them as any folder of MIDI files, `path = "package:midi"` (`data/midi.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import mido
import numpy as np
import typer

from rtsep.demo.midi import DRUM_CHANNEL
from rtsep_models.data.band.basslines import play_bass
from rtsep_models.data.band.comping import play_part
from rtsep_models.data.band.drumming import play_drums
from rtsep_models.data.band.drums import GENERAL_MIDI, KITS
from rtsep_models.data.band.melody import harmony_line, sing_phrases
from rtsep_models.data.band.notes import Hit, Note, humanise
from rtsep_models.data.band.orchestra import BASSES, FAMILIES
from rtsep_models.data.band.other import LEVELS_DB
from rtsep_models.data.band.song import Song, plan
from rtsep_models.data.band.styles import STYLES
from rtsep_models.data.band.vocals import CENTRES
from rtsep_models.data.midi import VOICES

SONGS = 36
"""Three of each style."""
LENGTH_S = (36.0, 48.0)
OTHERS = 3
"""Players beside voice, bass and drums, at most: each makes the file a third longer."""
TICKS_PER_BEAT = 240
STROKE_BEATS = 0.1
VOLUME, PAN, LOUDEST = 7, 10, 112
"""Two controllers, and the volume of a player at 0 dB."""


@dataclass(frozen=True)
class Player:
    """One channel: its stem's place in `Style.balance_db`, its level within the stem, its notes."""

    channel: int
    program: int
    stem: int
    level_db: float
    notes: tuple[Note, ...]


def compose(seed: int) -> tuple[str, mido.MidiFile]:
    """The song of `seed`: its name, and the file."""
    style = STYLES[seed % len(STYLES)]
    streams = np.random.default_rng([seed, SONGS]).spawn(6)
    song = plan(seed, streams[0], LENGTH_S, replace(style, voiceless=0.0, drumless=0.0, bassless=0.0))
    hits = play_drums(song, streams[1])
    players = [
        _singer(song, streams[3]),
        _bassist(song, hits, streams[2]),
        _drummer(song, hits, streams[4]),
        *_others(song, streams[5]),
    ]
    name = f"{style.name.replace(chr(39), '')}-{1 + seed // len(STYLES)}"
    return name, _file(song, [player for player in players if player.notes], name, streams[0])


def _singer(song: Song, rng: np.random.Generator) -> Player:
    """The melody; now and then a second voice in the refrain."""
    sections = song.stretches("vocals")
    lead = humanise(
        sing_phrases(song, sections, int(rng.choice(CENTRES)), rng, song.style.words), rng, song.clock, 0.01, 0.06
    )
    if rng.random() < 0.4:
        refrain = [note for note in lead if song.section(note.start).energy > 0.7]
        lead += harmony_line(song, refrain, int(rng.choice((2, -2, 4))))
    return Player(0, int(rng.choice(VOICES)), 0, 2.0, tuple(lead))


def _bassist(song: Song, hits: list[Hit], rng: np.random.Generator) -> Player:
    names = [BASSES.get(name, name) for name in song.style.basses]
    programs = [program for name in names for program in FAMILIES[name].programs] or list(FAMILIES["gm bass"].programs)
    return Player(1, int(rng.choice(programs)), 2, 0.0, tuple(play_bass(song, hits, rng)))


def _drummer(song: Song, hits: Iterable[Hit], rng: np.random.Generator) -> Player:
    kits = KITS[str(rng.choice(song.style.kits))]
    # Sound fonts take loudness from the square of the velocity, and more off cymbals than a room does.
    notes = [Note(hit.start, STROKE_BEATS, GENERAL_MIDI[hit.piece], hit.velocity**0.5) for hit in hits]
    return Player(DRUM_CHANNEL, int(rng.choice(kits)), 1, 0.0, tuple(notes))


def _others(song: Song, rng: np.random.Generator) -> Iterator[Player]:
    """Whom the style draws; one at least."""
    specs = [spec for spec in song.style.parts if rng.random() < spec.chance][:OTHERS] or [song.style.parts[0]]
    channels = (channel for channel in count(2) if channel != DRUM_CHANNEL)
    for rank, spec in enumerate(sorted(specs, key=lambda spec: spec.threshold)):
        family = FAMILIES[str(rng.choice(spec.families))]
        program = int(rng.choice(family.programs or FAMILIES["synth gm"].programs))
        low = family.low + int(rng.integers(-2, 6)) + (7 if spec.role == "lead" else 0)
        # Somebody has to play wherever the stem does.
        notes = play_part(spec.role, song, low, spec.threshold if rank else 0.0, 0.85 if rank else 1.0, rng)
        yield Player(next(channels), program, 3, LEVELS_DB.get(spec.role, -2.0), tuple(notes))


def _file(song: Song, players: Iterable[Player], name: str, rng: np.random.Generator) -> mido.MidiFile:
    """A track for tempo and name, then one for each player."""
    first = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=name),
            mido.MetaMessage("set_tempo", tempo=round(song.clock.beat_s * 1e6)),
            mido.MetaMessage("time_signature", numerator=song.beats_per_bar, denominator=4),
        ]
    )
    tracks = [first, *(_track(song, player, rng) for player in players)]
    return mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT, tracks=tracks)


def _track(song: Song, player: Player, rng: np.random.Generator) -> mido.MidiTrack:
    db = song.style.balance_db[player.stem] + player.level_db
    # General MIDI level 1: 40 log10 (volume / 127) is what a volume does, in dB.
    controls = {VOLUME: round(LOUDEST * 10 ** (db / 40)), PAN: round(64 + rng.normal(0, 14) * (player.stem == 3))}
    messages = [mido.Message("program_change", channel=player.channel, program=player.program)]
    messages += [
        mido.Message("control_change", channel=player.channel, control=control, value=int(np.clip(value, 0, 127)))
        for control, value in controls.items()
    ]
    track, now = mido.MidiTrack(messages), 0
    for tick, velocity, pitch in sorted(_events(song, player.notes)):
        # A note that ends by a stroke of no velocity needs no byte to say what it is.
        track.append(mido.Message("note_on", channel=player.channel, note=pitch, velocity=velocity, time=tick - now))
        now = tick
    return track


def _events(song: Song, notes: Iterable[Note]) -> Iterator[tuple[int, int, int]]:
    """(tick, velocity, pitch) of each beginning and, with velocity 0, each end; a pitch ends before it begins anew."""
    ends: dict[int, int] = {}

    def tick(beat: float) -> int:
        return round(song.clock.seconds(beat) / song.clock.beat_s * TICKS_PER_BEAT)

    for note in sorted(notes, key=lambda note: note.start, reverse=True):
        pitch, start = round(note.pitch), tick(note.start)
        if start >= ends.get(pitch, start + 1):
            continue
        yield start, max(1, min(127, round(127 * note.velocity))), pitch
        yield (
            max(start + 1, min(tick(note.start + note.beats), ends.get(pitch, tick(note.start + note.beats)))),
            0,
            pitch,
        )
        ends[pitch] = start


def write(folder: Path, songs: int = SONGS) -> Mapping[str, int]:
    """Compose all songs into `folder`, which is made; their sizes in bytes by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for seed in range(songs):
        name, file = compose(seed)
        path = folder / f"{name}.mid"
        file.save(path)
        sizes[path.name] = path.stat().st_size
    return sizes


def main(folder: Path) -> None:
    """Write the songs that the package holds, every one of them anew."""
    sizes = write(folder)
    print(f"{len(sizes)} songs, {sum(sizes.values()) / 1000:.0f} kB, in {folder}")


if __name__ == "__main__":
    typer.run(main)
