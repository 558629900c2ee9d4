"""What is left of muted vocals: closed forms, and nothing for those that only sound alike."""

from __future__ import annotations

import numpy as np
import pytest

from rtsep_models.evaluation.leakage import leakage

RATE = 44100
CHANCE_DB = -25.0
"""Noise of a cell's size resembles the vocals by chance about this much."""


@pytest.fixture(scope="module")
def parts() -> np.ndarray:
    return np.random.default_rng(3).standard_normal((3, 2, 2 * RATE + 441)).astype(np.float32)


@pytest.mark.parametrize("share", [2.0, 1.0, 0.1, -0.01])
def test_a_share_of_the_vocals_is_found_whatever_happens_to_the_rest(parts: np.ndarray, share: float) -> None:
    vocals, rest, _ = parts
    found = leakage(vocals, rest, np.float32(share) * vocals + np.float32(0.5) * rest, RATE)
    assert found.vocals_left_db == pytest.approx(20 * np.log10(abs(share)), abs=1e-3)


def test_vocals_of_which_half_the_spectrum_stays_keep_half_their_energy(parts: np.ndarray) -> None:
    vocals, rest, _ = parts
    spectrum = np.fft.rfft(vocals)
    spectrum[:, spectrum.shape[1] // 2 :] = 0.0
    muffled = np.fft.irfft(spectrum, vocals.shape[1]).astype(np.float32)
    assert leakage(vocals, rest, rest + muffled, RATE).vocals_left_db == pytest.approx(-3.0, abs=0.3)


def test_nothing_is_left_of_vocals_that_are_gone(parts: np.ndarray) -> None:
    vocals, rest, other = parts
    assert leakage(vocals, rest, rest, RATE).vocals_left_db < -100.0
    assert leakage(vocals, rest, rest + other, RATE).vocals_left_db < CHANCE_DB


def test_an_accompaniment_that_doubles_the_vocals_is_no_leak(parts: np.ndarray) -> None:
    vocals, rest, _ = parts
    doubled = rest + np.float32(0.5) * vocals
    assert leakage(vocals, doubled, doubled, RATE).vocals_left_db < -100.0


def test_damage_is_the_ratio_of_the_rest_to_what_is_wrong_with_it(parts: np.ndarray) -> None:
    vocals, rest, _ = parts
    assert leakage(vocals, rest, np.float32(0.9) * rest, RATE).rest_usdr_db == pytest.approx(20.0, abs=1e-3)
