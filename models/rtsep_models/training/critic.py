"""Phase two of training an autoencoder: a critic that learns to tell its sound from music, and what it is told by that.

Both losses are in one sum with one backward pass: the critic's sees the decoder's sound without its history, and the decoder's
sees the critic's weights as constants.

Kumar et al., "MelGAN", 2019 (discriminators at several scales, hinge loss, feature matching), as RAVE uses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional

SCALES = 3
"""The waveform, and at a half and a quarter of its rate."""
MATCHING = 10.0
"""Weight of the features' distance against that of the critic's verdict."""


class Scale(nn.Module):
    """One discriminator: waveform (B, C, T) to features, the last of them its verdict, (B, channels, T / strides) each."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        sizes = [channels, width, 4 * width, 8 * width]
        self.layers = nn.ModuleList(
            nn.Conv1d(a, b, kernel_size=21, stride=4, padding=10, groups=1 if a == channels else 4)
            for a, b in pairwise(sizes)
        )
        self.last = nn.ModuleList(
            [nn.Conv1d(8 * width, 8 * width, 5, padding=2), nn.Conv1d(8 * width, 1, 3, padding=1)]
        )

    def forward(self, x: Tensor) -> list[Tensor]:
        features = []
        for layer in (*self.layers, self.last[0]):
            x = functional.leaky_relu(layer(x), 0.2)
            features.append(x)
        return [*features, self.last[1](x)]


class Critic(nn.Module):
    """A discriminator for each scale."""

    def __init__(self, channels: int, width: int = 16) -> None:
        super().__init__()
        self.scales = nn.ModuleList(Scale(channels, width) for _ in range(SCALES))

    def forward(self, x: Tensor) -> list[list[Tensor]]:
        """The features of each scale for waveforms (B, C, T)."""
        heard = []
        for scale in self.scales:
            heard.append(scale(x))
            x = functional.avg_pool1d(x, 2)
        return heard

    def loss(self, true: Tensor, decoded: Tensor) -> Tensor:
        """What the critic gets wrong, plus what it holds against the decoder; waveforms (B, C, T) each."""
        on_true, on_detached = self(true), self(decoded.detach())
        fixed: Mapping[str, Tensor] = {name: value.detach() for name, value in self.named_parameters()}
        on_decoded = functional_call(self, dict(fixed), (decoded,))
        total = torch.zeros((), device=true.device)
        for real, detached, fake in zip(on_true, on_detached, on_decoded, strict=True):
            total = total + functional.relu(1.0 - real[-1]).mean() + functional.relu(1.0 + detached[-1]).mean()
            total = total - fake[-1].mean()
            for a, b in zip(real[:-1], fake[:-1], strict=True):
                total = total + MATCHING / len(real) * (a.detach() - b).abs().mean() / a.detach().abs().mean()
        return total / SCALES
