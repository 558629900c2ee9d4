"""Demucs that looks back only: convolutions from samples to slower and slower frames, a memory, and the same way back.

    samples --> level --+--> slower --+--> slower --+--> ... --> LSTM
                        |             |             |             |
                      delay         delay         delay           v
                        |             |             |
    stems <------------ + <-- faster  + <-- faster  + <-- ... <---+
            equal share

    slower:  convolution of two strides, one apart --> ReLU --> 1x1, GLU
    faster:  1x1, GLU --> transposed convolution of two strides --> ReLU (not the last)

Defossez, Usunier, Bottou and Bach, "Music source separation in the waveform domain", 2019 (arXiv 1911.13254); causal:
Defossez, Synnaeve and Adi, "Real time speech enhancement in the waveform domain", 2020 (arXiv 2006.12847); from what is
reported of them, without any code of others.

Reported of the causal one: five levels of stride 4 and kernel 8; 48 or 64 channels, twice as many on each level below; two
LSTM layers, forwards; skips are added; the input normalised by its deviation so far; weights rescaled at the start.
18.9 or 33.5 M parameters for speech of one channel, resampled to four times its rate. Demucs for music has six levels, 64
to 100 channels, an LSTM in both directions and, with the future, 6.3 dB on MUSDB18.

Chosen here: *Latency.* A frame is two strides long, made at its end and written from there, so that the whole way has no delay
but the hop. A spectrum with this hop and windows twice as long comes 512 samples late, and at equal latency the network may
listen as long: with `delay` the skips wait, and the input for the shares, so that a stem is made with what came up to 1023
samples after it in mind. 0 is allowed. *Start*: an equal share of the input, to which the decoder's output, small at first,
is added; it scales with the level, so that silence stays silent. *Size*: four levels, 24 channels on the first, one
LSTM; the published one is `strides = [4, 4, 4, 4, 4]`, `channels = 48`, `layers = 2`, whose hop is 1024. *Nothing is
resampled*: 44.1 kHz has the room above the speech that 16 kHz was resampled for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.cues import LEVEL_SAMPLES, QUIET
from rtsep_models.streaming.contract import Chain, Network, State, StreamingModule
from rtsep_models.streaming.layers import Lstm, RunningLevel
from rtsep_models.streaming.pace import Faster, Slower
from rtsep_models.streaming.stft import waiting

CHANNELS = 2


def _keep_size(weight: Tensor, gain: float) -> None:
    """First weights by which numbers stay as large as they are: PyTorch's own make them eight times smaller on each level."""
    nn.init.normal_(weight, std=gain / math.sqrt(weight[0].numel()))


class Gate(nn.Module):
    """(B, N, D) to the same: one half of twice as many values, opened by the other half."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.both = nn.Linear(width, 2 * width)
        _keep_size(self.both.weight, 1.7)

    def forward(self, x: Tensor) -> Tensor:
        return functional.glu(self.both(x), dim=2)


class Level(StreamingModule):
    """(B, N stride, I) to (B, N stride, O): slower, what is `below`, (B, N, D) to the same, and faster.

    What goes past `below` waits for `wait` of the slower frames.
    """

    def __init__(self, inputs: int, width: int, outputs: int, stride: int, wait: int, below: StreamingModule) -> None:
        super().__init__()
        self.slower, self.faster = Slower(inputs, width, stride), Faster(width, outputs, stride)
        self.enter, self.leave = Gate(width), Gate(width)
        self.wait = waiting(wait, (width,))
        self.below = below
        for convolution in (self.slower.conv, self.faster.conv):
            _keep_size(convolution.conv.weight, math.sqrt(2.0))

    def initial_state(self, batch: int) -> State:
        """The last frame ahead of either convolution, what waits, and the state below."""
        parts = (self.slower, self.faster, self.wait, self.below)
        return tuple(t for part in parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        below = 2 + len(self.wait.links)
        frames, slower = self.slower.stream(x, state[:1])
        frames = self.enter(functional.relu(frames))
        skip, wait = self.wait.stream(frames.transpose(1, 2), state[2:below])
        deep, after = self.below.stream(frames, state[below:])
        y, faster = self.faster.stream(self.leave(deep + skip.transpose(1, 2)), state[1:2])
        return y, (*slower, *faster, *wait, *after)


class DemucsCausal(Network):
    """Waveform (B, 2, N hop) to stems (B, S, 2, N hop), `delay` samples late. A hop is any multiple of all strides' product."""

    def __init__(
        self,
        *,
        strides: Sequence[int] = (4, 4, 4, 4),
        channels: int = 24,
        layers: int = 1,
        delay: int = 512,
        stems: int = 4,
    ) -> None:
        """`strides` of each level, from the samples down, the first with `channels`; `layers` of the LSTM.

        Raises ConfigError if a size is out of range or the deepest frames do not make up the delay.
        """
        super().__init__()
        self.pace = math.prod(strides)
        if min((*strides, len(strides), channels, layers, stems)) < 1 or delay < 0 or delay % self.pace:
            raise ConfigError(
                f"strides {list(strides)}, channels {channels}, layers {layers} and stems {stems} must be 1 or more, delay "
                f"{delay} 0 or a multiple of the strides' product, {self.pace}; correct the options"
            )
        self.delay, self.stems = delay, stems
        self.level = RunningLevel(LEVEL_SAMPLES / self.pace)
        self.wait = waiting(delay)
        widths = [CHANNELS, *(channels << level for level in range(len(strides)))]
        below: StreamingModule = Lstm(widths[-1], widths[-1], layers)
        for level, stride in reversed([*enumerate(strides)]):
            inputs, width = widths[level : level + 2]
            wait = delay // math.prod(strides[: level + 1])
            if level:
                below = Chain(Level(inputs, width, inputs, stride, wait, below), nn.ReLU())
            else:
                self.body = Level(inputs, width, stems * inputs, stride, wait, below)
        with torch.no_grad():
            for parameter in self.body.faster.parameters():
                parameter *= 0.02

    def initial_state(self, batch: int) -> State:
        """The level's, the samples that wait, and the body's."""
        parts = (self.level, self.wait, self.body)
        return tuple(t for part in parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        body = 1 + len(self.wait.links)
        frames = x.unflatten(2, (-1, self.pace))  # (B, 2, N, pace)
        power, level = self.level.stream(frames.transpose(1, 2), state[:1])
        power = power[:, None, :, None]
        y, after = self.body.stream((frames * (power + QUIET).rsqrt()).flatten(2).transpose(1, 2), state[body:])
        waves = y.float().transpose(1, 2).unflatten(2, frames.shape[2:]) * power.sqrt()
        past, wait = self.wait.stream(x, state[1:body])
        stems = waves.flatten(2).unflatten(1, (self.stems, CHANNELS)) + past[:, None] / self.stems
        return stems, (*level, *wait, *after)
