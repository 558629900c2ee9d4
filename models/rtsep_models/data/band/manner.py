"""What tells one singer's way of singing from another's."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Manner:
    """The manner of one singer in one song.

    `speaks`: the rhythm is the line's, the pitch that of speech; `scoop`: share of notes begun from below; `formant`
    above 1: a smaller singer; `breath`: noise in the upper voice, 0 to 1; `melisma`: share of notes that go on with the
    vowel before; `transpose`: semitones above the usual range; `rasp_cents`: the pitch's unrest from frame to frame;
    `breathes`: share of phrases with a breath before; `spread_s`: delay between frequencies.
    """

    speaks: bool
    vibrato_hz: float
    vibrato_cents: float
    vibrato_delay_s: float
    scoop: float
    glide_hz: float
    drift_cents: float
    late_s: float
    formant: float
    breath: float
    bright_db: float
    air_db: float
    ring_db: float
    consonant_db: float
    melisma: float
    transpose: float
    rasp_cents: float
    breathes: float
    spread_s: float

    @staticmethod
    def draw(rng: np.random.Generator) -> Manner:
        """A manner at random."""
        plain = rng.random() < 0.3
        return Manner(
            speaks=bool(rng.random() < 0.1),
            vibrato_hz=float(rng.uniform(4.5, 6.5)),
            vibrato_cents=float(rng.uniform(0, 12) if plain else rng.uniform(12, 60)),
            vibrato_delay_s=float(rng.uniform(0.12, 0.45)),
            scoop=float(rng.uniform(0, 0.6)),
            glide_hz=float(rng.uniform(5, 14)),
            drift_cents=float(rng.uniform(3, 14)),
            late_s=float(rng.normal(0.005, 0.012)),
            formant=float(round(np.clip(rng.normal(1.0, 0.05), 0.88, 1.14), 2)),
            breath=float(rng.beta(1.3, 3)),
            bright_db=float(rng.uniform(-1, 8)),
            air_db=float(rng.normal(3, 4)),
            ring_db=float(max(0.0, rng.normal(0, 4))),
            consonant_db=float(rng.uniform(-6, 2)),
            melisma=float(rng.uniform(0, 0.35)),
            transpose=float(rng.uniform(-4, 5)),
            rasp_cents=float(rng.uniform(12, 45) if rng.random() < 0.15 else 3.0),
            breathes=float(rng.choice([0.0, 0.3, 0.7])),
            spread_s=float(rng.uniform(0.001, 0.005)),
        )

    @staticmethod
    def growling(rng: np.random.Generator) -> Manner:
        """A manner of growling at random: no vibrato, much breath, an unsteady pitch."""
        return replace(
            Manner.draw(rng),
            speaks=False,
            vibrato_cents=0.0,
            formant=float(round(rng.uniform(0.9, 1.06), 2)),
            breath=float(rng.uniform(0.5, 1.0)),
            bright_db=float(rng.uniform(3, 9)),
            consonant_db=-4.0,
            melisma=0.1,
            rasp_cents=float(rng.uniform(100, 250)),
            breathes=0.0,
        )
