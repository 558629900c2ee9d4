"""Networks whose stems are the frames they hear, times masks that neighbouring bins of a wide band share."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor

from rtsep_models.domain import Domain
from rtsep_models.streaming.bands import Layout, bins_of, spread
from rtsep_models.streaming.contract import Network, State


def masked(frames: Tensor, masks: Tensor, layout: Layout, coarse: Layout) -> Tensor:
    """Frames (B, N, C, F, 2) times masks, (B, N, 1 or 2, S, C, G) for each value of the coarse layout: (B, N, S, C, F, 2).

    Masks are real, or real and imaginary part. Bins above the layout go with its highest.
    """
    masks = spread(masks, layout, coarse)
    above = frames.shape[3] - bins_of(layout)
    masks = torch.cat([masks, masks[..., -1:].expand(*masks.shape[:5], above)], dim=5).unsqueeze(5)
    # With the bins last, arithmetic runs over long rows; over pairs it takes ten times as long.
    x = frames.transpose(3, 4).unsqueeze(2)  # (B, N, 1, C, 2, F)
    y = masks[:, :, 0] * x
    if masks.shape[2] == 2:
        y = y + masks[:, :, 1] * torch.cat([-x[..., 1:, :], x[..., :1, :]], dim=4)
    return y.transpose(4, 5)


class MaskNetwork(Network):
    """Frames (B, N, C, F, 2) to the stems' frames (B, N, S, C, F, 2) by masks alone, which is what training then scores: of
    the same error it takes a fraction."""

    domain: ClassVar[Domain] = "spectrum"
    layout: Layout
    coarse: Layout
    """The layout of the masks."""

    def masks(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """As `stream`, but the masks that `masked` takes."""
        raise NotImplementedError

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        masks, after = self.masks(x, state)
        return masked(x, masks, self.layout, self.coarse), after
