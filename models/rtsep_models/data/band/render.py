"""A song from its seed to four stems on disk: `band-00012.npy`, int16 (S, T, C), and `band-00012.json` beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rtsep_models.data.band.bass import bass_stem
from rtsep_models.data.band.basslines import play_bass
from rtsep_models.data.band.drumming import play_drums
from rtsep_models.data.band.drums import drum_stem
from rtsep_models.data.band.effects import FloatArray, loudness
from rtsep_models.data.band.mastering import master
from rtsep_models.data.band.other import other_stem
from rtsep_models.data.band.song import Song, plan
from rtsep_models.data.band.soundfonts import SOUND_FONT_LICENCES
from rtsep_models.data.band.splits import SOUND_FONTS, SPLITS
from rtsep_models.data.band.studio import Stem, Studio
from rtsep_models.data.band.vocals import vocal_stem
from rtsep_models.data.songs import FULL_SCALE, SAMPLE_RATE, STEMS

VERSION = 4
"""Goes up when the same seed gives another song."""
SPREAD_DB = 2.2
"""Deviation of each stem's level from the balance usual in its style."""


@dataclass(frozen=True, eq=False)
class Rendered:
    """Stems int16 (S, T, C) in the order of `STEMS`, and the song's card for the JSON beside it."""

    stems: NDArray[np.int16]
    card: Mapping[str, Any]


def render_song(seed: int, studio: Studio) -> Rendered:
    """The song of `seed` in the studio's split. The same samples, sound font and seed give the same samples again.

    Chance has one stream per player, so that another drummer leaves the melody as it is.
    """
    split = SPLITS.index(studio.library.split)
    streams = np.random.default_rng([seed, split]).spawn(8)
    song = plan(seed, streams[0], studio.length_s)
    length = round(song.duration_s * SAMPLE_RATE)
    silent = Stem(np.zeros((2, length), np.float32))
    hits = play_drums(song, streams[1])
    notes = play_bass(song, hits, streams[2])
    drums = drum_stem(song, hits, studio, length, streams[3]) if hits else silent
    bass = bass_stem(song, notes, drums.audio, studio, length, streams[4]) if notes else silent
    other = other_stem(song, drums.audio, studio, length, streams[5]) if song.plays("other") else silent
    vocals = vocal_stem(song, studio, length, streams[6]) if song.plays("vocals") else silent
    stems = dict(zip(STEMS, (vocals, drums, bass, other), strict=True))
    mixed = master(_balanced(song, stems, streams[7]), streams[7])
    return Rendered(np.rint(mixed.transpose(0, 2, 1) * FULL_SCALE).astype(np.int16), _card(song, stems, studio))


def _balanced(song: Song, stems: Mapping[str, Stem], rng: np.random.Generator) -> FloatArray:
    """Stems (S, 2, T) about as loud as is usual in the song's style."""
    rows = []
    for name, usual_db in zip(STEMS, song.style.balance_db, strict=True):
        gain = 10 ** (rng.normal(usual_db, SPREAD_DB) / 20) / max(loudness(stems[name].audio), 1e-6)
        rows.append(stems[name].audio * np.float32(gain))
    return np.stack(rows)


def _card(song: Song, stems: Mapping[str, Stem], studio: Studio) -> dict[str, Any]:
    sets = sorted(set().union(*(stem.sets for stem in stems.values())))
    licences = {studio.library.licences[name] for name in sets}
    players = {name: list(stem.players) for name, stem in stems.items()}
    if any("General MIDI" in player for names in players.values() for player in names):
        licences.add(SOUND_FONT_LICENCES[SOUND_FONTS[studio.library.split]])
    return {
        "version": VERSION,
        "seed": song.seed,
        "split": studio.library.split,
        "sample_rate": SAMPLE_RATE,
        "stems": list(STEMS),
        "style": song.style.name,
        "tempo_bpm": round(song.clock.tempo_bpm, 2),
        "key": {"tonic": song.key.tonic, "mode": song.key.mode},
        "tuning_cents": round(song.tuning_cents, 1),
        "beats_per_bar": song.beats_per_bar,
        "duration_s": round(song.duration_s, 3),
        "sections": [[section.name, section.first, section.end, sorted(section.stems)] for section in song.sections],
        "players": players,
        "sets": sets,
        "licences": sorted(licences),
    }


def song_path(folder: Path, seed: int) -> Path:
    """Where the song of `seed` is kept."""
    return folder / f"band-{seed:05d}.npy"


def keep_song(folder: Path, seed: int, studio: Studio) -> Path:
    """Render the song of `seed` into `folder`, unless it is there. Its files appear whole, the JSON first."""
    path = song_path(folder, seed)
    if path.exists() and path.with_suffix(".json").exists():
        return path
    rendered = render_song(seed, studio)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(rendered.card, indent=1))
    part.replace(path.with_suffix(".json"))
    with part.open("wb") as file:
        np.save(file, rendered.stems)
    part.replace(path)
    return path
