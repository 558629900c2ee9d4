"""Layers that change how many frames a second there are, and one that holds on. Time is axis 1: (B, N, C)."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.layers import CausalConv1d


class Slower(StreamingModule):
    """A convolution with a stride, 2 strides long: (B, N stride, I) to (B, N, O)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.stride = stride
        self.conv = CausalConv1d(inputs * stride, outputs, kernel=2)

    def initial_state(self, batch: int) -> State:
        """The last stride of frames, side by side: (B, 1, stride I)."""
        return self.conv.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        return self.conv.stream(x.unflatten(1, (-1, self.stride)).flatten(2), state)


class Faster(StreamingModule):
    """A transposed convolution, 2 strides long: (B, N, I) to (B, N stride, O)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.stride = stride
        self.conv = CausalConv1d(inputs, outputs * stride, kernel=2)

    def initial_state(self, batch: int) -> State:
        """The frame before: (B, 1, I)."""
        return self.conv.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = self.conv.stream(x, state)
        return y.unflatten(2, (self.stride, -1)).flatten(1, 2), after


class Interpolation(StreamingModule):
    """Straight lines from each frame to the next: (B, N, C) to (B, N stride, C), whose last of a stride is the frame itself."""

    steps: Tensor

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        self.channels = channels
        self.register_buffer("steps", torch.arange(1, stride + 1)[:, None] / stride, persistent=False)

    def initial_state(self, batch: int) -> State:
        """The frame before: (B, 1, C)."""
        return (self.steps.new_zeros(batch, 1, self.channels),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        before = torch.cat([state[0].to(x.dtype), x[:, :-1]], dim=1)
        line = before[:, :, None] + self.steps.to(x.dtype) * (x - before)[:, :, None]
        return line.flatten(1, 2), (x[:, -1:].to(state[0].dtype),)


class Smooth(StreamingModule):
    """Each channel's mean over the last `frames`, recent ones weighing more: (B, N, C) to (B, N, C).

    The weights fall as a quarter of a cosine and add up to one.
    """

    weights: Tensor

    def __init__(self, channels: int, frames: int) -> None:
        super().__init__()
        self.channels, self.past = channels, frames - 1
        fall = torch.cos(0.5 * math.pi * (torch.arange(frames) + 0.5) / frames).flip(0)
        self.register_buffer("weights", fall / fall.sum(), persistent=False)

    def initial_state(self, batch: int) -> State:
        """(B, frames - 1, C)."""
        return (self.weights.new_zeros(batch, self.past, self.channels),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=1)
        return line.unfold(1, self.past + 1, 1) @ self.weights, (line[:, line.shape[1] - self.past :],)
