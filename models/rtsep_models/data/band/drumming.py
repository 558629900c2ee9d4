"""The drummer: from a song's plan to strokes, with fills, ghost notes and other hats in other sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rtsep_models.data.band.grooves import GROOVES, HATS, SHAKES, VELOCITIES, Groove
from rtsep_models.data.band.notes import Hit, humanise
from rtsep_models.data.band.song import Section, Song

PERCUSSION = ("shaker", "tambourine", "conga", "bongo", "cowbell", "clave", "tabla", "other percussion")


def play_drums(song: Song, rng: np.random.Generator) -> list[Hit]:
    """All strokes of the song, by time, humanised; a machine keeps time better than a drummer."""
    strict = song.style.kits[0] == "machine"
    quiet, loud = _two_grooves(song, rng)
    hats = {energy: str(rng.choice(song.style.hats)) for energy in ("low", "high")}
    metal = str(rng.choice(("hat_closed", "ride", "hat_open", "hat_closed")))
    shaken = _percussion(song, rng)
    hits: list[Hit] = []
    for section in song.stretches("drums"):
        high = section.energy > 0.6
        groove = loud if high else quiet
        piece = metal if high else "hat_closed"
        pattern = HATS[hats["high" if high else "low"]]
        thin = _thinner(section, rng)
        for bar in range(section.first, section.end):
            strokes = _bar(song, groove, rng)
            strokes += list(_strokes(pattern, piece, song))
            strokes += [hit for name, shake in shaken for hit in _strokes(shake, name, song, 0.8)]
            strokes = [hit for hit in strokes if hit.piece not in thin]
            if bar + 1 == section.end or (bar % 4 == 3 and rng.random() < 0.25):
                strokes = _with_fill(strokes, song, rng)
            if bar == section.first and high and "crash" not in thin:
                strokes.append(Hit(0.0, "crash", float(rng.uniform(0.7, 1.0))))
            level = 0.62 + 0.38 * section.energy
            start = bar * song.beats_per_bar
            hits += [replace(hit, start=hit.start + start, velocity=hit.velocity * level) for hit in strokes]
    return humanise(hits, rng, song.clock, 0.0008 if strict else 0.005, 0.03 if strict else 0.09)


def kick_beats(hits: list[Hit], first: float, end: float) -> list[float]:
    """Beats of the kick from `first` up to `end`, on the grid of sixteenths: what the bass locks to."""
    return sorted(
        {round(hit.start * 4) / 4 for hit in hits if hit.piece == "kick" and first - 0.1 <= hit.start < end - 0.1}
    )


def _two_grooves(song: Song, rng: np.random.Generator) -> tuple[Groove, Groove]:
    family = "waltz" if song.beats_per_bar == 3 else str(rng.choice(song.style.grooves))
    patterns = GROOVES[family]
    return patterns[int(rng.integers(len(patterns)))], patterns[int(rng.integers(len(patterns)))]


def _percussion(song: Song, rng: np.random.Generator) -> list[tuple[str, str]]:
    if rng.random() > song.style.percussion:
        return []
    names = rng.choice(PERCUSSION, int(rng.integers(1, 3)), replace=False)
    return [(str(name), SHAKES[int(rng.integers(len(SHAKES)))]) for name in names]


def _thinner(section: Section, rng: np.random.Generator) -> set[str]:
    """Pieces that rest in a quiet section."""
    if section.energy > 0.55 or rng.random() < 0.4:
        return set()
    options = (
        {"kick"},
        {"snare", "clap", "rim"},
        {"hat_closed"},
        {"kick", "snare", "clap"},
        {"snare", "clap", "hat_closed"},
    )
    return options[int(rng.integers(len(options)))]


def _strokes(pattern: str, piece: str, song: Song, level: float = 1.0) -> Iterator[Hit]:
    steps = 4 * song.beats_per_bar
    for step, sign in enumerate(pattern[:steps]):
        if sign in VELOCITIES:
            yield Hit(step / 4, piece, VELOCITIES[sign] * level)


def _bar(song: Song, groove: Groove, rng: np.random.Generator) -> list[Hit]:
    """One bar of the groove with small liberties: a kick more or less, a ghost note, an opened hat."""
    hits = [hit for piece, pattern in groove.items() for hit in _strokes(pattern, piece, song)]
    steps = 4 * song.beats_per_bar
    if rng.random() < 0.2:
        hits.append(Hit(int(rng.integers(steps)) / 4, "kick", 0.6))
    if rng.random() < 0.25 and song.style.kits[0] != "machine":
        hits.append(Hit(int(rng.integers(steps // 2)) / 2 + 0.25, "snare", 0.28))
    if rng.random() < 0.15:
        hits.append(Hit(song.beats_per_bar - 0.5, "hat_open", 0.7))
    return hits


def _with_fill(hits: list[Hit], song: Song, rng: np.random.Generator) -> list[Hit]:
    """The bar with its end replaced by a fill, a roll or a stop."""
    length = float(rng.choice((0.5, 1.0, 1.0, 2.0)))
    start = song.beats_per_bar - length
    kept = [hit for hit in hits if hit.start < start - 1e-6]
    kind = rng.random()
    if kind < 0.2:  # everybody stops
        return kept
    grid = float(rng.choice((0.25, 0.25, 0.5, 1 / 3))) if length >= 1 else 0.25
    count = round(length / grid)
    if kind < 0.5:
        pieces = ["snare"] * count
    else:
        pieces = ["snare" if rank < count / 3 else f"tom{min(3, int(4 * rank / count))}" for rank in range(count)]
    return kept + [
        Hit(start + rank * grid, piece, float(np.clip(0.5 + 0.45 * rank / count + rng.normal(0, 0.08), 0.2, 1.0)))
        for rank, piece in enumerate(pieces)
        if rng.random() < 0.88
    ]
