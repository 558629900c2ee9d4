"""What makes a style: tempo, harmony, patterns, and who plays what. The styles themselves are in `styles.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from rtsep_models.data import band

Range = tuple[float, float]


@dataclass(frozen=True)
class PartSpec:
    """A possible player of the stem "other".

    `role` names a pattern of `comping`, `families` the instruments that may play it, `chance` how often it is in the
    band, `threshold` the energy (0 to 1) from which on it plays.
    """

    role: str
    families: tuple[str, ...]
    chance: float
    threshold: float = 0.3


@dataclass(frozen=True)
class Style:
    """A style of music. Chances are probabilities per song; `swing` as in `notes.Clock`."""

    name: str
    tempo_bpm: Range
    modes: tuple[str, ...]
    loops: tuple[tuple[int, ...], ...]
    qualities: tuple[str, ...]
    grooves: tuple[str, ...]
    hats: tuple[str, ...]
    kits: tuple[str, ...]
    bass_lines: tuple[str, ...]
    basses: tuple[str, ...]
    parts: tuple[PartSpec, ...]
    swing: Range = (0.5, 0.5)
    swing_grid: float = 0.5
    waltz: float = 0.0
    drumless: float = 0.0
    bassless: float = 0.0
    voiceless: float = 0.1
    percussion: float = 0.3
    balance_db: tuple[float, float, float, float] = (0.0, -0.5, -1.5, -1.0)
    """Usual loudness of vocals, drums, bass and other, relative to each other."""
    growls: float = 0.0
    """How often the singer growls."""
    words: float = 1.0
    """How many notes the singer packs into a beat, relative to the usual."""


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _read() -> tuple[Style, ...]:
    table = tomllib.loads(resources.files(band).joinpath("styles.toml").read_text(encoding="utf-8"))
    styles = []
    for fields in table["style"]:
        parts = tuple(
            PartSpec(**{name: _frozen(value) for name, value in part.items()}) for part in fields.pop("parts")
        )
        loops = tuple(_frozen(loop) for name in fields.pop("loops") for loop in table["loops"][name])
        styles.append(Style(**{name: _frozen(value) for name, value in fields.items()}, loops=loops, parts=parts))
    return tuple(styles)


STYLES = _read()
