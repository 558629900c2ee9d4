"""Fourier transforms of single frames as few small products, for graphs that have no transform of their own.

With N = P Q, n = Q a + b and k = c + P d the transform falls apart (Cooley and Tukey, 1965), w = exp(-2 pi i):

    X(c + P d) = sum_b w^(b c / N) w^(b d / Q) sum_a w^(a c / P) x(Q a + b)

For N = 2048 that takes a fortieth of the multiplications of the whole matrix, and 40 kB of numbers in place of 17 MB.
"""

from __future__ import annotations

from math import gcd

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from rtsep_models.runtimes.rewrite import replaced
from rtsep_models.streaming.contract import State
from rtsep_models.streaming.stft import Istft, Stft


def factors(length: int, multiple: int) -> tuple[int, int]:
    """P and Q, Q a power of two that divides `multiple` too, not above the root of `length` = P Q.

    >>> factors(2048, 256), factors(100, 50), factors(96, 7)
    ((64, 32), (50, 2), (96, 1))
    """
    common = gcd(length, multiple)
    q = 1
    while common % (2 * q) == 0 and 4 * q * q <= length:
        q *= 2
    return length // q, q


def _turns(rows: int, columns: int, period: int) -> NDArray[np.complex128]:
    """exp(-2 pi i r c / period), (rows, columns), in double precision."""
    return np.exp(-2j * np.pi * np.outer(np.arange(rows), np.arange(columns)) / period)


def _buffer(values: NDArray[np.float64]) -> nn.Buffer:
    return nn.Buffer(torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32)), persistent=False)


class FactoredStft(nn.Module):
    """`Stft` over a single hop."""

    def __init__(self, like: Stft) -> None:
        super().__init__()
        self.hop, self.bins = like.hop, like.analysis // 2 + 1
        self.window = nn.Buffer(like.window, persistent=False)
        self.p, self.q = factors(like.analysis, like.analysis)
        inner, twiddle, outer = (
            _turns(self.p, self.p, self.p),
            _turns(self.p, self.q, like.analysis),
            _turns(self.q, self.q // 2 + 1, self.q),
        )
        self.inner = _buffer(np.concatenate([inner.real, inner.imag]))  # (2 P, P), rows c
        self.real, self.imaginary = _buffer(twiddle.real), _buffer(twiddle.imag)  # (P, Q)
        # (2 Q, 2 D): of real and imaginary parts side by side, to the same.
        self.outer = _buffer(np.block([[outer.real, outer.imag], [-outer.imag, outer.real]]))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """(B, C, hop) to (B, 1, C, F, 2)."""
        line = torch.cat([state[0], x], dim=-1)
        frame = (line * self.window).unflatten(2, (self.p, self.q))
        re, im = (self.inner @ frame).split(self.p, dim=2)  # (B, C, P, Q) each
        turned = torch.cat([re * self.real - im * self.imaginary, re * self.imaginary + im * self.real], dim=3)
        parts = (turned @ self.outer).unflatten(3, (2, -1)).permute(0, 1, 4, 2, 3)  # (B, C, D, P, 2)
        return parts.flatten(2, 3)[:, None, :, : self.bins], (line[..., self.hop :],)


class FactoredIstft(nn.Module):
    """`Istft` over a single hop: of each frame only the last samples, Q at a time."""

    def __init__(self, like: Istft) -> None:
        super().__init__()
        self.overlap, self.window = like.overlap, nn.Buffer(like.window, persistent=False)
        length, last = like.analysis, like.overlap.length
        self.p, self.q = factors(length, last)
        self.bins, self.columns = length // 2 + 1, self.q // 2 + 1
        weight = np.full(self.p * self.columns, 2.0 / length)  # each bin stands for its mirror image as well
        weight[self.bins :] = 0.0
        weight[0] = 1.0 / length
        if length % 2 == 0:
            weight[self.bins - 1] = 1.0 / length
        outer = _turns(self.columns, self.q, self.q).conj()
        twiddle = _turns(self.p, self.q, length).conj()
        inner = _turns(self.p, self.p, self.p).conj()[self.p - last // self.q :]  # (A, P), rows a
        self.weight = _buffer(weight[: self.bins, None])
        self.outer = _buffer(np.block([[outer.real, outer.imag], [-outer.imag, outer.real]]))  # (2 D, 2 Q)
        self.real, self.imaginary = _buffer(twiddle.real), _buffer(twiddle.imag)
        self.inner = _buffer(np.concatenate([inner.real, -inner.imag], axis=1))  # (A, 2 P): the real part

    def samples(self, x: Tensor) -> Tensor:
        """(..., F, 2) to (..., synthesis)."""
        missing = x.new_zeros(*x.shape[:-2], self.p * self.columns - self.bins, 2)
        grid = torch.cat([x * self.weight, missing], dim=-2).unflatten(-2, (self.columns, self.p))
        lead = tuple(range(x.dim() - 2))
        rows = grid.permute(*lead, x.dim() - 1, x.dim(), x.dim() - 2).flatten(-2)  # (..., P, 2 D)
        re, im = (rows @ self.outer).split(self.q, dim=-1)  # (..., P, Q) each
        turned = torch.cat([re * self.real - im * self.imaginary, re * self.imaginary + im * self.real], dim=-2)
        return (self.inner @ turned).flatten(-2)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """(B, 1, ..., F, 2) to (B, ..., hop)."""
        return self.overlap.stream(self.samples(x) * self.window, state)


def factored(module: nn.Module) -> nn.Module:
    """A copy of `module` whose transforms are factored; for single hops."""
    return replaced(module, {Stft: FactoredStft, Istft: FactoredIstft})
