"""Bases of the NMF separator: what each stem's spectra are made of, learned from stems that were heard alone.

Lee and Seung, "Algorithms for non-negative matrix factorization", NIPS 2000: the multiplicative updates for the
Kullback-Leibler divergence. Levels are those of mid and side in bands one bin wide below about 2 kHz and a 72nd of an
octave above, so that a basis also knows how wide its sound is.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from rtsep.errors import SeparatorError
from rtsep.separators.windows import asymmetric_windows
from rtsep_models.data.songs import FULL_SCALE, STEMS, Song

FloatArray = NDArray[np.float32]

FRAME = 2048
HOP = 128
RATE = 44100
"""Hz that bases are learned at; `at_rate` carries them over to others."""
STEPS_PER_OCTAVE = 72
QUIET_DB = 40.0
"""Frames this far below a stem's loudest teach nothing."""
FLOOR = 1e-9
SILENCE = 1e-6
"""Sum of a frame's band powers that is nothing at all."""


def band_edges(bins: int = FRAME // 2 + 1) -> NDArray[np.int64]:
    """First bin of each band, and `bins` at the end.

    >>> edges = band_edges()
    >>> int(edges[0]), int(edges[100]), int(edges[-1])
    (0, 100, 1025)
    """
    edges = [0]
    while edges[-1] < bins:
        edges.append(max(edges[-1] + 1, round(edges[-1] * 2 ** (1 / STEPS_PER_OCTAVE))))
    return np.array([*edges[:-1], bins])


SIZE = 2 * (len(band_edges()) - 1)
"""Levels of a frame: mid's, then side's."""


def levels(stem: NDArray[np.int16], count: int, rng: np.random.Generator) -> FloatArray:
    """Levels (N, SIZE) of up to `count` frames of a stem (T, 2), drawn at random from where it sounds; their mean is 1."""
    if len(stem) < FRAME:
        return np.zeros((0, SIZE), np.float32)
    window = asymmetric_windows(FRAME, HOP)[0]
    starts = np.sort(rng.integers(0, len(stem) - FRAME + 1, 2 * count))
    frames = np.stack([stem[start : start + FRAME].T for start in starts]) / np.float32(FULL_SCALE)
    middle = 0.5 * np.stack([frames[:, 0] + frames[:, 1], frames[:, 0] - frames[:, 1]], axis=1)
    power = np.abs(np.fft.rfft(middle * window)) ** 2
    edges = band_edges()
    banded = (np.add.reduceat(power, edges[:-1], axis=-1) / np.diff(edges)).reshape(len(starts), SIZE)
    loud = banded.sum(axis=1)
    kept = np.flatnonzero((loud > loud.max() * 10 ** (-QUIET_DB / 10)) & (loud > SILENCE))[:count]
    found = np.sqrt(banded[kept]).astype(np.float32)
    return found / found.mean() if len(kept) else found


def factorise(observed: FloatArray, components: int, iterations: int, rng: np.random.Generator) -> FloatArray:
    """Bases (components, D), each of sum 1, of observations (N, D) under the Kullback-Leibler divergence."""
    weights = observed.sum(axis=1) + FLOOR
    bases = observed[rng.choice(len(observed), components, p=weights / weights.sum())] + 1e-2 * observed.mean()
    bases /= bases.sum(axis=1, keepdims=True)
    share = np.full((len(observed), components), observed.sum(axis=1, keepdims=True) / components, np.float32)
    for _ in range(iterations):
        share *= (observed / (share @ bases + FLOOR)) @ bases.T
        bases *= share.T @ (observed / (share @ bases + FLOOR))
        bases /= bases.sum(axis=1, keepdims=True) + FLOOR
    return bases


def learn(
    songs: Iterable[Song], components: int = 32, frames: int = 400, iterations: int = 150, seed: int = 0
) -> FloatArray:
    """Bases (4 stems, components, 2 bands) from songs at 44100 Hz; a stem that a song cannot vouch for does not teach.

    `frames`: how many of each stem and song teach. Raises SeparatorError if a stem has fewer frames than components.
    """
    rng = np.random.default_rng(seed)
    heard: dict[str, list[FloatArray]] = {stem: [] for stem in STEMS}
    for song in songs:
        for stem, samples in song.stems.items():
            if song.known(stem):
                heard[stem].append(levels(samples, frames, rng))
    learned = []
    for stem, parts in heard.items():
        observed = np.concatenate([np.zeros((0, SIZE), np.float32), *parts])
        if len(observed) < components:
            raise SeparatorError(
                f"stem {stem!r} has {len(observed)} frames, fewer than {components} bases; give more songs, or ask for fewer"
            )
        learned.append(factorise(observed, components, iterations, rng))
    return np.stack(learned)


def at_rate(bases: FloatArray, sample_rate: int) -> FloatArray:
    """Bases (S, K, 2 bands) as they look in the bands of another sample rate: the same shape, along Hz."""
    edges = band_edges()
    centre = (edges[:-1] + edges[1:] - 1) / 2.0
    halves = bases.reshape(-1, len(centre))
    moved = np.stack([np.interp(centre * sample_rate / RATE, centre, half) for half in halves])
    moved = moved.reshape(bases.shape)
    return (moved / moved.sum(axis=-1, keepdims=True)).astype(np.float32)


def save(bases: FloatArray, path: Path) -> None:
    """Write as safetensors, half precision."""
    save_file({"bases": bases.astype(np.float16)}, path)


def load(path: Path) -> FloatArray:
    """Bases as `save` wrote them. Raises SeparatorError if the file is missing, damaged or holds something else."""
    try:
        bases = load_file(path)["bases"].astype(np.float32)
    except Exception as error:
        raise SeparatorError(f"bases {path.name} cannot be read ({error}); install the package anew") from error
    if bases.ndim != 3 or bases.shape[0] != len(STEMS) or bases.shape[2] != SIZE:
        raise SeparatorError(
            f"bases {path.name} have shape {bases.shape}, not ({len(STEMS)}, components, {SIZE}); learn them anew"
        )
    return bases
