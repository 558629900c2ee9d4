"""Where stems stand, by regression on their shares: what the Wiener filter learns (`wiener.py` tells why).

Kernels on a tile of bins, in lines of `TILE` numbers, or of one for each of its `BANDS` bands.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from rtsep_models.compiled.elementary import HALF, ONE, OPTIONS, TWO, F
from rtsep_models.runtimes.api import Array

RIDGE = F(0.06)
"""How much the mixture's place weighs against what was heard."""
LEAST = F(0.02)
"""Of either channel, in a place: what a regression may find below it is noise."""
MOST_ALIKE = F(0.98)
"""Coherence of a place's channels at most."""
TINY = F(1e-20)
"""Power below which nothing is heard or learned; also what keeps sums above the denormal numbers, which are slow."""
SILENT = F(2e-10)
"""Magnitude of the loudest bin of a tile below which it tells nothing; `TINY` alone makes it 1e-10."""
BAND, BANDS = 8, 26
"""Bins that stand in one place, and bands of a tile."""
TILE = BANDS * BAND
"""Bins that are worked on together: what is known of them stays in the nearest cache."""
P, Q, R, S, OF_PLACE = range(0, 5 * TILE, TILE)
"""Lines of a stem's place: p and q, the diagonal, and r + i s beside it; where each begins."""


def lines_of(stems: int) -> int:
    """Sums of a regression: shares by shares, S (S + 1) / 2, then shares by p, q, r and s of the mixture, 4 S."""
    return stems * (stems + 1) // 2 + 4 * stems


@njit(**OPTIONS)
def _make_whole(count: int, shares: Array, total: Array) -> None:
    """Shares (S, TILE) that add up to one in each bin; `total` (TILE,) is scratch."""
    for f in range(count):
        total[f] = TINY
    for i in range(shares.shape[0]):
        for f in range(count):
            total[f] += shares[i, f]
    for f in range(count):
        total[f] = ONE / total[f]
    for i in range(shares.shape[0]):
        for f in range(count):
            shares[i, f] = shares[i, f] * total[f] + TINY


@njit(**OPTIONS)
def _follow(count: int, keep: F, weight: Array, by: Array, line: Array) -> None:
    """One sum."""
    for f in range(count):
        line[f] = keep * line[f] + weight[f] * by[f] + TINY


