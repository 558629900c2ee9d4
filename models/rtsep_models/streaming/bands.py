"""Band split: a spectrum as bands that are narrow below and wide above, and the way back to bins. No memory of their own.

A layout is a tuple of (bins per band, number of such bands), from 0 Hz upwards. Bands of equal width share one batched
matrix product; each has weights of its own.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

import torch
from torch import Tensor, nn

from rtsep.errors import ConfigError

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


def coarser(layout: Layout, limit: int) -> Layout:
    """The layout of values where a band has at most `limit` of them, evenly spread over its bins.

    Raises ConfigError if a wider band does not divide evenly.

    >>> coarser(((2, 8), (32, 6)), 16)
    ((2, 8), (16, 6))
    """
    for bins, _ in layout:
        if bins > limit and bins % limit:
            raise ConfigError(f"a band of {bins} bins cannot hold {limit} values evenly; choose a multiple of {limit}")
    return tuple((min(bins, limit), count) for bins, count in layout)


def _runs(layout: Layout, coarse: Layout) -> list[tuple[int, int]]:
    """How many bins share a value, and how many values in a row are shared by so many.

    >>> _runs(((2, 8), (4, 2), (6, 2)), ((2, 8), (4, 2), (3, 2)))
    [(1, 24), (2, 6)]
    """
    pairs = zip(layout, coarse, strict=True)
    each = [(bins // values, values * count) for (bins, count), (values, _) in pairs]
    return [(shared, sum(count for _, count in run)) for shared, run in groupby(each, key=itemgetter(0))]


def spread(x: Tensor, layout: Layout, coarse: Layout) -> Tensor:
    """Repeat values along the last axis, one for each of `coarse`, to one for each bin of `layout`."""
    parts, start = [], 0
    for shared, count in _runs(layout, coarse):
        part = x[..., start : start + count]
        # dim=-1 would make torch's ONNX exporter turn every -1 of the graph into this one's axis (2.13).
        parts.append(part if shared == 1 else part.repeat_interleave(shared, dim=part.ndim - 1))
        start += count
    return torch.cat(parts, dim=-1)


def gather(x: Tensor, layout: Layout, coarse: Layout) -> Tensor:
    """Add up bins along the last axis, one for each of `layout`, to one for each value of `coarse`."""
    parts, start = [], 0
    for shared, count in _runs(layout, coarse):
        part = x[..., start : start + shared * count]
        parts.append(part if shared == 1 else part.unflatten(-1, (count, shared)).sum(dim=-1))
        start += shared * count
    return torch.cat(parts, dim=-1)


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
