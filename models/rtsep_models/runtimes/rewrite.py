"""What is rewritten in a network, ahead of its export, because a graph of single hops does better with plain products."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.runtimes.products import product_of
from rtsep_models.streaming.layers import CausalConv1d
from rtsep_models.streaming.stft import Istft, Stft


class UnrolledGru(nn.Module):
    """`torch.nn.GRU` (batch first, one direction) over the few steps of a hop, as two products a step.

    Of 65 rows at once ONNX Runtime's own GRU takes a third longer, and it cannot be quantised.
    """

    def __init__(self, cell: nn.GRU) -> None:
        super().__init__()
        self.cell = cell

    def forward(self, x: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """(B, N, I) and (layers, B, H) to (B, N, H) and (layers, B, H)."""
        steps, after = x.unbind(1), []
        for layer in range(self.cell.num_layers):
            before, outputs = hidden[layer], []
            into, bias, onward, bias_onward = _weights(self.cell, layer)
            for y in steps:
                reset_x, update_x, new_x = functional.linear(y, into, bias).chunk(3, dim=-1)
                reset_h, update_h, new_h = functional.linear(before, onward, bias_onward).chunk(3, dim=-1)
                update = torch.sigmoid(update_x + update_h)
                new = torch.tanh(new_x + torch.sigmoid(reset_x + reset_h) * new_h)
                before = new + update * (before - new)
                outputs.append(before)
            steps = tuple(outputs)
            after.append(before)
        return torch.stack(steps, dim=1), torch.stack(after)


class UnrolledLstm(nn.Module):
    """`torch.nn.LSTM` likewise."""

    def __init__(self, cell: nn.LSTM) -> None:
        super().__init__()
        self.cell = cell

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """(B, N, I) and twice (layers, B, H) to (B, N, H) and twice (layers, B, H)."""
        steps, hidden, cells = x.unbind(1), [], []
        for layer in range(self.cell.num_layers):
            before, cell, outputs = state[0][layer], state[1][layer], []
            into, bias, onward, bias_onward = _weights(self.cell, layer)
            for y in steps:
                gates = functional.linear(y, into, bias) + functional.linear(before, onward, bias_onward)
                enter, forget, new, out = gates.chunk(4, dim=-1)
                cell = torch.sigmoid(forget) * cell + torch.sigmoid(enter) * torch.tanh(new)
                before = torch.sigmoid(out) * torch.tanh(cell)
                outputs.append(before)
            steps = tuple(outputs)
            hidden.append(before)
            cells.append(cell)
        return torch.stack(steps, dim=1), (torch.stack(hidden), torch.stack(cells))


def _weights(cell: nn.RNNBase, layer: int) -> list[Tensor]:
    """From the input and its bias, from the step before and its bias."""
    return [getattr(cell, f"{kind}_l{layer}") for kind in ("weight_ih", "bias_ih", "weight_hh", "bias_hh")]


def unrolled(cell: nn.GRU | nn.LSTM) -> nn.Module:
    """The cell over a hop. One of both directions is not over time, but over the bands of a frame: ONNX Runtime's own takes
    all of those steps in one node."""
    if cell.bidirectional:
        return cell
    return UnrolledGru(cell) if isinstance(cell, nn.GRU) else UnrolledLstm(cell)


class OneStepStft(nn.Module):
    """`Stft` over a single hop, as a product with the Fourier matrix: ONNX has no transform worth its name."""

    matrix: Tensor

    def __init__(self, like: Stft) -> None:
        super().__init__()
        self.hop = like.hop
        basis = torch.fft.rfft(torch.diag(like.window.double()))
        self.register_buffer("matrix", torch.view_as_real(basis).flatten(1).float())

    def stream(self, x: Tensor, state: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        """(B, C, hop) to (B, 1, C, F, 2)."""
        line = torch.cat([state[0], x], dim=-1)
        spectrum = (line @ self.matrix).reshape(*line.shape[:2], -1, 2)
        return spectrum[:, None], (line[..., self.hop :],)


class OneStepIstft(nn.Module):
    """The part of `Istft` that transforms, likewise."""

    matrix: Tensor
    window: Tensor

    def __init__(self, like: Istft) -> None:
        super().__init__()
        self.overlap = like.overlap
        self.register_buffer("window", like.window)
        bins = like.analysis // 2 + 1
        basis = torch.view_as_complex(torch.eye(2 * bins, dtype=torch.float64).reshape(2 * bins, bins, 2))
        last = torch.fft.irfft(basis, n=like.analysis)[:, like.analysis - like.overlap.length :]
        self.register_buffer("matrix", last.float())

    def samples(self, x: Tensor) -> Tensor:
        """(..., F, 2) to (..., synthesis)."""
        return x.flatten(-2) @ self.matrix

    def stream(self, x: Tensor, state: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
        """(B, 1, ..., F, 2) to (B, ..., hop)."""
        return self.overlap.stream(self.samples(x) * self.window, state)


class PlainRmsNorm(nn.Module):
    """`torch.nn.RMSNorm` in operations that the exporter knows."""

    def __init__(self, like: nn.RMSNorm) -> None:
        super().__init__()
        self.like = like
        self.small = torch.finfo(torch.float32).eps if like.eps is None else like.eps

    def forward(self, x: Tensor) -> Tensor:
        """Normalised over the last axis."""
        return x * (x.square().mean(dim=-1, keepdim=True) + self.small).rsqrt() * self.like.weight


Kinds = Mapping[type[nn.Module], Callable[[Any], nn.Module]]
_REWRITTEN: Kinds = {
    nn.GRU: unrolled,
    nn.LSTM: unrolled,
    Stft: OneStepStft,
    Istft: OneStepIstft,
    nn.RMSNorm: PlainRmsNorm,
    CausalConv1d: product_of,
}


def rewritten(step: nn.Module) -> nn.Module:
    """A copy of `step` on the CPU that does the same for one hop at a time, and for nothing longer."""
    return _replace(copy.deepcopy(step).float().cpu(), _REWRITTEN)


def replaced(module: nn.Module, kinds: Kinds) -> nn.Module:
    """A copy of `module` in which every part of one of these kinds is what the kind's function makes of it."""
    return _replace(copy.deepcopy(module), kinds)


def _replace(module: nn.Module, kinds: Kinds) -> nn.Module:
    for parent in list(module.modules()):
        for name, child in parent.named_children():
            if type(child) in kinds:
                setattr(parent, name, kinds[type(child)](child))
    return module
