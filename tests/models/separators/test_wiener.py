"""The filter that learns where each stem stands, on Gaussian stems whose powers and places are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from trialset import card, trial_card

from rtsep_models.separators.wiener import WienerFilter
from rtsep_models.weights.card import Card

CARD = trial_card("filtered")
STEMS, CHANNELS, BINS = CARD.shape_out[2:5]
FRAMES = 600
FLOAT32_SUM = 1e-6
"""Rounding of sums of four, relative to the mixture."""
PANS_RAD = (0.25 * np.pi, 0.05 * np.pi, 0.4 * np.pi, 0.15 * np.pi)
"""Of the stems: the angle between left and right."""

RATE = 2756
"""Hz; hops of 32 samples then last as long as those of 512 at 44.1 kHz."""

Frames = NDArray[np.complex64]


def new() -> WienerFilter:
    return WienerFilter(CARD, RATE)


def stems(pans_rad: tuple[float, ...] = PANS_RAD, seed: int = 0) -> Frames:
    """Stems that swell and fade apart in each bin, each at its place: (N, S, C, F)."""
    rng = np.random.default_rng(seed)
    source = rng.normal(size=(2, FRAMES, STEMS, BINS))
    swell = 10.0 ** np.repeat(rng.uniform(-1.5, 0.5, (FRAMES // 10, STEMS, BINS)), 10, axis=0)
    place = np.stack([np.cos(pans_rad), np.sin(pans_rad)], axis=1)
    return ((source[0] + 1j * source[1]) * swell)[:, :, None, :].astype(np.complex64) * place[None, :, :, None].astype(
        np.complex64
    )


def by_power(true: Frames) -> Frames:
    """The mixture shared out by the true powers, channels alike: the best that a network could do without their places."""
    power = (np.abs(true) ** 2).mean(axis=2, keepdims=True)
    return power / power.sum(axis=1, keepdims=True) * true.sum(axis=1, keepdims=True)


def filtered(wiener: WienerFilter, mixture: Frames, guesses: Frames, of: Card = CARD) -> Frames:
    """(N, C, F) and (N, S, C, F) to (N, S, C, F)."""
    hops = []
    for x, y in zip(mixture, guesses, strict=True):
        frame, guess = (np.ascontiguousarray(z).view(np.float32) for z in (x, y))
        out = wiener.step(frame.reshape(of.shape_in), guess.reshape(of.shape_out))
        hops.append(out.view(np.complex64)[0, 0, ..., 0].copy())
    return np.stack(hops)


def ratio_db(true: Frames, guess: Frames) -> NDArray[np.float64]:
    """SDR of each stem."""
    energy, error = (np.sum(np.abs(z) ** 2, axis=(0, 2, 3)) for z in (true, true - guess))
    return 10.0 * np.log10(energy / error)


def test_places_make_more_of_the_same_powers() -> None:
    true = stems()
    guesses, late = by_power(true), slice(FRAMES // 2, None)
    found = filtered(new(), true.sum(axis=1), guesses)
    gain = ratio_db(true[late], found[late]) - ratio_db(true[late], guesses[late])
    assert gain.min() > 1.0
    assert gain.mean() > 2.0


def test_stems_in_one_place_lose_next_to_nothing() -> None:
    true = stems((0.25 * np.pi,) * STEMS)
    guesses = by_power(true)
    loss = ratio_db(true, guesses) - ratio_db(true, filtered(new(), true.sum(axis=1), guesses))
    assert loss.max() < 0.5


def test_stems_that_change_places_are_followed() -> None:
    true = np.concatenate([stems(), *(stems(PANS_RAD[::-1], seed) for seed in (1, 2, 3))])
    guesses = by_power(true)
    found = filtered(new(), true.sum(axis=1), guesses)
    misled, late = slice(FRAMES, FRAMES + 50), slice(-FRAMES // 2, None)
    assert (ratio_db(true[misled], found[misled]) - ratio_db(true[misled], guesses[misled])).mean() < 0.0
    assert (ratio_db(true[late], found[late]) - ratio_db(true[late], guesses[late])).mean() > 2.0


@pytest.mark.parametrize("hop", [128, 512])
def test_every_bin_learns_and_as_fast_at_any_hop(hop: int) -> None:
    long = card(
        hop=hop, synthesis=2 * hop, delay=hop, stride=512 // hop
    )  # 1025 bins: several tiles, which with short hops take turns
    true = np.tile(stems()[: FRAMES // 2], 8)[..., :1025].repeat(512 // hop, axis=0)
    guesses, late = by_power(true), slice(-len(true) // 3, None)
    found = filtered(WienerFilter(long, 44100), true.sum(axis=1), guesses, long)
    for bins in np.array_split(np.arange(1025), 10):
        part = (late, slice(None), slice(None), bins)
        assert (ratio_db(true[part], found[part]) - ratio_db(true[part], guesses[part])).mean() > 1.5


@pytest.mark.parametrize("level", [1e-6, 1.0, 1e6])
def test_stems_add_up_to_the_mixture_whatever_the_network_says(level: float) -> None:
    rng = np.random.default_rng(1)
    mixture = level * stems()[:50].sum(axis=1)
    guesses = mixture[:, None] * rng.uniform(0.0, 1.0, (50, STEMS, 1, BINS)).astype(np.float32) ** 8
    guesses[:, 2] = 0.0
    guesses[20:30] = 0.0
    total = filtered(new(), mixture, guesses).sum(axis=1)
    np.testing.assert_allclose(total, mixture, atol=FLOAT32_SUM * np.abs(mixture).max())


def test_level_does_not_matter() -> None:
    true = stems()[:100]
    mixture, guesses = true.sum(axis=1), by_power(true)
    loud, quiet = (filtered(new(), np.float32(gain) * mixture, np.float32(gain) * guesses) for gain in (1.0, 1e-3))
    np.testing.assert_allclose(1e3 * quiet, loud, atol=1e-4 * np.abs(loud).max())


def test_silence_gives_silence_and_teaches_nothing() -> None:
    true = stems()[:100]
    mixture, guesses = true.sum(axis=1), by_power(true)
    wiener, other = new(), new()
    filtered(wiener, mixture, guesses)
    filtered(other, mixture, guesses)
    for level in (0.0, 1e-41, 1e-20):
        quiet = np.full((40, CHANNELS, BINS), level, np.complex64)
        out = filtered(wiener, quiet, np.repeat(quiet[:, None], STEMS, axis=1))
        assert np.isfinite(out).all()
        assert np.abs(out).max() <= level
    first = filtered(wiener, mixture[:1], guesses[:1])
    np.testing.assert_array_equal(first, filtered(other, mixture[:1], guesses[:1]))


def test_channels_that_are_alike_or_silent_are_borne() -> None:
    mixture = stems()[:200].sum(axis=1)
    mixture[:, 1] = mixture[:, 0]
    mixture[100:, 1] = 0.0
    guesses = np.repeat(mixture[:, None], STEMS, axis=1) * np.array([1.0, 0.3, 0.0, 1e-4], np.complex64)[:, None, None]
    out = filtered(new(), mixture, guesses)
    assert np.abs(out).max() < 2.0 * np.abs(mixture).max()
    np.testing.assert_allclose(out.sum(axis=1), mixture, atol=FLOAT32_SUM * np.abs(mixture).max())
