"""Drum kits made of recorded strokes, and what plays them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rtsep_models.data.band.kernels import add_sample
from rtsep_models.data.band.library import Library, Sample
from rtsep_models.data.band.notes import Clock, Hit
from rtsep_models.data.songs import SAMPLE_RATE

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "metal": ("muldjord_metal_kit", "sm_drums", "virtuosity_drums"),
    "acoustic": ("gogodze_mix", "gogodze_retro", "sm_drums", "muldjord_metal_kit", "sonicpi_acoustic", "virtuosity_drums",
                 "oramics_pearl_master_studio"),
    "brush": ("gogodze_mix", "gogodze_retro", "swirly_brushes", "virtuosity_drums"),
}  # fmt: skip
"""Sets of each family of kits, of both splits; "machine" is every other set that has kicks, snares and hats."""

LAYERED = frozenset(
    {"gogodze_mix", "gogodze_retro", "muldjord_metal_kit", "sm_drums", "virtuosity_drums", "swirly_brushes"}
)
"""Sets in which files of one piece differ in how hard it was struck; in the others they are different instruments."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "kick": ("kick",), "snare": ("snare",), "rim": ("sidestick", "rimshot"), "clap": ("clap",), "hat_closed": ("hihat_closed",),
    "hat_open": ("hihat_open",), "ride": ("ride",), "crash": ("crash", "cymbal"), "tom": ("tom",),
}  # fmt: skip
"""Kinds in the manifest of each piece."""

LEVELS: Mapping[str, float] = {
    "kick": 0.32, "snare": 0.25, "rim": 0.13, "clap": 0.17, "hat_closed": 0.07, "hat_open": 0.085, "ride": 0.07, "crash": 0.15,
    "tom": 0.22,
}  # fmt: skip
"""Level of the loudest 50 ms of a full stroke."""
PERCUSSION_LEVEL = 0.07

PERCUSSION: Mapping[str, str] = {
    "shaker": "shak|cabasa|maraca|egg", "tambourine": "tamb|sleigh|sbt_|sbo_", "conga": "conga|quinto", "bongo": "bongo",
    "cowbell": "cowb|cb_|agogo", "clave": "clave|block|wood", "tabla": "tabla",
    "other percussion": "hand_drum|turtle|triang|snap|tas",
}  # fmt: skip
"""Patterns in the file names of percussion."""

BUSES = ("kick", "snare", "toms", "metal")
_BUS = {"kick": "kick", "snare": "snare", "rim": "snare", "clap": "snare", "tom": "toms"}  # and "metal" for the rest
_NUMBERS = re.compile(r"[_-](vl|rr|v)?\d+(?=$|[_-])")


@dataclass(frozen=True, eq=False)
class Piece:
    """A drum: its strokes from soft to loud (or just one), where it stands (-1 left to 1 right), its level and tuning."""

    strokes: tuple[Sample, ...]
    place: float
    level: float
    ratio: float


@dataclass(frozen=True)
class Kit:
    """The pieces at hand by name ("tom0" is the highest tom) and the sample sets they come from."""

    pieces: Mapping[str, Piece]
    sets: frozenset[str]


def bus_of(piece: str) -> str:
    """The bus of `BUSES` that a piece goes to: percussion and cymbals share one.

    >>> bus_of("tom2"), bus_of("shaker")
    ('toms', 'metal')
    """
    return _BUS.get(piece.rstrip("0123"), "metal")


def build_kit(library: Library, family: str, wanted: Sequence[str], rng: np.random.Generator) -> Kit:
    """A kit of `family` that has the `wanted` pieces, as far as the library holds them.

    What the chosen set lacks comes from another one of the family, or else from any.
    """
    available = library.sets("drums")
    listed = {name for names in FAMILIES.values() for name in names}
    family_sets = [
        name for name in available if (name in FAMILIES[family] if family in FAMILIES else name not in listed)
    ]
    others = [name for name in available if name not in family_sets]
    order = [*_shuffled(family_sets, rng), *_shuffled(others, rng)]
    pieces: dict[str, Piece] = {}
    sets: set[str] = set()
    for name in wanted:
        found = _find(library, order, name)
        if found:
            pieces[name] = _piece(library, found, name, rng)
            sets.add(found[0]["set"])
    return Kit(pieces, frozenset(sets))


