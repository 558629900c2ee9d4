"""Songs as stems on disk, ready to be read at any place without decoding.

One format for whatever the songs came from: `<name>.npy`, int16 (S, T, C) at 44.1 kHz with the stems in the order of
`STEMS`, and `<name>.json` beside it. Arrays are memory maps: a song whose file is deleted while open stays readable
(on Windows it cannot be deleted meanwhile). Thread: any.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from rtsep.errors import RtsepError

STEMS: tuple[str, ...] = ("vocals", "drums", "bass", "other")
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
    split: str = ""
    """What its maker made it for, if that is written with it."""

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
    stems: dict[str, NDArray[np.int16]] = dict(zip(STEMS, data, strict=True))
    return Song(notes.get("name", path.stem), rate, stems, notes.get("bass_free", True), notes.get("split", ""))


Stems = Mapping[str, NDArray[np.float32]]
"""Decoded stems by name, each (T, C) or (T,); some may be missing."""


@dataclass(frozen=True)
class Original:
    """A song as somebody published it: the files it is made of, and how to decode them to stems at one sample rate."""

    name: str
    files: Sequence[Path]
    decode: Callable[[], tuple[Stems, int]]
    bass_free: bool = True


def cached_path(original: Original, cache: Path) -> Path:
    """Where `decoded` keeps the song, as its files are now."""
    return cache / f"{original.name}-{_digest(original.files)}.npy"


def decoded(original: Original, cache: Path) -> Song:
    """The song out of the folder `cache`; if it is not there yet, it is decoded, resampled and kept first.

    Stems that would clip are turned down, all alike. Changed files are decoded anew. Safe with several processes at
    once: files appear whole. Raises DataError if the song cannot be decoded.
    """
    path = cached_path(original, cache)
    if not path.with_suffix(".json").exists() or not path.exists():
        stems, rate = original.decode()
        notes = {"name": original.name, "sample_rate": SAMPLE_RATE, "bass_free": original.bass_free}
        _write(path, _as_array(stems, rate), notes)
    return open_song(path)


def decode_files(files: Mapping[str, Path]) -> tuple[Stems, int]:
    """Sound files, one for each stem, in any format of libsndfile.

    Raises DataError if one cannot be read or their sample rates differ.
    """
    stems: dict[str, NDArray[np.float32]] = {}
    rates = set()
    for stem, path in files.items():
        try:
            data, rate = soundfile.read(path, dtype="float32", always_2d=True)
        except (OSError, soundfile.LibsndfileError) as error:
            raise DataError(f"{path} cannot be decoded ({error}); copy or download it anew") from error
        stems[stem] = data.astype(np.float32, copy=False)
        rates.add(rate)
    if len(rates) != 1:
        folder = next(iter(files.values())).parent
        raise DataError(f"{folder}: sample rates of the stems are {sorted(rates)}, must be one; check the download")
    return stems, rates.pop()


def _digest(files: Sequence[Path]) -> str:
    """Tells one state of these files from another."""
    states = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(states).encode()).hexdigest()[:10]


def _as_array(stems: Stems, rate: int) -> NDArray[np.int16]:
    """Decoded stems as int16 (S, T, C) at 44.1 kHz."""
    arrays = {name: soxr.resample(_stereo(data), rate, SAMPLE_RATE, "VHQ") for name, data in stems.items()}
    peak = max(float(np.abs(array).max(initial=0.0)) for array in arrays.values())
    whole = np.zeros((len(STEMS), max(map(len, arrays.values())), CHANNELS), np.int16)
    for row, name in zip(whole, STEMS, strict=True):
        if name in arrays:
            row[: len(arrays[name])] = np.rint(arrays[name] * (FULL_SCALE / max(peak, 1.0)))
    return whole


def _write(path: Path, data: NDArray[np.int16], notes: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.save(file, data)
    part.replace(path)
    part.write_text(json.dumps(notes))
    part.replace(path.with_suffix(".json"))


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
