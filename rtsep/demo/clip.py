"""The demo clip: four true stems of a short original song, so that a first run needs no file of one's own."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np
import soundfile

from rtsep.errors import AudioFileError

STEMS = ("vocals", "drums", "bass", "other")
SAMPLE_RATE = 48_000


@dataclass(frozen=True, eq=False)
class Clip:
    """Stems that start at the same sample and have the same length; their sum is the song.

    `stems` maps each name of `STEMS`, in that order, to float32 (2, T), read-only.
    """

    sample_rate: int
    stems: dict[str, np.ndarray]

    @cached_property
    def mix(self) -> np.ndarray:
        """The song, float32 (2, T), read-only: the stems added in their order, peak at most 0.9."""
        first, *rest = self.stems.values()
        mix = first.copy()
        for stem in rest:
            mix += stem
        mix.setflags(write=False)
        return mix


def load_clip() -> Clip:
    """The clip inside the installed package.

    Raises `AudioFileError` when a stem is missing or does not decode.
    """
    folder = resources.files("rtsep.demo").joinpath("clip")
    return Clip(SAMPLE_RATE, {name: _decode(folder.joinpath(f"{name}.ogg"), name) for name in STEMS})


def _decode(file: Traversable, name: str) -> np.ndarray:
    try:
        audio, sample_rate = soundfile.read(io.BytesIO(file.read_bytes()), dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise AudioFileError(f"demo stem {name!r} cannot be read ({error}); reinstall rtsep") from error
    if sample_rate != SAMPLE_RATE or audio.shape[1] != 2:
        raise AudioFileError(f"demo stem {name!r} is not {SAMPLE_RATE} Hz stereo; reinstall rtsep")
    stem = np.ascontiguousarray(audio.T)
    stem.setflags(write=False)
    return stem
