"""The error that training makes small: in frames, in masks, with stems that are not known apart."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from rtsep_models.streaming.bands import coarser, spread
from rtsep_models.streaming.stft import Stft
from rtsep_models.training.losses import (
    FLOOR,
    SILENT_WEIGHT,
    error_db,
    frame_error_db,
    mask_error_db,
    merge_invalid,
    sample_error_db,
)
from rtsep_models.training.views import frames_of

LAYOUT = ((2, 3), (6, 2))
COARSE = coarser(LAYOUT, 3)
BINS = 18
FLOOR_DB = 10 * math.log10(FLOOR)
ALL = torch.ones(2, 4, dtype=torch.bool)


def frames(seed: int) -> Tensor:
    """(B, N, S, C, F, 2)."""
    return torch.randn(2, 5, 4, 2, BINS, 2, generator=torch.Generator().manual_seed(seed))


def some_invalid() -> Tensor:
    valid = ALL.clone()
    valid[1, 2:] = False
    return valid


def test_silence_as_estimate_scores_each_stem_against_the_mixture() -> None:
    target = frames(0)
    energy = target.square().sum(dim=(1, 3, 4, 5))
    mixture = target.sum(dim=2).square().sum(dim=(1, 2, 3, 4))
    expected = 10 * (energy / mixture[:, None] + FLOOR).log10().mean()
    torch.testing.assert_close(frame_error_db(0 * target, target, ALL), expected)


def test_a_perfect_estimate_reaches_the_floor_and_no_further() -> None:
    target = frames(0)
    assert frame_error_db(target, target, ALL).item() == pytest.approx(FLOOR_DB, abs=1e-3)


def test_leakage_into_a_silent_stem_is_punished() -> None:
    target = frames(0)
    target[:, :, 1] = 0.0
    quiet, loud = target.clone(), target.clone()
    loud[:, :, 1] = 0.3 * target[:, :, 0]
    assert frame_error_db(quiet, target, ALL) < frame_error_db(loud, target, ALL) - 0.1


def test_silence_weighs_less_than_sound() -> None:
    energy, mixture = torch.tensor([[1.0, 0.0]]), torch.tensor([1.0])
    wrong_in_sound = error_db(torch.tensor([[0.5, 0.0]]), energy, mixture, torch.ones(1, 2))
    wrong_in_silence = error_db(torch.tensor([[0.0, 0.5]]), energy, mixture, torch.ones(1, 2))
    assert wrong_in_silence.item() - FLOOR_DB == pytest.approx(
        SILENT_WEIGHT * (wrong_in_sound.item() - FLOOR_DB), rel=1e-4
    )


@pytest.mark.parametrize("parts", [1, 2])
@pytest.mark.parametrize("valid", [ALL, some_invalid()], ids=["all valid", "some not"])
def test_masks_score_as_the_frames_they_make(parts: int, valid: Tensor) -> None:
    target = frames(1)
    masks = torch.rand(2, 5, parts, 4, 2, sum(count * values for values, count in COARSE)) - 0.2
    whole = spread(masks, LAYOUT, COARSE)
    mixture = target.sum(dim=2, keepdim=True)
    turned = torch.stack([-mixture[..., 1], mixture[..., 0]], dim=-1)
    estimate = whole[:, :, 0, ..., None] * mixture
    if parts == 2:
        estimate = estimate + whole[:, :, 1, ..., None] * turned
    by_masks = mask_error_db(masks, target, valid, LAYOUT, COARSE)
    torch.testing.assert_close(by_masks, frame_error_db(estimate, target, valid), atol=1e-4, rtol=1e-4)


def test_samples_score_as_the_frames_of_windows_that_reconstruct() -> None:
    generator = torch.Generator().manual_seed(0)
    target = torch.randn(2, 4, 2, 6400, generator=generator) * torch.rand(2, 4, 1, 1, generator=generator)
    estimate = target + 0.3 * torch.randn(target.shape, generator=generator)
    valid = torch.tensor([[True] * 4, [True, True, False, False]])
    frames = frame_error_db(frames_of(Stft(128, 64), estimate), frames_of(Stft(128, 64), target), valid)
    torch.testing.assert_close(sample_error_db(estimate, target, valid), frames, atol=0.02, rtol=0.0)


def test_bass_and_other_that_are_not_known_apart_count_by_their_sum() -> None:
    target = frames(2)
    swapped = target[:, :, [0, 1, 3, 2]]
    hidden = ALL.clone()
    hidden[:, 2:] = False
    assert frame_error_db(swapped, target, hidden).item() == pytest.approx(FLOOR_DB, abs=0.01)
    assert frame_error_db(swapped, target, ALL).item() > FLOOR_DB + 5.0


def test_merging_keeps_known_stems_and_counts_hidden_ones_once() -> None:
    merge, counted = merge_invalid(some_invalid())
    torch.testing.assert_close(merge[0], torch.eye(4))
    assert counted.tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    assert merge[1].tolist() == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]]
