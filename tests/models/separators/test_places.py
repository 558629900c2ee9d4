"""The regression that finds where stems stand, against NumPy in double precision."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from rtsep_models.separators.places import (
    BAND,
    BANDS,
    LEAST,
    MOST_ALIKE,
    OF_PLACE,
    RIDGE,
    TILE,
    lines_of,
    regress,
    spread,
    take_in,
)

KEEP = np.float32(0.9)
Moments = NDArray[np.float64]


def frames(count: int, stems: int, seed: int = 0) -> tuple[NDArray[np.complex128], Moments]:
    """Mixtures (N, 2, TILE) and shares (N, S, TILE) that tell something of them: each stem stands somewhere."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(stems, 0.5), (count, TILE)).transpose(0, 2, 1)
    angle = np.linspace(0.1, 1.4, stems)
    place = np.stack([np.cos(angle), np.sin(angle) * np.exp(0.3j * np.arange(stems))])
    source = (rng.normal(size=(count, stems, TILE)) + 1j * rng.normal(size=(count, stems, TILE))) * np.sqrt(shares)
    return np.einsum("cs,nsf->ncf", place, source) * 10 ** rng.uniform(-1, 1, (count, 1, TILE)), shares


def moments(x: NDArray[np.complex128]) -> tuple[Moments, Moments]:
    """Of (N, 2, F): p, q, r and s of the mixture by its level (N, 4, F), and the level (N, F)."""
    level = np.sqrt(0.5 * (np.abs(x) ** 2).sum(axis=1))
    x = x / level[:, None]
    across = x[:, 0] * x[:, 1].conj()
    return np.stack([np.abs(x[:, 0]) ** 2, np.abs(x[:, 1]) ** 2, across.real, across.imag], axis=1), level


def taken(x: NDArray[np.complex128], shares: Moments, count: int = TILE) -> NDArray[np.float32]:
    sums = np.zeros((lines_of(shares.shape[1]), TILE), np.float32)
    _, level = moments(x)
    for frame, root, share in zip(x / level[:, None], level, shares, strict=True):
        lines = np.concatenate([frame[0].real, frame[0].imag, frame[1].real, frame[1].imag]).astype(np.float32)
        spare = np.full(5 * TILE, np.nan, np.float32)
        take_in(count, KEEP, lines, root.astype(np.float32), share.astype(np.float32), spare, sums)
    return sums


def expected(x: NDArray[np.complex128], shares: Moments) -> Moments:
    """The places of bands, (S, 4, BANDS), before they are bounded."""
    y, level = moments(x)
    weight = level * float(KEEP) ** np.arange(len(x))[::-1, None]

    def of_bands(values: Moments) -> Moments:
        return values.reshape(*values.shape[:-1], BANDS, BAND).sum(axis=-1)

    gram = of_bands(np.einsum("nf,nif,njf->ijf", weight, shares, shares))
    right = of_bands(np.einsum("nf,nif,ncf->icf", weight, shares, y))
    ridge = float(RIDGE) * gram.sum(axis=(0, 1))
    found = []
    for b in range(BANDS):
        mixture = right[..., b].sum(axis=0) / gram[..., b].sum()
        a = gram[..., b] + ridge[b] * np.eye(len(gram))
        found.append(np.linalg.solve(a, right[..., b] + ridge[b] * mixture))
    return np.stack(found, axis=-1)


@pytest.mark.parametrize("stems", [2, 4])
def test_places_are_those_of_a_regression(stems: int) -> None:
    x, shares = frames(60, stems)
    work = np.zeros((lines_of(stems) + 1, BANDS), np.float32)
    regress(stems, taken(x, shares), work)
    found = work[-1 - 4 * stems : -1].reshape(stems, 4, BANDS)
    places = expected(x, shares)
    p, q, r, s = np.maximum(places[:, 0], LEAST), np.maximum(places[:, 1], LEAST), places[:, 2], places[:, 3]
    beside = np.minimum(1.0, MOST_ALIKE * np.sqrt(p * q / (r**2 + s**2)))
    bounded = 2.0 / (p + q)[:, None] * np.stack([p, q, beside * r, beside * s], axis=1)
    np.testing.assert_allclose(found, bounded, atol=1e-4)


def test_shares_tell_apart_what_stands_in_every_guess() -> None:
    x, shares = frames(400, 2)
    muddled = 0.6 * shares + 0.4 * shares[:, ::-1]  # two fifths of each guess are the other stem
    work = np.zeros((lines_of(2) + 1, BANDS), np.float32)
    regress(2, taken(x, muddled), work)
    left = work[-9:-1].reshape(2, 4, BANDS)[:, 0].mean(axis=-1) / 2.0
    y, level = moments(x)
    own = (muddled * level[:, None] * y[:, :1]).sum(axis=(0, 2)) / (muddled * level[:, None]).sum(axis=(0, 2)) / 2.0
    true = np.cos([0.1, 1.4]) ** 2
    assert np.abs(left - true).max() < 0.5 * np.abs(own - true).min()


def test_nothing_heard_is_no_place_in_particular() -> None:
    work = np.zeros((lines_of(4) + 1, BANDS), np.float32)
    regress(4, np.zeros((lines_of(4), TILE), np.float32), work)
    found = work[-17:-1].reshape(4, 4, BANDS)
    np.testing.assert_allclose(found[:, :2], 1.0, rtol=1e-5)
    np.testing.assert_allclose(found[:, 2:], 0.0, atol=1e-5)


def test_bins_past_the_last_are_not_heard() -> None:
    x, shares = frames(20, 4)
    count = TILE - BAND - 3
    assert not taken(x, shares, count)[:, count:].any()


def test_places_go_over_into_each_other_in_straight_lines() -> None:
    rng = np.random.default_rng(1)
    bands, stems = np.zeros((8, 2 * BANDS), np.float32), 2
    tiles = np.zeros((2, stems, OF_PLACE), np.float32)
    work = rng.normal(size=(2, lines_of(stems) + 1, BANDS)).astype(np.float32)
    for tile in (1, 0, 1):  # each knows its neighbour by the time it is spread for the last time
        spread(work[tile], bands, tile, tiles[tile])
    middles = BAND * np.arange(2 * BANDS) + 0.5 * (BAND - 1)
    for line in range(8):
        found = np.concatenate([tiles[t].reshape(8, TILE)[line] for t in (0, 1)])
        values = np.concatenate([work[t, -9 + line] for t in (0, 1)])
        np.testing.assert_allclose(found, np.interp(np.arange(2 * TILE), middles, values), atol=1e-5)
