"""What a worker process keeps between songs: samples, sound font, singers. And what a finished stem is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rtsep_models.data.band.library import Library
from rtsep_models.data.band.song import LENGTH_S
from rtsep_models.data.band.soundfonts import find_sound_font
from rtsep_models.data.band.splits import SOUND_FONTS, Split
from rtsep_models.data.band.voices import SungNote, VoiceBank
from rtsep_models.data.songs import SAMPLE_RATE, DataError

FloatArray = NDArray[np.float32]


class Singers(Protocol):
    """Who sings: `VoiceBank` does. The same state of `rng` gives the same singer and the same words."""

    def sing(self, notes: Sequence[SungNote], rng: np.random.Generator, duration_s: float) -> NDArray[np.float32]:
        """One line, float32 (T,)."""
        ...

    def scream(
        self, rng: np.random.Generator, starts_durations_s: Sequence[tuple[float, float]], duration_s: float
    ) -> NDArray[np.float32]:
        """One line without a pitch, float32 (T,)."""
        ...

    def choir(self, notes: Sequence[SungNote], rng: np.random.Generator, duration_s: float) -> NDArray[np.float32]:
        """Chords on one vowel, float32 (T,); silence if there is no choir."""
        ...


@dataclass(frozen=True)
class Studio:
    """One split's instruments. Without a `font` there is no General MIDI; without `singers` nobody sings.

    Songs are between the two of `length_s` long.
    """

    library: Library
    font: Path | None
    singers: Singers | None
    length_s: tuple[float, float] = LENGTH_S


@dataclass(frozen=True, eq=False)
class Stem:
    """A mixed stem, float32 (2, T) at any level, what plays in it, and the sample sets that it is made of."""

    audio: FloatArray
    players: tuple[str, ...] = ()
    sets: frozenset[str] = frozenset()


def open_studio(
    samples: Path, split: Split, voices_cache: Path | None, length_s: tuple[float, float] = LENGTH_S
) -> Studio:
    """The studio of `split` over the samples in a folder; the sound font is used where it is installed.

    Raises DataError when the folder has no manifest, RtsepError when it has no voices.
    """
    library = Library(samples, split)
    try:
        font = find_sound_font(SOUND_FONTS[split])
    except DataError:
        font = None
    singers = VoiceBank(samples, split, SAMPLE_RATE, voices_cache) if library.sets("vocals") else None
    return Studio(library, font, singers, length_s)
