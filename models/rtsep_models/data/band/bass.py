"""The stem "bass": one instrument, nearly in the middle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rtsep_models.data.band.chains import Strip, at_unit_level, channel, placed
from rtsep_models.data.band.effects import FloatArray, duck
from rtsep_models.data.band.notes import Note
from rtsep_models.data.band.orchestra import choose
from rtsep_models.data.band.other import midi_part
from rtsep_models.data.band.song import Song
from rtsep_models.data.band.soundfonts import render_parts
from rtsep_models.data.band.studio import Stem, Studio

PUMPING = frozenset({"electronic", "drum'n'bass", "pop"})
"""Styles in which the kick turns the bass down."""


def bass_stem(
    song: Song, notes: Sequence[Note], drums: FloatArray, studio: Studio, length: int, rng: np.random.Generator
) -> Stem:
    """The notes on a bass drawn for the song's style, float32 (2, `length`); `drums` is the stem that may duck it."""
    choice, set_name = choose(studio.library, str(rng.choice(song.style.basses)), "bass", studio.font is not None, rng)
    if choice.player is not None:
        audio = choice.player.play(notes, song.clock, song.tuning_cents, length, rng)
    else:
        assert studio.font is not None  # or no program would have been chosen
        assert choice.program is not None
        audio = render_parts([midi_part(choice.program, notes, song.clock)], studio.font, length, song.tuning_cents)[0]
    grit = 0.8 if song.style.name in ("metal", "rock") else 0.4
    audio = channel(audio, Strip(low_hz=28.0, colour_db=3.0, squeeze=0.85, drive=grit, motion=0.05), rng)
    if song.style.name in PUMPING and rng.random() < 0.6 and np.any(drums):
        audio = duck(audio, drums, float(rng.uniform(3, 10)), float(rng.uniform(0.08, 0.25)))
    audio = placed(audio, float(rng.normal(0, 0.03)), float(rng.choice((0.0, 0.0, 0.15, 0.5))))
    return Stem(at_unit_level(audio), (choice.name,), frozenset({set_name} if set_name else ()))
