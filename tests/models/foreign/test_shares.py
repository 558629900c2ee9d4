"""Stems as shares of a mixture."""

from __future__ import annotations

import numpy as np
import pytest

from rtsep_models.foreign.axes import Array
from rtsep_models.foreign.shares import extended, ratios, wiener


def spectra(stems: int, seed: int = 0) -> Array:
    """Stems (S, 2, N, F), each from a place of its own, one loud where the others are quiet."""
    random = np.random.default_rng(seed)
    shape = (stems, 40, 17)
    mono = random.normal(size=shape) + 1j * random.normal(size=shape)
    mono *= 10.0 ** random.uniform(-2, 0, shape)
    angles = np.linspace(0.2, 1.3, stems)
    places = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return (mono[:, None] * places[:, :, None, None]).astype(np.complex64)


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_ratios_add_up_to_one_and_silence_is_shared_out_evenly(power: float) -> None:
    stems = spectra(3)
    stems[:, :, 5] = 0.0
    masks = ratios(stems, power)
    np.testing.assert_allclose(masks.sum(axis=0), 1.0, atol=1e-6)
    np.testing.assert_allclose(masks[:, :, 5], 1 / 3, atol=1e-6)
    louder = np.square(np.abs(stems[0])) > 2.0 * np.square(np.abs(stems[1]))
    assert (masks[0] > masks[1])[louder].all()


def test_masks_are_extended_and_kept() -> None:
    masks = np.arange(6.0).reshape(2, 3)
    assert extended(masks, 5, "zero").tolist() == [[0, 1, 2, 0, 0], [3, 4, 5, 0, 0]]
    assert extended(masks, 4, "mean")[:, 3].tolist() == [1.0, 4.0]
    assert extended(masks, 3, "mean").tolist() == masks.tolist()


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_wiener_filter_knows_the_places_of_stems(rounds: int) -> None:
    true = spectra(2)
    mixture = true.sum(axis=0)
    guess = np.abs(true) * np.exp(1j * np.angle(mixture))  # true magnitudes, the mixture's phases
    found = wiener(guess.astype(np.complex64), mixture, rounds)
    np.testing.assert_allclose(found.sum(axis=0), mixture, atol=1e-4)

    def error(stems: Array) -> float:
        return float(np.square(np.abs(stems - true)).sum())

    assert error(found) < 0.5 * error(ratios(guess, 2.0) * mixture)


def test_a_wiener_filter_of_mono_and_of_silence_is_a_ratio() -> None:
    mono = spectra(3)[:, :1]
    mixture = mono.sum(axis=0)
    mixture[:, 3] = 0.0
    for channels in (1, 2):
        guess, whole = np.repeat(mono, channels, axis=1), np.repeat(mixture, channels, axis=0)
        found = wiener(guess, whole, 1)
        powers = np.square(np.abs(guess))
        np.testing.assert_allclose(found, powers / powers.sum(axis=0) * whole, atol=1e-4)
