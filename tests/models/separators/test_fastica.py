"""Does it find independent components? Laplacian sources mixed by a matrix, told apart by their place."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from rtsep.errors import SeparatorError
from rtsep_models.separators.fastica import FastIca
from rtsep_models.separators.fastica_machine import CENTRAL, EDGES_HZ, Machine

RATE = 44100
HOP = 128
VOCALS, DRUMS, BASS, OTHER = range(4)
LEARN_S = 8.0

Signal = NDArray[np.float32]


def laplacian(seconds: float, seed: int) -> NDArray[np.float64]:
    """Noise whose variance is exponential, drawn anew every 46 ms: its samples have Laplace's distribution, also in bins."""
    rng = np.random.default_rng(seed)
    length = int(seconds * RATE) // HOP * HOP
    loudness = np.sqrt(rng.exponential(size=length // 2048 + 1)).repeat(2048)[:length]
    return 0.05 * loudness * rng.standard_normal(length)


def scene(centre: tuple[float, float], aside: tuple[float, float], seconds: float = LEARN_S + 3.0) -> Signal:
    """Images (2 sources, 2 channels, T) of two independent sources with these gains in left and right."""
    return np.stack([np.outer(gains, laplacian(seconds, seed)) for seed, gains in enumerate((centre, aside))]).astype(
        np.float32
    )


def separated(mix: Signal) -> Signal:
    """Stems (4, 2, T - delay)."""
    machine = Machine(RATE, HOP)
    stems, out = np.empty((4, *mix.shape), np.float32), np.empty((4, 2, HOP), np.float32)
    for start in range(0, mix.shape[1], HOP):
        machine.process(np.ascontiguousarray(mix[:, start : start + HOP]), out)
        stems[..., start : start + HOP] = out
    return stems[..., HOP:]


def ratio_db(true: Signal, guess: Signal) -> float:
    """Once it has had time to learn."""
    start = int(LEARN_S * RATE)
    true, guess = true[:, start : guess.shape[1]], guess[:, start:]
    return float(10 * np.log10(np.sum(true**2) / np.sum((true - guess) ** 2)))


@pytest.mark.parametrize("aside", [(0.9, 0.2), (0.1, 0.6), (0.7, -0.7)])
def test_two_laplacian_sources_are_told_apart(aside: tuple[float, float]) -> None:
    images = scene((0.7, 0.72), aside)
    stems = separated(images.sum(axis=0))
    assert ratio_db(images[0], stems[:OTHER].sum(axis=0)) > 12.0
    assert ratio_db(images[1], stems[OTHER]) > 10.0


def test_a_mono_mix_has_one_component_in_the_middle() -> None:
    mix = np.stack([laplacian(3.0, 0)] * 2).astype(np.float32)
    stems = separated(mix)
    assert np.sum(stems[OTHER] ** 2) < 1e-4 * np.sum(mix**2)


@pytest.mark.parametrize(("hz", "stem"), [(60.0, BASS), (1000.0, VOCALS), (9000.0, DRUMS)])
def test_what_is_in_the_middle_goes_by_its_frequency(hz: float, stem: int) -> None:
    t = np.arange(3 * RATE // HOP * HOP) / RATE
    stems = separated(np.stack([0.3 * np.sin(2 * np.pi * hz * t)] * 2).astype(np.float32))
    energy = np.sum(stems[..., RATE:] ** 2, axis=(1, 2))
    assert energy.argmax() == stem


def test_what_is_at_the_side_is_other() -> None:
    images = scene((0.7, 0.7), (1.0, -0.2))
    stems = separated(images.sum(axis=0))
    share = np.sum(stems[OTHER, :, int(LEARN_S * RATE) :] ** 2) / np.sum(stems[..., int(LEARN_S * RATE) :] ** 2)
    assert share > 0.4


def test_every_band_has_a_stem() -> None:
    assert len(CENTRAL) == len(EDGES_HZ) + 1


def test_an_unknown_sample_rate_is_refused_with_a_remedy() -> None:
    with pytest.raises(SeparatorError, match="resample"):
        FastIca().prepare(22050)
