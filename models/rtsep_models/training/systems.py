"""How each kind of network is fed in training: stems in, estimated and true frames out, one loss for all."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rtsep_models.networks.band import BandNetwork
from rtsep_models.streaming.contract import StreamingModule
from rtsep_models.streaming.stft import Stft
from rtsep_models.training.config import Transform


class FrameSystem(nn.Module):
    """A network from frames to frames.

    A network whose head runs every hop and whose trunk every `stride` hops is scored on one frame of each `stride`,
    at an offset drawn anew for each batch: the head has no memory, so that frames left out change nothing, and a stage
    network trains as fast as a monitor network.
    """

    def __init__(self, network: BandNetwork, transform: Transform) -> None:
        super().__init__()
        self.network, self.transform = network, transform
        self.pace = transform.hop * network.stride
        self.stft = Stft(transform.analysis, transform.hop, transform.synthesis)
        self.stft.hop = self.pace

    def forward(self, stems: Tensor, offset: int) -> tuple[Tensor, Tensor]:
        """Stems (B, S, C, T) to estimated and true frames (B, N, S, C, F, 2), below the network's highest bin.

        `offset`: frames after each of the trunk's frames, 0 .. stride - 1.
        """
        bins = self.network.trunk.bins
        target = self._frames(stems, offset)[..., :bins, :]
        frames = target.sum(dim=2)
        if offset == 0:
            return self.network.head(frames, self.network.trunk(frames)), target
        trunk_frames = self._frames(stems.sum(dim=1, keepdim=True), 0)[:, : frames.shape[1], 0, :, :bins]
        return self.network.head(frames, self.network.trunk(trunk_frames)), target

    @torch.no_grad()
    def _frames(self, stems: Tensor, offset: int) -> Tensor:
        """(B, N, S, C, F, 2)."""
        batch, count = stems.shape[:2]
        signal = stems[..., offset * self.transform.hop :]
        signal = signal[..., : signal.shape[-1] // self.pace * self.pace].flatten(0, 1)
        frames = self.stft(signal).unflatten(0, (batch, count))
        return frames.transpose(1, 2)


class WaveformSystem(nn.Module):
    """A network from waveforms to waveforms, late by a hop; scored in frames like the others."""

    def __init__(self, network: StreamingModule, transform: Transform, delay: int) -> None:
        super().__init__()
        self.network, self.transform, self.delay = network, transform, delay
        self.stft = Stft(transform.analysis, transform.hop, transform.synthesis)

    def forward(self, stems: Tensor, offset: int) -> tuple[Tensor, Tensor]:
        """Stems (B, S, C, T) to estimated and true frames (B, N, S, C, F, 2). `offset` is not used."""
        del offset
        length = stems.shape[-1] // self.transform.hop * self.transform.hop
        stems = stems[..., :length]
        estimate = self.network(stems.sum(dim=1)).float()
        return self._frames(estimate[..., self.delay :]), self._frames(stems[..., : length - self.delay])

    def _frames(self, stems: Tensor) -> Tensor:
        batch, count = stems.shape[:2]
        return self.stft(stems.flatten(0, 1)).unflatten(0, (batch, count)).transpose(1, 2)


def system_of(network: StreamingModule, transform: Transform) -> FrameSystem | WaveformSystem:
    """The system that fits a network."""
    if isinstance(network, BandNetwork):
        return FrameSystem(network, transform)
    return WaveformSystem(network, transform, transform.synthesis - transform.hop)