@njit(**OPTIONS)
def take_in(count: int, keep: F, x: Array, root: Array, shares: Array, spare: Array, sums: Array) -> bool:
    """One frame into the sums (lines, TILE), unless it is silent; whether it is not.

    Of the mixture by its level, `x` (4 TILE,), and that level, `root` (TILE,); `shares` (S, TILE) are made to add up to one;
    `spare` (5 TILE,) is scratch.
    """
    stems, loudest = shares.shape[0], F(0.0)
    for f in range(count):
        loudest = max(loudest, root[f])
    if loudest < SILENT:
        return False
    _make_whole(count, shares, spare)
    for f in range(count):
        x0r, x0i, x1r, x1i = x[f], x[TILE + f], x[2 * TILE + f], x[3 * TILE + f]
        spare[f], spare[TILE + f] = x0r * x0r + x0i * x0i, x1r * x1r + x1i * x1i
        spare[2 * TILE + f], spare[3 * TILE + f] = x0r * x1r + x0i * x1i, x0i * x1r - x0r * x1i
    weight = spare[4 * TILE : 5 * TILE]
    right = sums.shape[0] - 4 * stems
    for i in range(stems):
        for f in range(count):
            weight[f] = root[f] * shares[i, f]
        for j in range(i + 1):
            _follow(count, keep, weight, shares[j], sums[i * (i + 1) // 2 + j])
        for c in range(4):
            _follow(count, keep, weight, spare[c * TILE :], sums[right + 4 * i + c])
    return True


@njit(**OPTIONS)
def _take(line: int, by: int, other: int, work: Array) -> None:
    """In all bands: from a line the product of two."""
    for b in range(BANDS):
        work[line, b] -= work[by, b] * work[other, b]


@njit(**OPTIONS)
def _divide(line: int, by: int, work: Array) -> None:
    """In all bands: a line by another."""
    for b in range(BANDS):
        work[line, b] /= work[by, b]


@njit(**OPTIONS)
def _sum_up(stems: int, sums: Array, work: Array) -> None:
    """The sums of bins to those of bands, drawn to the mixture's place."""
    lines, right = work.shape[0] - 1, work.shape[0] - 1 - 4 * stems
    for line in range(lines):
        for b in range(BANDS):
            total = F(0.0)
            for f in range(BAND):
                total += sums[line, BAND * b + f]
            work[line, b] = total
    mixture = lines
    for b in range(BANDS):
        weight = TINY  # shares add up to one, p and q of a mixture by its level to two
        for i in range(stems):
            weight += HALF * (work[right + 4 * i, b] + work[right + 4 * i + 1, b])
        for i in range(stems):
            work[i * (i + 1) // 2 + i, b] += RIDGE * weight
    for c in range(4):
        work[mixture] = F(0.0)
        for i in range(stems):
            for b in range(BANDS):
                work[mixture, b] += RIDGE * work[right + 4 * i + c, b]
        for i in range(stems):
            for b in range(BANDS):
                work[right + 4 * i + c, b] += work[mixture, b]


@njit(**OPTIONS)
def regress(stems: int, sums: Array, work: Array) -> None:
    """The places of a tile's bands by Cholesky: from `sums` (lines, TILE), which stay, to `work` (lines + 1, BANDS).

    There p, q, r and s of each stem are the last 4 S lines but one.
    """
    _sum_up(stems, sums, work)
    right = work.shape[0] - 1 - 4 * stems
    for i in range(stems):
        row = i * (i + 1) // 2
        for j in range(i + 1):
            column = j * (j + 1) // 2
            for k in range(j):
                _take(row + j, row + k, column + k, work)
            if j < i:
                _divide(row + j, column + j, work)
        for b in range(BANDS):
            work[row + i, b] = np.sqrt(max(work[row + i, b], TINY))
        for c in range(right + 4 * i, right + 4 * i + 4):
            for k in range(i):
                _take(c, row + k, c - 4 * (i - k), work)
            _divide(c, row + i, work)
    for i in range(stems - 1, -1, -1):
        for c in range(right + 4 * i, right + 4 * i + 4):
            for k in range(i + 1, stems):
                _take(c, k * (k + 1) // 2 + i, c + 4 * (k - i), work)
            _divide(c, i * (i + 1) // 2 + i, work)
        _bound(right + 4 * i, work)


@njit(**OPTIONS)
def _bound(line: int, work: Array) -> None:
    """What a regression found, to a covariance of the trace 2."""
    for b in range(BANDS):
        p, q = max(work[line, b], LEAST), max(work[line + 1, b], LEAST)
        r, s = work[line + 2, b], work[line + 3, b]
        scale = TWO / (p + q)
        beside = scale * min(MOST_ALIKE * np.sqrt(p * q / (r * r + s * s + TINY)), ONE)
        work[line, b], work[line + 1, b] = scale * p, scale * q
        work[line + 2, b], work[line + 3, b] = beside * r, beside * s


@njit(**OPTIONS)
def spread(work: Array, bands: Array, tile: int, places: Array) -> None:
    """What `regress` found, to the places of all bands (4 S, B) and of this tile's bins (S, OF_PLACE).

    Between the middles of bands places go over into each other in straight lines.
    """
    first, last, right = tile * BANDS, bands.shape[1] - 1, work.shape[0] - 1 - bands.shape[0]
    for line in range(bands.shape[0]):
        bands[line, first : first + BANDS] = work[right + line]
        place = places[line // 4, line % 4 * TILE :]
        for b in range(BANDS):
            here = bands[line, first + b]
            before, after = bands[line, max(first + b - 1, 0)], bands[line, min(first + b + 1, last)]
            for k in range(BAND):
                part = F((k - 0.5 * (BAND - 1)) / BAND)
                place[BAND * b + k] = here + part * (after - here if part > 0 else here - before)
