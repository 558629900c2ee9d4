"""Convolutions over a few frames as plain products: torch's own take four times as long, ONNX Runtime's twice."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.layers import CausalConv1d


class _Products(StreamingModule):
    """What either has of `CausalConv1d`: the frames in sight, and where each tap begins."""

    def __init__(self, like: CausalConv1d) -> None:
        super().__init__()
        self.inputs, self.past = like.inputs, like.past
        self.starts = [k * like.conv.dilation[0] for k in range(like.conv.kernel_size[0])]
        assert like.conv.bias is not None
        self.bias = like.conv.bias

    def initial_state(self, batch: int) -> State:
        """The frames still in sight: (B, past, I)."""
        return (self.bias.new_zeros(batch, self.past, self.inputs),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=1)
        taps = [line[:, start : start + x.shape[1]] for start in self.starts]
        return self.convolved(taps), (line[:, line.shape[1] - self.past :],)

    def convolved(self, taps: list[Tensor]) -> Tensor:
        """What each tap sees, (B, N, I), to (B, N, O)."""
        raise NotImplementedError


class ProductConv1d(_Products):
    """`CausalConv1d`, (B, N, I) to (B, N, O): the frames that a kernel sees side by side, times all of its weights."""

    def __init__(self, like: CausalConv1d) -> None:
        """Raises ValueError for a convolution in groups."""
        super().__init__(like)
        if like.conv.groups > 1:
            raise ValueError(f"a convolution in {like.conv.groups} groups is no plain product; leave it as it is")
        self.weight = nn.Parameter(like.conv.weight.detach().transpose(1, 2).flatten(1))

    def convolved(self, taps: list[Tensor]) -> Tensor:
        return functional.linear(torch.cat(taps, dim=2), self.weight, self.bias)


class ProductsOfEachChannel(_Products):
    """`CausalConv1d` with a group for each channel, (B, N, C) to the same: the frames that a kernel sees, times a weight each.

    ONNX Runtime's own wants the frames last, and takes twice as long with both turns.
    """

    def __init__(self, like: CausalConv1d) -> None:
        """Raises ValueError unless every channel is a group of its own."""
        super().__init__(like)
        if not like.conv.groups == like.conv.in_channels == like.conv.out_channels:
            raise ValueError(f"{like.conv.groups} groups are not one for each channel; leave the convolution as it is")
        self.weight = nn.Parameter(like.conv.weight.detach()[:, 0].T.contiguous())  # (taps, C)

    def convolved(self, taps: list[Tensor]) -> Tensor:
        y = self.bias
        for seen, weight in zip(taps, self.weight, strict=True):
            y = y + seen * weight
        return y


def product_of(conv: CausalConv1d) -> StreamingModule:
    """The convolution as products, or as it is if it is in groups of several channels."""
    if conv.conv.groups == 1:
        return ProductConv1d(conv)
    alone = conv.conv.groups == conv.conv.in_channels == conv.conv.out_channels
    return ProductsOfEachChannel(conv) if alone else conv