def _shuffled(names: list[str], rng: np.random.Generator) -> list[str]:
    return [names[int(index)] for index in rng.permutation(len(names))]


def _find(library: Library, order: Sequence[str], name: str) -> list[Mapping[str, Any]]:
    """The entries of the first set that has `name`."""
    for set_name in order:
        entries = library.select("drums", set_name)
        if name in PERCUSSION:
            pattern = re.compile(PERCUSSION[name])
            found = [e for e in entries if e["kind"] == "perc" and pattern.search(e["path"].split("/", 2)[2].lower())]
        else:
            kinds = KINDS[name.rstrip("0123")]
            found = [e for e in entries if e["kind"] in kinds and e["duration_s"] < 7]
        if found:
            return found
    return []


def _piece(library: Library, entries: Sequence[Mapping[str, Any]], name: str, rng: np.random.Generator) -> Piece:
    """One instrument out of `entries`, with all its strokes."""
    instruments: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        stem = Path(entry["path"]).stem
        layered = entry["set"] in LAYERED
        instruments.setdefault(_NUMBERS.sub("", stem) if layered else stem, []).append(entry)
    most = max(len(found) for found in instruments.values())
    groups = [found for found in instruments.values() if 2 * len(found) >= most]
    if name.startswith("tom"):
        # Files of a kit name their toms in many ways; their ring tells which is higher.
        groups.sort(key=lambda found: -_ring_hz(library.sample(found[0]).audio))
        chosen = groups[min(len(groups) - 1, int(name[3:]) * len(groups) // 4)]
    else:
        chosen = groups[int(rng.integers(len(groups)))]
    strokes = sorted((library.sample(entry) for entry in chosen), key=lambda sample: sample.level)
    kind = name.rstrip("0123")
    level = LEVELS.get(kind, PERCUSSION_LEVEL) * 10 ** (rng.normal(0, 2.0) / 20)
    return Piece(tuple(strokes), _place(name, rng), level, float(2 ** (rng.normal(0, 0.7) / 12)))


def _ring_hz(audio: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(audio[0, :8192], 16384))
    return float(np.argmax(spectrum[10:400]))


def _place(name: str, rng: np.random.Generator) -> float:
    if name in ("kick", "snare", "clap"):
        return float(rng.normal(0, 0.04))
    if name.startswith("tom"):
        return (int(name[3:]) - 1.5) * 0.3
    return float(np.clip(rng.normal(0, 0.45), -0.9, 0.9))


def strike(
    kit: Kit, hits: Sequence[Hit], clock: Clock, length: int, rng: np.random.Generator
) -> dict[str, NDArray[np.float32]]:
    """The strokes on four buses, float32 (2, `length`) each. A closed hat stops an open one."""
    buses = {bus: np.zeros((2, length), np.float32) for bus in BUSES}
    closings = np.array([clock.seconds(hit.start) for hit in hits if hit.piece == "hat_closed"])
    for hit in hits:
        piece = kit.pieces.get(hit.piece)
        if piece is None:
            continue
        start_s = clock.seconds(hit.start)
        stroke, gain = _stroke(piece, hit.velocity, rng)
        span = stroke.audio.shape[1]
        if hit.piece == "hat_open":
            coming = closings[closings > start_s + 0.05]
            span = min(span, int((coming[0] - start_s) * SAMPLE_RATE)) if coming.size else span
        angle = (piece.place + 1) * np.pi / 4
        gains = (gain * float(np.cos(angle)) * 1.414, gain * float(np.sin(angle)) * 1.414)
        bus = buses[bus_of(hit.piece)]
        add_sample(bus, stroke.audio, start_s * SAMPLE_RATE, piece.ratio, gains, span, 1500)
    return buses


def _stroke(piece: Piece, velocity: float, rng: np.random.Generator) -> tuple[Sample, float]:
    """A stroke near the wished strength, not always the same one, and the gain that brings it to its level."""
    last = len(piece.strokes) - 1
    rank = int(np.clip(round(velocity * last + rng.normal(0, 0.08 * last)), 0, last))
    stroke = piece.strokes[rank]
    return stroke, piece.level * velocity**1.5 / stroke.level
