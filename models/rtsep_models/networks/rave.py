r"""RAVE with a partitioned latent: an autoencoder whose latent is split by source.

    waveform -> 16 bands -> convolutions, slower and slower -> memory -> z, one a hop
                        \-> a hop of them, linearly, gated by the memory -^
        z = [ vocals | drums | bass | other | high-variance ]
    z -> convolutions, faster and faster -> 16 bands -> waveform
      \-> linearly, a hop of them -----------^

A source is heard alone by decoding with the partitions of all others at *encoded silence*, the latent that digital silence
encodes to. The high-variance dimensions belong to nobody and stay: they are bounded and slow, so that they can say how
everything sounds (loud, bright, near) and not what is played, and act on the decoder's first layer as gain and offset.

Caillon and Esling, "RAVE: a variational autoencoder for fast and high-quality neural audio synthesis", 2021; Caspe et al.,
"Designing neural synthesizers for low-latency interaction", 2025 (hop of 128, causal, short filters); partitions and their
losses are our own. Chosen here: a filter bank that is exact after 48 samples (`streaming.pqmf`) where theirs takes
hundreds; a GRU before the latent, because telling sources apart wants more past than half a second of convolutions; the
straight lane beside the convolutions, with which a fresh network gives every partition a quarter of the low middle of the
mixture. Without it, training made silence of everything and stayed there: phases have to be found before loudness pays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.separators.sharing import TINY
from rtsep_models.split import SETTLING_HOPS, Split
from rtsep_models.streaming.contract import Chain, Network, State, StreamingModule
from rtsep_models.streaming.layers import CausalConv1d, Gru
from rtsep_models.streaming.pace import Faster, Slower, Smooth
from rtsep_models.streaming.pqmf import PqmfAnalysis, PqmfSynthesis

BANDS = 16
SHARED_LIMIT = 2.0
"""High-variance dimensions stay within +- this."""
SHARED_FRAMES = 24
"""And are means over so many hops: 70 ms at 44.1 kHz."""
QUIET = 1e-6
"""Power of a band's sample below which nothing more is told apart (-60 dB)."""
LOUDER = 10.0
"""Music's band signals are around 0.1, latents around 1."""
FIRST_LOG_DEVIATION = -3.0
"""Of the posterior, before training."""


class Shape(NamedTuple):
    """What encoder and decoder have in common: `widths` and the `dilations` of their blocks at each pace, quickest first, and
    the `strides` between the paces."""

    split: Split
    channels: int
    widths: Sequence[int]
    strides: Sequence[int]
    dilations: Sequence[Sequence[int]]

    @property
    def paces(self) -> int:
        """Frames of the quickest pace in a hop."""
        return math.prod(self.strides)


class Residual(StreamingModule):
    """(B, N, C) to (B, N, C): what a dilated convolution over the past adds."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = CausalConv1d(width, width, kernel=3, dilation=dilation)
        self.out = nn.Linear(width, width)

    def initial_state(self, batch: int) -> State:
        return self.conv.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = self.conv.stream(self.norm(x), state)
        return x + self.out(functional.silu(y)), after


class Memory(StreamingModule):
    """(B, N, C) to (B, N, C): what a recurrent unit over the whole past adds."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.gru = Gru(width, width)

    def initial_state(self, batch: int) -> State:
        return self.gru.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = self.gru.stream(self.norm(x), state)
        return x + y, after


def _blocks(width: int, dilations: Sequence[int]) -> list[StreamingModule]:
    return [Residual(width, dilation) for dilation in dilations]


