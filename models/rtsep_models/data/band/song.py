"""The plan of a song, drawn from its seed: style, key, tempo, sections with their dynamics, chords, who is silent where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from rtsep_models.data.band.harmony import Chord, Key
from rtsep_models.data.band.notes import Clock
from rtsep_models.data.band.styles import STYLES, Style

STEMS = ("vocals", "drums", "bass", "other")
LENGTH_S = (46.0, 74.0)
"""Shortest and longest song, unless wished otherwise."""
TAIL_S = 2.0
"""Time after the last bar in which reverberation and held notes die away."""

ENERGY = {"intro": 0.35, "verse": 0.5, "chorus": 0.9, "break": 0.25, "bridge": 0.6, "solo": 0.75, "outro": 0.4}
FORMS = (
    ("intro", "verse", "verse", "chorus", "break", "verse", "chorus", "chorus"),
    ("verse", "verse", "chorus", "solo", "break", "chorus", "outro"),
    ("chorus", "verse", "chorus", "bridge", "break", "chorus", "chorus"),
    ("intro", "chorus", "verse", "break", "solo", "chorus", "outro"),
    ("verse", "chorus", "break", "verse", "bridge", "chorus"),
)
_THIN = {
    "intro": (("other",), ("drums",), ("other", "bass"), ("drums", "bass"), ("other", "drums"), ("vocals", "other")),
    "break": (
        ("vocals", "other"),
        ("vocals",),
        ("drums",),
        ("bass", "drums"),
        ("other",),
        ("vocals", "drums"),
        ("vocals", "bass"),
    ),
    "outro": (("other",), ("vocals", "other"), STEMS, ("drums", "bass", "other")),
}
"""Which stems play in sections that are thinner than the rest."""


@dataclass(frozen=True)
class Section:
    """Bars `first` up to `end` (excluded). `stems` play in it, at `energy` from 0 to 1."""

    name: str
    first: int
    end: int
    energy: float
    stems: frozenset[str]


@dataclass(frozen=True)
class Song:
    """Everything that the players of one song agree on. Beats are quarter notes from the first bar."""

    seed: int
    style: Style
    key: Key
    clock: Clock
    tuning_cents: float
    beats_per_bar: int
    sections: tuple[Section, ...]
    chords: tuple[Chord, ...]

    @property
    def bars(self) -> int:
        """How many bars there are."""
        return self.sections[-1].end

    @property
    def duration_s(self) -> float:
        """Length with the tail."""
        return self.bars * self.beats_per_bar * self.clock.beat_s + TAIL_S

    def section(self, beat: float) -> Section:
        """The section that `beat` lies in; the last one after the end."""
        bar = int((beat + 1e-6) // self.beats_per_bar)
        return next((section for section in self.sections if section.first <= bar < section.end), self.sections[-1])

    def plays(self, stem: str) -> bool:
        """Whether `stem` sounds at all."""
        return any(stem in section.stems for section in self.sections)

    def stretches(self, stem: str) -> tuple[Section, ...]:
        """The sections in which `stem` plays."""
        return tuple(section for section in self.sections if stem in section.stems)


def plan(
    seed: int, rng: np.random.Generator, length_s: tuple[float, float] = LENGTH_S, style: Style | None = None
) -> Song:
    """A song for `seed` of a length between two; all chance comes from `rng`.

    Without a `style` the seeds go through `STYLES` in turn, so that a few songs already hold every one.
    """
    style = style or STYLES[seed % len(STYLES)]
    tempo = float(rng.uniform(*style.tempo_bpm))
    waltz = bool(rng.random() < style.waltz)
    clock = Clock(tempo, float(rng.uniform(*style.swing)), style.swing_grid)
    beats_per_bar = 3 if waltz else 4
    key = Key(int(rng.integers(12)), str(rng.choice(style.modes)))
    bars = max(2, int((rng.uniform(*length_s) - TAIL_S) / (beats_per_bar * clock.beat_s)))
    sections = _form(style, rng, bars)
    chords = _chords(style, key, sections, beats_per_bar, rng)
    return Song(seed, style, key, clock, float(rng.uniform(-40, 40)), beats_per_bar, sections, chords)


def _absent(style: Style, rng: np.random.Generator) -> set[str]:
    """Stems that this song does without; at least two remain."""
    chances = {"vocals": style.voiceless, "drums": style.drumless, "bass": style.bassless}
    absent = {stem for stem, chance in chances.items() if rng.random() < chance}
    return absent if len(absent) < 3 else {"drums"}


def _form(style: Style, rng: np.random.Generator, bars: int) -> tuple[Section, ...]:
    absent = _absent(style, rng)
    names = FORMS[int(rng.integers(len(FORMS)))]
    # Sections of 2, 4 or 8 bars, whichever brings the form nearest to the wished length.
    size = min((2, 4, 8), key=lambda size: abs(size * len(names) - bars))
    sections: list[Section] = []
    first = 0
    for name in (*names, *names):
        length = min(max(2, size // 2) if name == "break" else size, bars - first)
        if length <= 0:
            break
        energy = float(np.clip(ENERGY[name] + rng.normal(0, 0.08), 0.1, 1.0))
        sections.append(Section(name, first, first + length, energy, _stems(name, absent, rng)))
        first += length
    return tuple(sections)


def _stems(name: str, absent: set[str], rng: np.random.Generator) -> frozenset[str]:
    stems = set(STEMS)
    if name in _THIN and rng.random() < 0.7:
        options = _THIN[name]
        stems = set(options[int(rng.integers(len(options)))])
    elif name in ("solo", "bridge") and rng.random() < 0.5:
        stems.discard("vocals")
    elif rng.random() < 0.12:
        stems.discard(str(rng.choice(("drums", "bass", "other"))))
    return frozenset(stems - absent) or frozenset({"other"})


def _chords(
    style: Style, key: Key, sections: Sequence[Section], beats_per_bar: int, rng: np.random.Generator
) -> tuple[Chord, ...]:
    """One loop for the verses, one for the choruses, one for the rest; some loops change twice a bar or every other one."""
    loops = {}
    for name in ("verse", "chorus", "bridge"):
        degrees = style.loops[int(rng.integers(len(style.loops)))]
        changes = [(degree, str(rng.choice(style.qualities))) for degree in degrees]
        bars_each = float(rng.choice((0.5, 1.0, 1.0, 1.0, 2.0))) if beats_per_bar == 4 else 1.0
        # A loop goes on where it stopped, so that short sections hear all of it.
        loops[name] = (cycle(changes), bars_each * beats_per_bar)
    if rng.random() < 0.4:
        loops["chorus"] = loops["verse"]
    chords: list[Chord] = []
    for section in sections:
        changes, beats = loops.get(section.name, loops["chorus" if section.energy > 0.6 else "verse"])
        beat, end = float(section.first * beats_per_bar), float(section.end * beats_per_bar)
        while beat < end:
            degree, quality = next(changes)
            chords.append(Chord(key, degree, quality, beat, min(beats, end - beat)))
            beat += beats
    return tuple(chords)
