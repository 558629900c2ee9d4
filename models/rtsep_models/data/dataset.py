"""Batches of segments to learn from: batch k depends on (seed, k) and on the songs in the folders, on nothing else.

So it does not matter how many processes make the batches, nor where a run is taken up again.
"""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from msgspec.structs import replace
from numpy.typing import NDArray
from torch.utils.data import DataLoader, Dataset, Sampler, get_worker_info

from rtsep_models.data import augmentation
from rtsep_models.data.augmentation import Array, chance
from rtsep_models.data.catalogue import cache_folder, songs_of
from rtsep_models.data.config import UNCHANGED, DataConfig
from rtsep_models.data.songs import ACTIVITY_S, CHANNELS, FULL_SCALE, SAMPLE_RATE, STEMS, DataError, Song, activity

BASS, OTHER = STEMS.index("bass"), STEMS.index("other")
ACTIVE_SHARE = 0.9
"""Of the places where the stem they were chosen for sounds."""


class Batch(NamedTuple):
    """`stems` float32 (B, S, C, T), whose sum over S is the mixture, and `valid` bool (B, S).

    Where `bass` and `other` are not valid, bass may be hidden in `other`: their sum is right, each alone is not.
    Tensors out of a `Loader`, arrays out of a `SegmentSource`.
    """

    stems: torch.Tensor
    valid: torch.Tensor


@dataclass(frozen=True)
class _Place:
    """From which sample of which song, and how many times as fast."""

    song: Song
    start: int
    speed: float


