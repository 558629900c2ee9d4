"""Songs as stems on disk, ready to be read at any place without decoding.

One format for whatever the songs came from: `<name>.npy`, int16 (S, T, C) at 44.1 kHz with the stems in the order of
`STEMS`, and `<name>.json` beside it. Arrays are memory maps: a song whose file is deleted while open stays readable
(on Windows it cannot be deleted meanwhile). Thread: any.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from rtsep.errors import RtsepError

STEMS = ("vocals", "drums", "bass", "other")
SAMPLE_RATE = 44100
CHANNELS = 2
FULL_SCALE = 32767


class DataError(RtsepError):
    """Songs to learn from are missing, damaged, or not meant for learning."""


@dataclass(frozen=True)
class Song:
    """Aligned stems, each int16 (T, C). A song that is not `bass_free` may hide its bass in `other`: neither is then known."""

    name: str
    sample_rate: int
    stems: Mapping[str, NDArray[np.int16]]
    bass_free: bool = True

    @property
    def frames(self) -> int:
        """Length, samples."""
        return next(iter(self.stems.values())).shape[0]

    def known(self, stem: str) -> bool:
        """Whether `stem` is that and nothing else."""
        return self.bass_free or stem not in ("bass", "other")


def open_song(path: Path) -> Song:
    """Map the song in `path` (.npy), described by the JSON beside it.

    Raises DataError if either is missing, incomplete or of another shape.
    """
    try:
        notes = json.loads(path.with_suffix(".json").read_bytes())
        data = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DataError(
            f"song {path.name} cannot be read ({error}); delete it and its .json, and make it anew"
        ) from error
    if data.dtype != np.int16 or data.ndim != 3 or (data.shape[0], data.shape[2]) != (len(STEMS), CHANNELS):
        wanted = f"int16 ({len(STEMS)}, T, {CHANNELS})"
        raise DataError(
            f"song {path.name} holds {data.dtype} {data.shape}, must be {wanted}; delete it and make it anew"
        )
    rate = notes.get("sample_rate", SAMPLE_RATE)
    if rate != SAMPLE_RATE:
        raise DataError(f"song {path.name} is at {rate} Hz, must be {SAMPLE_RATE}; render it at that rate")
    return Song(path.stem, rate, dict(zip(STEMS, data, strict=True)), notes.get("bass_free", True))


Decoded = tuple[Mapping[str, NDArray[np.float32]], int]
"""Stems, each (T, C) or (T,), and their sample rate; a stem may be missing."""


def keep_decoded(path: Path, bass_free: bool, decode: Callable[[], Decoded]) -> Song:
    """The song kept at `path` (.npy); if it is not there yet, what `decode` gives is resampled and kept first.

    Stems that would clip are turned down, all alike. Safe with several processes at once: files appear whole.
    """
    if not path.with_suffix(".json").exists() or not path.exists():
        stems, rate = decode()
        arrays = {name: soxr.resample(_stereo(data), rate, SAMPLE_RATE, "VHQ") for name, data in stems.items()}
        length = max(len(array) for array in arrays.values())
        peak = max(float(np.abs(array).max(initial=0.0)) for array in arrays.values())
        whole = np.zeros((len(STEMS), length, CHANNELS), np.int16)
        for row, name in zip(whole, STEMS, strict=True):
            if name in arrays:
                row[: len(arrays[name])] = np.rint(arrays[name] * (FULL_SCALE / max(peak, 1.0)))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as file:
            np.save(file, whole)
        part.replace(path)
        part.write_text(json.dumps({"sample_rate": SAMPLE_RATE, "bass_free": bass_free}))
        part.replace(path.with_suffix(".json"))
    return open_song(path)


def _stereo(data: NDArray[np.float32]) -> NDArray[np.float32]:
    """(T,) or (T, C) as (T, 2); of more channels the first two."""
    data = data.reshape(len(data), -1)
    return np.repeat(data, 2, axis=1) if data.shape[1] == 1 else np.ascontiguousarray(data[:, :CHANNELS])


ACTIVITY_S = 0.5
_ACTIVITY_STEP = 8


def activity(song: Song) -> dict[str, NDArray[np.bool_]]:
    """Where each stem sounds, in pieces of 0.5 s: above -55 dBFS and within 40 dB of its loudest piece."""
    size = round(ACTIVITY_S * song.sample_rate) // _ACTIVITY_STEP
    sounds = {}
    for name, stem in song.stems.items():
        samples = np.asarray(stem[::_ACTIVITY_STEP, 0]) / np.float32(FULL_SCALE)
        right = np.asarray(stem[::_ACTIVITY_STEP, 1]) / np.float32(FULL_SCALE)
        power = samples**2 + right**2
        pieces = power[: len(power) // size * size].reshape(-1, size).mean(axis=1) / 2
        sounds[name] = pieces > max(10**-5.5, 1e-4 * float(pieces.max(initial=0.0)))
    return sounds
