"""What the systems of training share: which tier is heard, and stems as frames."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor, nn


class View(NamedTuple):
    """One way of hearing a batch: a tier, and how many of its hops after each of the trunk's frames."""

    tier: int
    offset: int


def frames_of(stft: nn.Module, stems: Tensor) -> Tensor:
    """Stems (B, S, C, T) to frames (B, N, S, C, F, 2)."""
    batch, count = stems.shape[:2]
    return stft(stems.flatten(0, 1)).unflatten(0, (batch, count)).transpose(1, 2)
