"""The contrastive cosine distance: angles, and what it leaves to the error that sets the level."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from rtsep.errors import ConfigError
from rtsep_models.networks.hs_tasnet import HsTasNet
from rtsep_models.networks.student_lstm import StudentLstm
from rtsep_models.training.config import Transform
from rtsep_models.training.contrastive import ContrastiveObjective, contrastive_loss
from rtsep_models.training.losses import frame_error_db, mask_products
from rtsep_models.training.systems import ContrastiveSystem, SpectrumSystem, system_of
from rtsep_models.training.views import View

LAYOUT = ((1, 18),)
ALL = torch.ones(2, 4, dtype=torch.bool)
TIER = Transform(64, 64, 32)
ONLY_ANGLES = {"error": 1e-9}


def frames(seed: int = 0) -> Tensor:
    """(B, N, S, C, F, 2)."""
    return torch.randn(2, 5, 4, 2, 18, 2, generator=torch.Generator().manual_seed(seed))


def masks_of(estimate: Tensor, target: Tensor) -> Tensor:
    """Complex masks (B, N, 2, S, C, F) that make the estimate of the sum of the target."""
    mixture = torch.view_as_complex(target.sum(dim=2))[:, :, None]
    masks = torch.view_as_complex(estimate.contiguous()) / mixture
    return torch.stack([masks.real, masks.imag], dim=2)


def loss(estimate: Tensor, target: Tensor, valid: Tensor = ALL, **weights: float) -> Tensor:
    products = mask_products(masks_of(estimate, target), target, valid, LAYOUT, LAYOUT)
    return contrastive_loss(products, ContrastiveObjective(**(ONLY_ANGLES | weights)))


def stems() -> Tensor:
    return torch.randn(2, 4, 2, 32 * 12, generator=torch.Generator().manual_seed(1))


def system(objective: dict[str, Any]) -> SpectrumSystem:
    torch.manual_seed(0)
    made = system_of(StudentLstm(layout=((1, 33),), hidden=6, pre_fc=5), (TIER,), objective)
    assert isinstance(made, SpectrumSystem)
    return made


def test_the_terms_are_the_angles_between_whole_spectra() -> None:
    estimate, target = frames(1), frames()
    rest = target.sum(dim=2, keepdim=True) - target
    cosine = torch.nn.CosineSimilarity(dim=-1)
    flat = [x.transpose(1, 2).flatten(2) for x in (estimate, target, rest)]
    to_stem, to_rest, own = cosine(flat[0], flat[1]), cosine(flat[0], flat[2]), cosine(flat[1], flat[2])
    towards, away = (1 - to_stem).mean(), (to_rest - own).clamp_min(0).mean()
    torch.testing.assert_close(loss(estimate, target, towards=1.0, away=0.0), towards, atol=1e-4, rtol=1e-3)
    torch.testing.assert_close(loss(estimate, target, towards=0.0, away=2.0), 2 * away, atol=1e-4, rtol=1e-3)


def test_the_stems_themselves_are_best_and_the_rest_is_worse_than_the_mixture() -> None:
    target = frames()
    mixture = target.sum(dim=2, keepdim=True).expand_as(target)
    right, mixed, wrong = (loss(x, target).item() for x in (target, mixture, mixture - target))
    assert right == pytest.approx(0.0, abs=1e-4)
    assert right < mixed < wrong


def test_angles_see_no_level_and_the_error_does() -> None:
    target = frames()
    assert loss(7.0 * target, target).item() == pytest.approx(0.0, abs=1e-4)
    assert loss(7.0 * target, target, error=1.0) > loss(target, target, error=1.0) + 0.5


@pytest.mark.parametrize("silent", [[0], [1, 2, 3], [0, 1, 2, 3]], ids=["one stem", "all but one", "all"])
def test_silence_has_no_angle_and_no_nan(silent: list[int]) -> None:
    target = frames()
    target[0, :, silent] = 0.0
    masks = torch.full((2, 5, 2, 4, 2, 18), 0.25, requires_grad=True)
    angles = contrastive_loss(mask_products(masks, target, ALL, LAYOUT, LAYOUT), ContrastiveObjective())
    angles.backward()
    assert angles.isfinite()
    assert masks.grad is not None
    assert masks.grad.isfinite().all()


def test_a_silent_estimate_has_no_angle_and_a_slope() -> None:
    target = frames()
    masks = torch.zeros(2, 5, 2, 4, 2, 18, requires_grad=True)
    contrastive_loss(mask_products(masks, target, ALL, LAYOUT, LAYOUT), ContrastiveObjective()).backward()
    assert masks.grad is not None
    assert masks.grad.isfinite().all()
    assert masks.grad.any()


def test_bass_and_other_that_are_not_known_apart_have_one_angle() -> None:
    target, hidden = frames(), ALL.clone()
    hidden[:, 2:] = False
    swapped = target[:, :, [0, 1, 3, 2]]
    assert loss(swapped, target, hidden).item() == pytest.approx(0.0, abs=1e-4)
    assert loss(swapped, target).item() > 0.3


@torch.no_grad()
def test_validation_scores_the_error_that_all_networks_have() -> None:
    contrastive, plain = system({"away": 0.5}), system({})
    assert isinstance(contrastive, ContrastiveSystem)
    assert not isinstance(plain, ContrastiveSystem)
    view = View(0, 0)
    assert contrastive(stems(), ALL, view, 64) != plain(stems(), ALL, view, 64)
    assert contrastive.eval()(stems(), ALL, view, 64) == plain.eval()(stems(), ALL, view, 64)


@torch.no_grad()
def test_that_error_is_the_one_of_its_frames() -> None:
    target = frames()
    estimate = frames(1)
    products = mask_products(masks_of(estimate, target), target, ALL, LAYOUT, LAYOUT)
    error = contrastive_loss(products, ContrastiveObjective(towards=0.0, away=0.0, error=10.0))
    torch.testing.assert_close(error, frame_error_db(estimate, target, ALL), atol=1e-3, rtol=1e-3)


@pytest.mark.parametrize(
    ("objective", "message"),
    [
        ({"toward": 1.0}, "toward"),
        ({"away": "far"}, "away"),
        ({"away": -1.0}, "must be >= 0"),
        ({"error": 0.0}, "levels"),
    ],
)
def test_an_objective_that_is_none_is_refused(objective: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        system(objective)


def test_a_network_of_waveforms_has_no_such_objective() -> None:
    with pytest.raises(ConfigError, match="HsTasNet has one objective"):
        system_of(HsTasNet(window=64, hop=32, bases=8, width=8), (TIER,), {"away": 1.0})