def _low_middle(split: Split, channels: int, size: int) -> Tensor:
    """A hop of band signals, `size` = paces * C * M values, from each partition's dimensions, (size, S * private): the
    middle (what the channels have in common) of the lowest bands, as far as the dimensions go. For the weights at first."""
    matrix = torch.zeros(size // (channels * BANDS), channels, BANDS, split.stems, split.private)
    paces = matrix.shape[0]
    for dim in range(min(split.private, paces * BANDS)):
        matrix[dim % paces, :, dim // paces, :, dim] = channels**-0.5
    return matrix.reshape(size, -1)


class Encoder(StreamingModule):
    """Waveform (B, C, N hop) to the posterior, (B, N, 2 Z): mean, then the logarithm of the deviation."""

    def __init__(
        self,
        shape: Shape,
    ) -> None:
        super().__init__()
        self.split = split = shape.split
        channels, widths, strides, dilations = shape.channels, shape.widths, shape.strides, shape.dilations
        self.analysis = PqmfAnalysis(BANDS, channels)
        layers: list[StreamingModule] = [CausalConv1d(2 * channels * BANDS, widths[0], kernel=3)]
        for level, stride in enumerate(strides):
            layers += [*_blocks(widths[level], dilations[level]), Slower(widths[level], widths[level + 1], stride)]
        layers += [*_blocks(widths[-1], dilations[-1]), Memory(widths[-1])]
        self.body = Chain(*layers)
        private = split.common.start
        self.lane = nn.Linear(shape.paces * channels * BANDS, private, bias=False)
        self.gate = nn.Linear(widths[-1], private)
        self.mean = nn.Linear(widths[-1], split.size)
        self.spread = nn.Linear(widths[-1], split.size)
        with torch.no_grad():  # a latent that began as noise would be forgotten before the decoder had heard of it
            self.spread.weight *= 0.1
            self.spread.bias.fill_(FIRST_LOG_DEVIATION)
            self.mean.weight *= 0.1
            self.lane.weight.copy_(LOUDER * _low_middle(split, channels, self.lane.in_features).T)
            self.gate.weight *= 0.1
            self.gate.bias.fill_(-math.log(split.stems - 1 + 1e-3))  # an equal share each
        self.slow = Smooth(split.shared, SHARED_FRAMES)

    def initial_state(self, batch: int) -> State:
        return (*self.analysis.initial_state(batch), *self.body.initial_state(batch), *self.slow.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        bands, past = self.analysis.stream(x, state[:1])
        power = bands.square() + QUIET
        seen = torch.cat([bands * power**-0.25, 0.25 * power.log() + 1.7], dim=2)
        y, memory = self.body.stream(seen, state[1:-1])
        mean, private = self.mean(y).float(), self.split.common.start
        slow, after = self.slow.stream(mean[..., private:], state[-1:])
        shared = SHARED_LIMIT * torch.tanh(slow)
        straight = self.lane(bands.unflatten(1, (y.shape[1], -1)).flatten(2)).float()
        mean = torch.cat([mean[..., :private] + torch.sigmoid(self.gate(y).float()) * straight, shared], dim=2)
        return torch.cat([mean, self.spread(y).float()], dim=2), (*past, *memory, *after)


class Decoder(StreamingModule):
    """Latents (B, N, Z) to waveform (B, C, N hop)."""

    def __init__(
        self,
        shape: Shape,
    ) -> None:
        super().__init__()
        self.split = split = shape.split
        channels, widths, strides, dilations = shape.channels, shape.widths, shape.strides, shape.dilations
        self.enter = CausalConv1d(split.common.start, widths[-1], kernel=3)
        self.colour = nn.Linear(split.shared, 2 * widths[-1])
        layers: list[StreamingModule] = _blocks(widths[-1], dilations[-1])
        for level, stride in reversed([*enumerate(strides)]):
            layers += [Faster(widths[level + 1], widths[level], stride), *_blocks(widths[level], dilations[level])]
        self.body = Chain(*layers)
        self.leave = CausalConv1d(widths[0], 2 * channels * BANDS, kernel=3)
        self.paces, private = shape.paces, split.common.start
        self.lane = nn.Linear(private, self.paces * channels * BANDS, bias=False)
        self.tone = nn.Linear(split.shared, channels * BANDS)
        with torch.no_grad():
            self.leave.conv.weight *= 0.01  # at first the lane alone is heard, as it is
            self.tone.weight *= 0.1
            self.tone.bias.zero_()
            self.lane.weight.copy_(_low_middle(split, channels, self.lane.out_features) / LOUDER)
        self.synthesis = PqmfSynthesis(BANDS, channels)

    def initial_state(self, batch: int) -> State:
        parts = (self.enter, self.body, self.leave, self.synthesis)
        return tuple(t for part in parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, first = self.enter.stream(x[..., : self.split.common.start], state[:1])
        gain, offset = self.colour(x[..., self.split.common]).chunk(2, dim=-1)
        y, memory = self.body.stream(y * (1.0 + gain) + offset, state[1:-2])
        y, last = self.leave.stream(y, state[-2:-1])
        wave, loud = y.float().chunk(2, dim=-1)
        straight = self.lane(x[..., : self.split.common.start]).float().unflatten(2, (self.paces, -1)).flatten(1, 2)
        tone = self.tone(x[..., self.split.common]).float().exp().repeat_interleave(self.paces, dim=1)
        y, tail = self.synthesis.stream((straight + wave * torch.sigmoid(loud)) * tone, state[-1:])
        return y, (*first, *memory, *last, *tail)


def shares(power: Tensor) -> Tensor:
    """The masks of stems whose spectra have this power, (B, N, S, C, F) both: they add up to one."""
    return (power + TINY) / (power.sum(dim=2, keepdim=True) + power.shape[2] * TINY)


class Decoders(StreamingModule):
    """One decoder for several latents at once, each with its own past: (B, N, S, Z) to (B, S, C, N hop)."""

    def __init__(self, decoder: Decoder, stems: int) -> None:
        super().__init__()
        self.decoder, self.stems = decoder, stems

    def initial_state(self, batch: int) -> State:
        """(B, S, ...)."""
        state = self.decoder.initial_state(batch * self.stems)
        return tuple(t.unflatten(0, (batch, self.stems)) for t in state)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        batch = x.shape[0]
        y, after = self.decoder.stream(x.transpose(1, 2).flatten(0, 1), tuple(t.flatten(0, 1) for t in state))
        return y.unflatten(0, (batch, self.stems)), tuple(t.unflatten(0, (batch, self.stems)) for t in after)


class Rave(Network):
    """Waveform (B, C, N hop) to one waveform for each stem, (B, S, C, N hop), `delay` samples late.

    Encodes once and decodes each partition, the others silent. `silence` is the latent of silence, (Z,): `settle` finds it.
    """

    domain = "latent"
    silence: Tensor
    heard: Tensor

    def __init__(
        self,
        *,
        channels: int = 2,
        stems: int = 4,
        private: int = 30,
        shared: int = 8,
        widths: Sequence[int] = (32, 96, 192),
        strides: Sequence[int] = (4, 2),
        dilations: Sequence[Sequence[int]] = ((1,), (1, 3), (1, 3, 9)),
    ) -> None:
        """`widths` and the `dilations` of their blocks at each pace, quickest first; `strides` between the paces.

        Raises ConfigError unless there is one stride fewer.
        """
        super().__init__()
        if not len(widths) == len(dilations) == len(strides) + 1:
            raise ConfigError(
                f"rave: {len(widths)} widths, {len(dilations)} lists of dilations and {len(strides)} strides; "
                "give as many lists as widths, and one stride fewer"
            )
        self.split = Split(stems, private, shared)
        shape = Shape(self.split, channels, widths, strides, dilations)
        self.encoder, self.decoders = Encoder(shape), Decoders(Decoder(shape), stems)
        self.delay = self.decoder.synthesis.delay
        self.hop = BANDS * shape.paces
        self.channels = channels
        self.register_buffer("silence", torch.zeros(self.split.size))
        masks = torch.zeros(stems, self.split.size)
        for stem in range(stems):
            masks[stem, self.split.partition(stem)] = 1.0
        masks[:, self.split.common] = 1.0
        self.register_buffer("heard", masks, persistent=False)

    @property
    def decoder(self) -> Decoder:
        """From one latent to one sound."""
        return self.decoders.decoder

    @torch.no_grad()
    def settle(self) -> None:
        """Set `silence` to what the encoder says after a long silence."""
        zeros = self.silence.new_zeros(1, self.channels, SETTLING_HOPS * self.hop)
        self.silence.copy_(self.means(self.encoder(zeros))[0, -1])

    def means(self, posterior: Tensor) -> Tensor:
        """The latent (B, N, Z) of a posterior (B, N, 2 Z)."""
        return posterior[..., : self.split.size]

    def apart(self, z: Tensor, silence: Tensor) -> Tensor:
        """Latents (B, N, Z) with all partitions but one silent, for each stem: (B, N, S, Z)."""
        return torch.lerp(silence, z[:, :, None], self.heard.to(z.dtype))

    def initial_state(self, batch: int) -> State:
        """The encoder's, then the decoders'."""
        return (*self.encoder.initial_state(batch), *self.decoders.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        count = len(self.encoder.initial_state(1))
        posterior, encoder = self.encoder.stream(x, state[:count])
        y, decoders = self.decoders.stream(self.apart(self.means(posterior), self.silence), state[count:])
        return y, (*encoder, *decoders)
