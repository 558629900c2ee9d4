"""Layers that remember: recurrent, convolutional, and those that look a few frames back. Time is axis 1: (B, N, ...)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rtsep_models.streaming.contract import State, StreamingModule


class Gru(StreamingModule):
    """Gated recurrent unit over time, (B, N, I) to (B, N, H); `layers` of them in series.

    The state of a GRU stays inside -1..1 whatever it hears; that of an LSTM may grow.
    """

    def __init__(self, inputs: int, hidden: int, layers: int = 1) -> None:
        super().__init__()
        self.hidden, self.layers = hidden, layers
        self.cell = nn.GRU(inputs, hidden, layers, batch_first=True)

    def initial_state(self, batch: int) -> State:
        """(B, layers, H)."""
        return (next(self.cell.parameters()).new_zeros(batch, self.layers, self.hidden),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, hidden = self.cell(x, state[0].transpose(0, 1).contiguous())
        return y, (hidden.transpose(0, 1).to(state[0].dtype),)


class Lstm(StreamingModule):
    """Long short-term memory over time, (B, N, I) to (B, N, H)."""

    def __init__(self, inputs: int, hidden: int, layers: int = 1) -> None:
        super().__init__()
        self.hidden, self.layers = hidden, layers
        self.cell = nn.LSTM(inputs, hidden, layers, batch_first=True)

    def initial_state(self, batch: int) -> State:
        """Hidden and cell, (B, layers, H) each."""
        zeros = next(self.cell.parameters()).new_zeros(batch, self.layers, self.hidden)
        return zeros, zeros.clone()

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        before = tuple(t.transpose(0, 1).contiguous() for t in state)
        y, after = self.cell(x, before)
        return y, tuple(t.transpose(0, 1).to(state[0].dtype) for t in after)


class CausalConv1d(StreamingModule):
    """Convolution over time that sees this frame and the past, (B, N, I) to (B, N, O)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, dilation: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.inputs, self.past = inputs, (kernel - 1) * dilation
        self.conv = nn.Conv1d(inputs, outputs, kernel, dilation=dilation, groups=groups)

    def initial_state(self, batch: int) -> State:
        """The frames still in sight: (B, past, I)."""
        return (self.conv.weight.new_zeros(batch, self.past, self.inputs),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=1)
        return self.conv(line.transpose(1, 2)).transpose(1, 2), (line[:, line.shape[1] - self.past :],)


class Context(StreamingModule):
    """Puts each frame beside the `past` before it, oldest first: (B, N, I) to (B, N, (past + 1) I)."""

    def __init__(self, inputs: int, past: int) -> None:
        super().__init__()
        self.inputs, self.past = inputs, past
        self._like = nn.Buffer(torch.zeros(()), persistent=False)

    def initial_state(self, batch: int) -> State:
        """(B, past, I)."""
        return (self._like.new_zeros(batch, self.past, self.inputs),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=1)
        stacked = line.unfold(1, self.past + 1, 1).transpose(2, 3).flatten(2)
        return stacked, (line[:, line.shape[1] - self.past :],)


class DeepFilter(StreamingModule):
    """A complex filter over a few frames of each bin: sum over k of W(n, k) X(n + look_ahead - k).

    `stream` takes frames and weights side by side on the last axis: (B, N, C, F, 2 + 2 taps), real and imaginary part of
    the newest frame, then of each tap. Output (B, N, C, F, 2), for the frame `look_ahead` frames ago.

    Mack and Habets, "Deep filtering: signal extraction and reconstruction using complex time-frequency filters", 2019.
    """

    def __init__(self, taps: int, channels: int, bins: int, look_ahead: int = 0) -> None:
        super().__init__()
        if not 0 <= look_ahead < taps:
            raise ValueError(f"look_ahead {look_ahead} must be 0..{taps - 1}, less than the {taps} taps")
        self.taps, self.channels, self.bins, self.look_ahead = taps, channels, bins, look_ahead
        self._like = nn.Buffer(torch.zeros(()), persistent=False)

    def initial_state(self, batch: int) -> State:
        """The frames before: (B, taps - 1, C, F, 2)."""
        return (self._like.new_zeros(batch, self.taps - 1, self.channels, self.bins, 2),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        frames, weights = x[..., :2], x[..., 2:]
        line = torch.cat([state[0], frames], dim=1)
        count = x.shape[1]
        real = imaginary = torch.zeros_like(frames[..., 0])
        for k in range(self.taps):
            past = line[:, self.taps - 1 - k : self.taps - 1 - k + count]
            re, im = weights[..., 2 * k], weights[..., 2 * k + 1]
            real = real + re * past[..., 0] - im * past[..., 1]
            imaginary = imaginary + re * past[..., 1] + im * past[..., 0]
        return torch.stack([real, imaginary], dim=-1), (line[:, count:],)


class RunningLevel(StreamingModule):
    """The level of what was heard so far, without a look ahead: (B, N, ...) to the mean square (B, N), over axes behind N.

    An exponential mean that starts as the plain mean: m(n) = sum of a^k p(n - k) / sum of a^k. So a first note is
    normalised as well as the thousandth.
    """

    def __init__(self, frames: float) -> None:
        """`frames`: time constant."""
        super().__init__()
        self.decay = float(torch.exp(torch.tensor(-1.0 / frames)))
        self._like = nn.Buffer(torch.zeros(()), persistent=False)

    def initial_state(self, batch: int) -> State:
        """Weighted sum and sum of weights, (B, 2)."""
        return (self._like.new_zeros(batch, 2),)

    @torch.no_grad()
    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        power = x.square().flatten(2).mean(dim=2)
        total, weight = state[0][:, 0], state[0][:, 1]
        means = []
        for n in range(x.shape[1]):
            total = self.decay * total + power[:, n]
            weight = self.decay * weight + 1.0
            means.append(total / weight)
        return torch.stack(means, dim=1), (torch.stack([total, weight], dim=1),)
