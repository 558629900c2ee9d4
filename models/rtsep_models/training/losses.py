"""What training makes small: errors of the stems' frames, as they will be heard live, and leakage where a stem is silent.

For a stem that sounds, `error_db` is its uSDR but for a constant; for one that is silent it is its leakage. Both are floored at
`FLOOR`, and silence weighs less: with a floor of -30 dB and equal weights, a network learned that the safest vocals are none at
all, because saying nothing wins more where nobody sings than it loses where somebody does. Stems that are not valid (a bass
hidden in `other`) are scored as one, by their sum.

Heitkaemper et al., "Demystifying TasNet", 2020 (a floor under the logarithm); Wisdom et al., "What's all the fuss about free
universal sound separation data?", 2021 (the mixture's energy as the measure).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from rtsep_models.streaming.bands import Layout, gather

FLOOR = 2e-2
"""Of the mixture's energy: errors below it (-17 dB) hardly count."""
SILENT = 3e-3
"""Of the mixture's energy: a stem below it (-25 dB) is silent."""
SILENT_WEIGHT = 0.3
"""Of a silent stem, against one that sounds."""
TINY = 1e-8


def merge_invalid(valid: Tensor) -> tuple[Tensor, Tensor]:
    """Invalid stems of a segment go into the first of them: the matrix (B, to, from), and which stems then count (B, S)."""
    merge = torch.diag_embed(valid.float())
    counted = valid.clone()
    for b in range(len(valid)):
        hidden = (~valid[b]).nonzero().flatten()
        if len(hidden):
            merge[b, hidden[0], hidden] = 1.0
            counted[b, hidden[0]] = True
    return merge, counted.float()


def error_db(error: Tensor, energy: Tensor, mixture: Tensor, counted: Tensor) -> Tensor:
    """Mean over the counted stems of 10 log10(error / mixture + FLOOR): energies of error and stem (B, S), mixture (B,)."""
    mixture = mixture[:, None] + TINY
    weight = torch.where(energy < SILENT * mixture, SILENT_WEIGHT, 1.0) * counted
    return (10.0 * (error / mixture + FLOOR).log10() * weight).sum() / weight.sum()


def frame_error_db(estimate: Tensor, target: Tensor, valid: Tensor) -> Tensor:
    """Of stems' frames (B, N, S, C, F, 2) against the true ones."""
    merge, counted = merge_invalid(valid)
    difference, true = (torch.einsum("bts,bnscfr->bntcfr", merge, x) for x in (estimate - target, target))
    mixture = target.sum(dim=2).square().sum(dim=(1, 2, 3, 4))
    error, energy = (x.square().sum(dim=(1, 3, 4, 5)) for x in (difference, true))
    return error_db(error, energy, mixture, counted)


def sample_error_db(estimate: Tensor, target: Tensor, valid: Tensor) -> Tensor:
    """Of stems' samples (B, S, C, T) against the true ones."""
    merge, counted = merge_invalid(valid)
    difference, true = (torch.einsum("bts,bscn->btcn", merge, x) for x in (estimate - target, target))
    mixture = target.sum(dim=1).square().sum(dim=(1, 2))
    error, energy = (x.square().sum(dim=(2, 3)) for x in (difference, true))
    return error_db(error, energy, mixture, counted)


class MaskProducts(NamedTuple):
    """Inner products of stems' spectra over all frames, channels and bins, real parts: (B, S) each, hidden stems merged."""

    estimate: Tensor
    """Of the mixture times its masks with itself."""
    estimate_stem: Tensor
    estimate_mixture: Tensor
    stem: Tensor
    stem_mixture: Tensor
    mixture: Tensor
    """(B,)."""
    counted: Tensor
    """Which stems are there to be counted."""


def mask_products(masks: Tensor, target: Tensor, valid: Tensor, layout: Layout, coarse: Layout) -> MaskProducts:
    """Of masks (B, N, 1 or 2, S, C, G) on the sum of the true frames (B, N, S, C, F, 2), without a product of frames.

    With estimate M X: |M X|^2 = |M|^2 |X|^2 and Re(conj(M X) S) = Re(conj(M) conj(X) S), where all but M can be added up over
    the bins that share a mask before anything has to be differentiated.
    """
    merge, counted = merge_invalid(valid)
    with torch.no_grad():
        mixture = torch.view_as_complex(target.sum(dim=2))
        true = torch.view_as_complex(torch.einsum("bts,bnscfr->bntcfr", merge, target).contiguous())
        power = gather(mixture.abs().square(), layout, coarse).unsqueeze(2)
        cross = mixture.conj().unsqueeze(2) * true
        both = torch.stack([gather(part, layout, coarse) for part in (cross.real, cross.imag)], dim=2)
        stem = true.abs().square().sum(dim=(1, 3, 4))
    merged = torch.einsum("bts,bnpscg->bnptcg", merge, masks)

    def total(x: Tensor) -> Tensor:
        return x.sum(dim=(1, 3, 4))

    return MaskProducts(
        estimate=total(merged.square().sum(dim=2) * power),
        estimate_stem=total((merged * both[:, :, : masks.shape[2]]).sum(dim=2)),
        estimate_mixture=total(merged[:, :, 0] * power),
        stem=stem,
        stem_mixture=total(cross.real),
        mixture=mixture.abs().square().sum(dim=(1, 2, 3)),
        counted=counted,
    )


def products_error_db(products: MaskProducts) -> Tensor:
    """|M X - S|^2 = |M X|^2 - 2 Re(conj(M X) S) + |S|^2, as `error_db` counts it."""
    error = products.estimate - 2.0 * products.estimate_stem + products.stem
    return error_db(error.clamp_min(0.0), products.stem, products.mixture, products.counted)


def mask_error_db(masks: Tensor, target: Tensor, valid: Tensor, layout: Layout, coarse: Layout) -> Tensor:
    """Of masks (B, N, 1 or 2, S, C, G) on the sum of the true frames (B, N, S, C, F, 2): the same number, at a fraction."""
    return products_error_db(mask_products(masks, target, valid, layout, coarse))
