"""Band split: a spectrum as bands that are narrow below and wide above, and the way back to bins. No memory of their own.

A layout is a tuple of (bins per band, number of such bands), from 0 Hz upwards. Bands of equal width share one batched
matrix product; each has weights of its own.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

Layout = tuple[tuple[int, int], ...]


def bins_of(layout: Layout) -> int:
    """Bins that a layout covers.

    >>> bins_of(((2, 8), (4, 2)))
    24
    """
    return sum(width * count for width, count in layout)


def bands_of(layout: Layout) -> int:
    """Number of bands."""
    return sum(count for _, count in layout)


class BandLinear(nn.Module):
    """One linear map per band, all of the same size: (B, N, K, I) to (B, N, K, O)."""

    def __init__(self, bands: int, inputs: int, outputs: int) -> None:
        super().__init__()
        bound = inputs**-0.5
        self.weight = nn.Parameter(torch.empty(bands, inputs, outputs).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(bands, 1, outputs))

    def forward(self, x: Tensor) -> Tensor:
        batch, count, bands, inputs = x.shape
        rows = x.permute(2, 0, 1, 3).reshape(bands, batch * count, inputs)
        y = torch.baddbmm(self.bias, rows, self.weight)
        return y.reshape(bands, batch, count, -1).permute(1, 2, 0, 3)


class BandSplit(nn.Module):
    """Features of each bin, (B, N, F, I), to one vector for each band, (B, N, K, D). Bins above the layout are not read."""

    def __init__(self, layout: Layout, features: int, width: int) -> None:
        super().__init__()
        self.layout = layout
        self.maps = nn.ModuleList(BandLinear(count, bins * features, width) for bins, count in layout)

    def forward(self, x: Tensor) -> Tensor:
        parts, start = [], 0
        for (bins, count), linear in zip(self.layout, self.maps, strict=True):
            group = x[:, :, start : start + bins * count]
            parts.append(linear(group.reshape(*x.shape[:2], count, -1)))
            start += bins * count
        return torch.cat(parts, dim=2)


class BandMerge(nn.Module):
    """One vector for each band, (B, N, K, D), to values for each bin, (B, N, F, O); F is what the layout covers."""

    def __init__(self, layout: Layout, width: int, outputs: int) -> None:
        super().__init__()
        self.layout, self.outputs = layout, outputs
        self.maps = nn.ModuleList(BandLinear(count, width, bins * outputs) for bins, count in layout)

    def forward(self, x: Tensor) -> Tensor:
        parts, start = [], 0
        for (bins, count), linear in zip(self.layout, self.maps, strict=True):
            group = linear(x[:, :, start : start + count])
            parts.append(group.reshape(*x.shape[:2], bins * count, self.outputs))
            start += count
        return torch.cat(parts, dim=2)