class SegmentSource:
    """Makes batches by number. One process. Outside the split `train` segments are coherent and left as they are."""

    def __init__(self, config: DataConfig, seed: int) -> None:
        """Opens the songs; decodes them first where nobody has yet, which can take minutes.

        Raises DataError if there are none, or none with every stem known.
        """
        whole = config.split != "train"
        self.config = replace(config, augmentation=UNCHANGED, coherent_share=1.0) if whole else config
        self.length = round(config.segment_s * SAMPLE_RATE)
        self._seed = seed
        self._cache = cache_folder(config.cache)
        self._epoch = -1
        self._sounds: dict[tuple[str, int], dict[str, NDArray[np.bool_]]] = {}
        self._next = 0
        self._look(0)

    def batch(self, size: int) -> Batch:
        """The next batch, from number 0."""
        self._next += 1
        return self.batch_at(self._next - 1, size)

    def batch_at(self, number: int, size: int) -> Batch:
        """Batch `number` of `size` segments."""
        self._look(number // self.config.rescan_batches)
        stems = np.zeros((size, len(STEMS), CHANNELS, self.length), np.float32)
        valid = np.ones((size, len(STEMS)), np.bool_)
        for index in range(size):
            rng = np.random.default_rng((self._seed, number, index))
            self._segment(rng, stems[index], valid[index])
        return Batch(torch.from_numpy(stems), torch.from_numpy(valid))

    def _look(self, epoch: int) -> None:
        """Look through the folders, once for each `epoch`."""
        if epoch == self._epoch:
            return
        self._epoch = epoch
        sources = self.config.sources
        found = [list(songs_of(source, self.config.split, self._cache)) for source in sources]
        self._songs = [song for songs in found for song in songs]
        weights = [source.weight / len(songs) for source, songs in zip(sources, found, strict=True) for _ in songs]
        self._weights = np.array(weights)
        if not any(song.bass_free for song in self._songs):
            raise DataError(
                f"{len(self._songs)} songs for {self.config.split} in {[source.path for source in sources]}, "
                "none with every stem known; check the paths, or render songs first"
            )

    def _song(self, rng: np.random.Generator, stem: str | None = None) -> Song:
        """Any song, or one whose `stem` is known."""
        weights = self._weights * [stem is None or song.known(stem) for song in self._songs]
        return self._songs[int(rng.choice(len(self._songs), p=weights / weights.sum()))]

    def _place(self, rng: np.random.Generator, song: Song, stem: str) -> _Place:
        """Somewhere in `song`, mostly where `stem` sounds within the segment."""
        speed = augmentation.draw_speed(rng, self.config.augmentation)
        needed = augmentation.frames_needed(self.length, speed)
        last = max(0, song.frames - needed)
        start = int(rng.integers(last + 1))
        key = song.name, song.frames
        if key not in self._sounds:
            self._sounds[key] = activity(song)
        sounding = np.flatnonzero(self._sounds[key][stem])
        if len(sounding) and chance(rng, ACTIVE_SHARE):
            piece = (rng.choice(sounding) + rng.random()) * ACTIVITY_S * song.sample_rate
            start = int(np.clip(piece - rng.random() * needed, 0, last))
        return _Place(song, start, speed)

    def _segment(self, rng: np.random.Generator, stems: Array, valid: NDArray[np.bool_]) -> None:
        """Fill in stems (S, C, T), all zero before, and their validity (S,), all true before."""
        config = self.config.augmentation
        song = self._song(rng)
        base = self._place(rng, song, str(rng.choice(STEMS)))
        coherent = chance(rng, self.config.coherent_share)
        present = augmentation.draw_present(rng, config, len(STEMS))
        mono = chance(rng, config.mono_share)
        for index, name in enumerate(STEMS):
            place = base
            if not coherent and (chance(rng, self.config.replace_share) or not song.known(name)):
                place = self._place(rng, self._song(rng, name), name)
            frames = self._frames(place, name)
            if not (present[index] and frames.any()):
                continue
            matrix = augmentation.draw_matrix(rng, config, mono)
            read = augmentation.change_speed(frames.astype(np.float32), self.length, place.speed)
            stem = np.matmul(matrix / np.float32(FULL_SCALE), read.T, dtype=np.float32)
            stems[index] = augmentation.colour(rng, stem, config)
            if name == "other" and not place.song.bass_free:
                valid[[BASS, OTHER]] = False
        augmentation.finish(rng, stems, config)

    def _frames(self, place: _Place, stem: str) -> NDArray[np.int16]:
        """As many samples (n, C) as `place` needs; silence after the end of the song."""
        needed = augmentation.frames_needed(self.length, place.speed)
        frames = place.song.stems[stem][place.start : place.start + needed]
        return np.pad(frames, ((0, needed - len(frames)), (0, 0))) if len(frames) < needed else frames


class _Batches(Dataset[Batch]):
    """Batches as items, for a DataLoader; the songs are opened in the worker."""

    def __init__(self, config: DataConfig, size: int, seed: int) -> None:
        self._config, self._size, self._seed = config, size, seed
        self._source: SegmentSource | None = None

    def __getitem__(self, index: int) -> Batch:
        if self._source is None:
            self._source = SegmentSource(self._config, self._seed)
            if get_worker_info() is not None:  # in the caller's own process its threads are not ours to take
                torch.set_num_threads(1)
        return self._source.batch_at(index, self._size)


class _From(Sampler[int]):
    """first, first + 1, ... without end."""

    def __init__(self, first: int) -> None:
        self._first = first

    def __iter__(self) -> Iterator[int]:
        return itertools.count(self._first)


# A fork of a process with threads may hang. Torch 2.13's workers now and then abort at their end if they were spawned.
_START_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


class Loader:
    """Batches without end, from number `first`, made ahead by `workers` processes; 0: by the caller itself, when asked.

    Each iteration starts at `first` again. A worker's DataError is raised by the iteration.
    """

    def __init__(self, config: DataConfig, size: int, seed: int, workers: int = 1, first: int = 0) -> None:
        SegmentSource(config, seed)  # decodes what is missing and complains here, not in a worker
        self._loader = DataLoader(
            _Batches(config, size, seed),
            batch_size=None,
            sampler=_From(first),
            num_workers=workers,
            multiprocessing_context=_START_METHOD if workers else None,
            prefetch_factor=2 if workers else None,
        )

    def __iter__(self) -> Iterator[Batch]:
        return iter(self._loader)
