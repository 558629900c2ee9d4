"""Who can play which family of instruments: recorded sets, General MIDI programs, synthesisers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np

from rtsep_models.data import band
from rtsep_models.data.band.instruments import Sampled, sampled
from rtsep_models.data.band.library import Library
from rtsep_models.data.band.synths import Synth, random_synth


@dataclass(frozen=True)
class Source:
    """Recorded notes: a set, the beginning of the file names and a part of the kind."""

    set: str
    start: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Family:
    """Instruments that may stand in for each other. `low` is the lowest note of their usual register."""

    sources: tuple[Source, ...] = ()
    programs: tuple[int, ...] = ()
    synth: str = ""
    low: int = 43
    release_s: float = 0.15


def _source(text: str) -> Source:
    """`set/start#kind`, of which the last two may be missing."""
    path, _, kind = text.partition("#")
    name, _, start = path.partition("/")
    return Source(name, start, kind)


def _read() -> dict[str, Family]:
    table = tomllib.loads(resources.files(band).joinpath("orchestra.toml").read_text(encoding="utf-8"))
    families = {}
    for name, fields in table.items():
        sources = tuple(_source(text) for text in fields.pop("sources", ()))
        families[name] = Family(sources, tuple(fields.pop("programs", ())), **fields)
    return families


FAMILIES: Mapping[str, Family] = _read()
"""By the names that styles use ("synth" and "gm" among the basses mean "synth bass" and "gm bass")."""

BASSES: Mapping[str, str] = {"synth": "synth bass", "gm": "gm bass"}
_PATCHES = {"pad": "pad", "lead": "lead", "arp": "pluck", "stabs": "pluck", "riff": "lead", "chords": "pluck"}


@dataclass(frozen=True)
class Choice:
    """An instrument for one part: exactly one of `player` and `program` is set. `name` is for the song's card."""

    name: str
    family: str
    low: int
    player: Sampled | Synth | None = None
    program: int | None = None


def choose(
    library: Library, family_name: str, role: str, general_midi: bool, rng: np.random.Generator
) -> tuple[Choice, str | None]:
    """An instrument of the family for `role`, and the sample set it comes from, if any.

    Recordings are preferred; without any, and without `general_midi`, a synthesiser plays.
    """
    category = "bass" if role == "bass" else "other"
    family = FAMILIES[BASSES.get(family_name, family_name) if role == "bass" else family_name]
    sources = [source for source in family.sources if library.select(category, source.set, source.start, source.kind)]
    ways = (
        ["samples"] * 3 * bool(sources)
        + ["gm"] * 2 * bool(family.programs and general_midi)
        + ["synth"] * 6 * bool(family.synth)
    )
    way = str(rng.choice(ways)) if ways else "synth"
    if way == "samples":
        source = sources[int(rng.integers(len(sources)))]
        player = sampled(library, library.select(category, source.set, source.start, source.kind), family.release_s)
        if player is not None:
            return Choice(f"{source.set} {source.start}".strip(), family_name, family.low, player), source.set
    if way == "gm":
        program = int(rng.choice(family.programs))
        return Choice(f"General MIDI {program + 1}", family_name, family.low, program=program), None
    kind = family.synth if family.synth not in ("", "any") else _PATCHES.get(role, "bass" if role == "bass" else "pad")
    return Choice(f"synthesiser, {kind}", family_name, family.low, random_synth(library, kind, rng)), None
