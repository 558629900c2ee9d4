"""Signal-to-distortion ratios: against closed forms, and against museval itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from rtsep_models.evaluation.ratios import Stems, museval_sdr, sounds, usdr

RATE = 8000
RNG_SEED = 5
MUSEVAL_DB = 1e-6
"""museval works in float64 too; the filters that cancel out of its SDR leave their rounding."""


def noise(*shape: int, seed: int = RNG_SEED) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def museval_metrics() -> ModuleType:
    """museval's own arithmetic. The package's front door asks for ffmpeg, which reading and comparing arrays does not need."""
    package = importlib.util.find_spec("museval")
    if package is None or package.origin is None:
        pytest.skip("museval is not installed")
    spec = importlib.util.spec_from_file_location("museval_metrics", Path(package.origin).with_name("metrics.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("scale", [0.0, 0.5, 0.9, 1.5, -1.0])
def test_a_scaled_estimate_scores_by_the_scale_alone(scale: float) -> None:
    stem = noise(2, 1000)
    assert usdr(stem, np.float32(scale) * stem) == pytest.approx(-20 * np.log10(abs(1 - scale)), abs=1e-4)


def test_silence_scores_nought_and_swapped_channels_do_not_pass_for_the_truth() -> None:
    stem = noise(2, 1000)
    assert usdr(stem, 0 * stem) == 0.0
    assert usdr(stem, stem[::-1]) == pytest.approx(-3.0, abs=0.5)


def test_added_noise_scores_at_its_level() -> None:
    stem, other = noise(2, 100_000), noise(2, 100_000, seed=1)
    expected = 10 * np.log10(np.sum(stem.astype(float) ** 2) / np.sum((0.1 * other.astype(float)) ** 2))
    assert usdr(stem, stem + np.float32(0.1) * other) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("frames", [3 * RATE, 3 * RATE + 441, RATE // 2 + 1])
def test_the_framewise_median_is_musevals_sdr(frames: int) -> None:
    true = noise(3, 2, frames)
    true[1] *= np.linspace(0.1, 1.0, frames, dtype=np.float32)
    guess = true + np.float32(0.4) * noise(3, 2, frames, seed=2)
    guess[2] = np.roll(guess[2], 7, axis=-1)
    if frames > 2 * RATE:
        guess[0, :, RATE : 2 * RATE] = 0.0
    sdr, *_ = museval_metrics().bss_eval(
        true.swapaxes(1, 2), guess.swapaxes(1, 2), window=RATE, hop=RATE, filters_len=64
    )
    ours = museval_sdr(dict(zip("abc", true, strict=True)), dict(zip("abc", guess, strict=True)), RATE)
    assert np.isnan(sdr).any() == (frames > 2 * RATE)
    assert list(ours.values()) == pytest.approx(np.nanmedian(sdr, axis=1), abs=MUSEVAL_DB)


def test_estimates_go_by_their_names() -> None:
    true: Stems = dict(zip("ab", noise(2, 2, 4 * RATE), strict=True))
    swapped = {"a": true["b"], "b": true["a"]}
    in_another_order = {"b": true["b"], "a": true["a"]}
    assert max(museval_sdr(true, swapped, RATE).values()) < 0
    assert set(museval_sdr(true, in_another_order, RATE).values()) == {np.inf}


def test_an_estimate_that_is_silent_throughout_has_no_framewise_score() -> None:
    true: Stems = dict(zip("ab", noise(2, 2, 2 * RATE), strict=True))
    assert np.isnan(list(museval_sdr(true, {"a": true["a"], "b": 0 * true["b"]}, RATE).values())).all()


def test_a_stem_sounds_if_it_is_not_far_below_the_mix() -> None:
    stem = noise(2, 1000)
    assert sounds(np.float32(0.02) * stem, stem)
    assert not sounds(np.float32(0.005) * stem, stem)
