"""Speech cut into syllable-like units: a steady voiced nucleus with the sounds before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rtsep_models.data.band.vocoder import POINTS_HZ, Frames

_BODY = (POINTS_HZ > 200) & (POINTS_HZ < 4000)
_WEIGHTS = np.gradient(POINTS_HZ)
DIP_DB = 3.0
"""Two nuclei are two when the loudness between them falls by this much."""
SHORTEST, ONSET, CODA = 8, 36, 26
"""Frames of 5 ms: the shortest nucleus, and the most taken before and after one."""


@dataclass(frozen=True)
class Syllable:
    """Frame numbers: consonants from `start`, the vowel from `vowel` to `release`, consonants until `end`.

    `midi` is the median pitch of the vowel, `level_db` its loudest frame.
    """

    start: int
    vowel: int
    release: int
    end: int
    midi: float
    level_db: float


def loudness_db(frames: Frames) -> np.ndarray:
    """Level (N,) of every frame from 200 Hz to 4 kHz, smoothed over 45 ms."""
    power = np.exp(frames.envelope[:, _BODY].astype(np.float64)) @ _WEIGHTS[_BODY]
    smooth = np.hanning(11)[1:-1]
    padded = np.pad(10 * np.log10(power + 1e-14), len(smooth) // 2, mode="edge")
    return np.convolve(padded, smooth / smooth.sum(), "valid")


def _runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """First and last-plus-one index of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _split(level: np.ndarray, low: int, high: int) -> list[tuple[int, int]]:
    """The voiced run [low, high) divided at its deepest dips."""
    if high - low < 2 * SHORTEST:
        return [(low, high)]
    part = level[low:high]
    depth = np.minimum(np.maximum.accumulate(part), np.maximum.accumulate(part[::-1])[::-1]) - part
    depth[:SHORTEST] = depth[-SHORTEST:] = 0.0
    cut = int(np.argmax(depth))
    if depth[cut] < DIP_DB:
        return [(low, high)]
    return _split(level, low, low + cut) + _split(level, low + cut, high)


def cut(frames: Frames) -> tuple[Syllable, ...]:
    """The syllables of one recording in order; none where nothing is voiced."""
    voiced = frames.f0 > 0
    if voiced.sum() < SHORTEST:
        return ()
    middle = np.median(frames.f0[voiced])
    voiced &= (frames.f0 > middle / 1.9) & (frames.f0 < middle * 1.9)
    for low, high in _runs(~voiced):
        if high - low <= 3:  # the tracker's short drop-outs
            voiced[low:high] = True
    level = loudness_db(frames)
    floor = np.percentile(level[voiced], 95) - 22.0
    nuclei = []
    for run in _runs(voiced):
        for low, high in _split(level, *run):
            peak = low + int(np.argmax(level[low:high]))
            near = level[low:high] > level[peak] - 6.0
            left, right = next((a + low, b + low) for a, b in _runs(near) if a + low <= peak < b + low)
            edge = (right - left) // 8
            left, right = left + edge, right - edge
            pitched = frames.f0[left:right][frames.f0[left:right] > 0]
            if right - left >= SHORTEST and level[peak] > floor and pitched.size > 0.7 * (right - left):
                nuclei.append((left, right, float(69 + 12 * np.log2(np.median(pitched) / 440)), float(level[peak])))
    return tuple(_with_consonants(nuclei, level))


def _with_consonants(nuclei: list[tuple[int, int, float, float]], level: np.ndarray) -> list[Syllable]:
    """Every nucleus with what lies around it, shared between neighbours at the quietest frame."""
    bounds = [0]
    for (_, left, *_rest), (right, *_more) in pairwise(nuclei):
        bounds.append(left + int(np.argmin(level[left:right])) if right > left else left)
    bounds.append(len(level) - 1)
    found = []
    for (vowel, release, midi, peak_db), low, high in zip(nuclei, bounds, bounds[1:], strict=False):
        start, end = max(low, vowel - ONSET), min(high, release + CODA)
        while start < vowel and level[start] < peak_db - 38.0:
            start += 1
        while end > release and level[end] < peak_db - 38.0:
            end -= 1
        found.append(Syllable(start, vowel, release, end, midi, peak_db))
    return found
