"""The singers a bank of recordings holds, each analysed when first asked for and then kept in a cache folder."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

from rtsep.errors import RtsepError
from rtsep_models.data.band import vocoder
from rtsep_models.data.band.splits import Split, in_split
from rtsep_models.data.band.syllables import Syllable, cut
from rtsep_models.data.band.vocoder import Frames, analyse

ENOUGH_S = 18.0
"""Seconds of one speaker that are analysed."""
FEWEST = 5
"""A singer with fewer syllables is none; sung vowels are one each, so of those one is enough."""
_FULL_RATE = 44100
_SPOKEN_HZ, _SUNG_HZ = (65.0, 500.0), (70.0, 1100.0)
_SINGING = frozenset({"speech", "phrase", "syllable", "vowel"})
_NOT_ONE_VOICE = frozenset({"dcs_Stereo", "berklee_misc"})
"""Several people under one name."""
_VERSION = 3


@dataclass(frozen=True)
class Source:
    """Recordings of one singer: lines of the manifest. `is_vowels`: sung vowels, chosen by pitch, not words in a row."""

    name: str
    entries: tuple[Mapping[str, Any], ...]
    is_vowels: bool


@dataclass(frozen=True, eq=False)
class Singer:
    """All frames of a source in one row, and its syllables. `low` to `high`: the comfortable range in MIDI pitch."""

    source: Source
    frames: Frames
    syllables: tuple[Syllable, ...]
    low: float
    high: float


def read_vocals(samples: Path, split: Split) -> list[Mapping[str, Any]]:
    """Lines of the manifest of `samples` that are vocals of `split`.

    Raises `RtsepError` when there is no manifest.
    """
    path = samples / "manifest.jsonl"
    if not path.is_file():
        raise RtsepError(f"{samples} holds no manifest.jsonl; give the folder of recorded samples")
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [entry for entry in entries if entry["category"] == "vocals" and in_split(entry, split)]


def sources(entries: Sequence[Mapping[str, Any]]) -> list[Source]:
    """Singers found in lines of the manifest, by name; a voice with hours of recordings is several of `ENOUGH_S` each."""
    voices: dict[tuple[str, bool], list[Mapping[str, Any]]] = {}
    for entry in entries:
        growls = "growl" in entry.get("style", "")
        if entry["kind"] in _SINGING and entry["voice"] not in _NOT_ONE_VOICE and not growls:
            is_vowel = entry["kind"] == "vowel"
            if not entry.get("ensemble", False):
                voices.setdefault((entry["voice"], is_vowel), []).append(entry)
    found = []
    for (voice, is_vowels), lines in sorted(voices.items()):
        parts: list[list[Mapping[str, Any]]] = [[]]
        for line in lines:
            if not is_vowels and sum(entry["duration_s"] for entry in parts[-1]) > ENOUGH_S:
                parts.append([])
            parts[-1].append(line)
        found += [Source(f"{voice}-{number}", tuple(part), is_vowels) for number, part in enumerate(parts)]
    return found


def load_audio(samples: Path, entry: Mapping[str, Any], sample_rate: int) -> np.ndarray:
    """A recording as mono (T,) float64 at `sample_rate`. Raises `RtsepError` when it cannot be read."""
    try:
        audio, rate = soundfile.read(samples / entry["path"], dtype="float64", always_2d=True)
    except (OSError, soundfile.SoundFileError) as error:
        raise RtsepError(f"{samples / entry['path']} cannot be read: {error}") from error
    return soxr.resample(audio.mean(axis=1), rate, sample_rate)


def load_singer(samples: Path, source: Source, cache: Path | None) -> Singer | None:
    """The singer of `source`, from `cache` where it has been analysed before; None where too little can be sung.

    Raises `RtsepError` when a recording cannot be read.
    """
    key = zlib.crc32(repr((_VERSION, vocoder.CODE, [entry["path"] for entry in source.entries])).encode())
    path = cache / f"{source.name}-{key:08x}.npz" if cache else None
    if path and path.is_file():
        with np.load(path) as kept:
            frames, rows = Frames(kept["f0"], kept["envelope"], kept["noise"]), kept["syllables"]
    else:
        frames, rows = _analyse(samples, source)
        if path:
            _keep(path, frames, rows)
    if len(rows) < (1 if source.is_vowels else FEWEST):
        return None
    syllables = tuple(Syllable(*map(int, row[:4]), *map(float, row[4:])) for row in rows)
    pitches = np.array([syllable.midi for syllable in syllables])
    if source.is_vowels or source.entries[0].get("style") == "sung":
        low = min(np.percentile(pitches, 10) - 4, np.median(pitches) - 7)
        high = max(np.percentile(pitches, 90) + 4, np.median(pitches) + 9)
    else:  # people sing above where they speak
        low, high = np.median(pitches) - 3, np.median(pitches) + 16
    return Singer(source, frames, syllables, float(low), float(high))


def _analyse(samples: Path, source: Source) -> tuple[Frames, np.ndarray]:
    """All frames of the source and its syllables (M, 6), with at most `ENOUGH_S` and a bit of each speaker."""
    rate = min(_FULL_RATE, min(entry.get("src_sample_rate", _FULL_RATE) for entry in source.entries))
    parts, rows, offset = [], [np.empty((0, 6))], 0
    for entry in source.entries:
        audio = load_audio(samples, entry, rate)[: round(rate * ENOUGH_S)]
        midi = entry.get("midi_note")
        around = _SPOKEN_HZ if entry.get("style", "speech") == "speech" else _SUNG_HZ
        if midi is not None:
            hertz = 440 * 2 ** ((midi - 69) / 12)
            around = (hertz / 1.5, hertz * 1.5)
        part = analyse(audio, rate, around)
        found = [
            (s.start + offset, s.vowel + offset, s.release + offset, s.end + offset, s.midi, s.level_db)
            for s in cut(part)
        ]
        rows.append(np.array(found).reshape(-1, 6))
        parts.append(part)
        offset += len(part)
    frames = Frames(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("f0", "envelope", "noise")))
    frames = vocoder.extend(frames, min(0.44 * rate, vocoder.edge_hz(frames)), 0.0)
    half = Frames(frames.f0, frames.envelope.astype(np.float16), frames.noise.astype(np.float16))
    return half, np.concatenate(rows)


def _keep(path: Path, frames: Frames, rows: np.ndarray) -> None:
    """Write the cache file whole or not at all, since several processes may render at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez_compressed(file, f0=frames.f0, envelope=frames.envelope, noise=frames.noise, syllables=rows)
    part.replace(path)
