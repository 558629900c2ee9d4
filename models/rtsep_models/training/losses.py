"""What training makes small: errors of the stems' frames, as it will be heard live, and leakage where a stem is silent."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

FLOOR = 1e-3
"""Of the mixture's energy: an error below it (-30 dB) counts as none, and a silent stem is allowed that much."""
TINY = 1e-8


class Losses(NamedTuple):
    """Means over the scored stems of a batch, and their sum as it is made small."""

    total: Tensor
    error_db: Tensor
    magnitude: Tensor


def frame_losses(estimate: Tensor, target: Tensor, valid: Tensor, magnitude_weight: float) -> Losses:
    """Losses of stems' frames (B, N, S, C, F, 2) against the true ones; `valid` (B, S) says which truths are separate.

    - `error_db`: 10 log10 of the error's energy over the mixture's, per stem and segment. For a stem that sounds, this is
      its uSDR but for a constant; for one that is silent it is its leakage. Both are floored at `FLOOR`.
    - `magnitude`: mean absolute error of the square roots of magnitudes, which the ear weighs more nearly as it does.

    Stems that are not valid (a bass hidden in `other`) are scored as one, by their sum.

    Heitkaemper et al., "Demystifying TasNet", 2020 (thresholded logarithmic error); Wisdom et al., "What's all the fuss
    about free universal sound separation data?", 2021 (the mixture's energy as the floor).
    """
    estimate, target, scored = _merge_invalid(estimate, target, valid)
    mixture = target.sum(dim=2).square().sum(dim=(1, 2, 3, 4)) + TINY  # (B,)
    error = (estimate - target).square().sum(dim=(1, 3, 4, 5))  # (B, S)
    error_db = 10.0 * (error / mixture[:, None] + FLOOR).log10()
    weight = scored / scored.sum()
    error_db = (error_db * weight).sum()
    total = error_db
    magnitude = estimate.new_zeros(())
    if magnitude_weight:
        level = (mixture / target[:, :, 0].numel() * len(target)).sqrt()[:, None]
        difference = _root_magnitude(estimate) - _root_magnitude(target)
        magnitude = ((difference.abs().mean(dim=(1, 3, 4)) / level.sqrt()) * weight).sum()
        total = total + magnitude_weight * magnitude
    return Losses(total, error_db.detach(), magnitude.detach())


def _root_magnitude(frames: Tensor) -> Tensor:
    return (frames.square().sum(dim=-1) + TINY) ** 0.25


def _merge_invalid(estimate: Tensor, target: Tensor, valid: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Invalid stems of a segment are added into the first of them; returns also which stems count, (B, S) float."""
    if bool(valid.all()):
        return estimate, target, valid.float()
    batch = len(valid)
    merge = torch.diag_embed(valid.float())  # (B, to, from)
    counted = valid.clone()
    for b in range(batch):
        hidden = (~valid[b]).nonzero().flatten()
        if len(hidden):
            merge[b, hidden[0], hidden] = 1.0
            counted[b, hidden[0]] = True
    merged = [torch.einsum("bts,bnscfr->bntcfr", merge, x) for x in (estimate, target)]
    return merged[0], merged[1], counted.float()
