"""Wave-U-Net that looks back only: convolutions at slower and slower rates, and back, joined on each by what went in.

    samples --> level --+--> convolution --+--> every 4th --> convolution --+--> every 4th --> ... --> dilated convolutions
                        |                  |                                |                                    |
                      delay              delay                            delay                                  |
                        |                  |                                |                                    v
    stems <--- dense <--+-- convolution <--+-- interpolation <- convolution +-- interpolation <- ... <-----------+
       |
    the last: input - the others

Stoller, Ewert and Dixon, "Wave-U-Net: a multi-scale neural network for end-to-end audio source separation", 2018 (arXiv
1806.03185); from what is reported of it, without any code of others.

Reported: twelve levels; on each a convolution of 15 taps with 24 more channels than above, then every other value is dropped;
on the way back linear interpolation, the skip beside it, a convolution of 5 taps; leaky ReLU. The input stands beside the
last convolution's output, tanh gives all stems but one, and that one is what remains of the mixture. Interpolation rather
than transposed convolutions, which buzz; no padding but context on both sides. 10 M parameters at 22 kHz, 3.23 dB on MUSDB18.

Chosen here: *Rates.* What is slower than a hop could not be played hop by hop, so that there are five levels down to one
frame a hop, mostly in strides of four, as the fast rates are the cost. Where the original has slower levels still, dilated
convolutions with a residual each hear 1.6 s. *Channels* grow by doubling, from 8 at the full rate: 24 would cost 0.3 GMAC/s
there alone. A dense layer ahead of each interpolation leaves as many as the skip has, which saves a third of the time.
*Alignment.* The newest of each stride of values is kept, and interpolation leads from the one before to it: it ends where
the hop ends, with nothing to wait for. *Aliasing* stays as it is in the original: the convolution ahead of a decimation can
learn to take out what would fold, and the skip has all that was lost by it. *Latency*: windows twice the hop come 512 samples
late, and at equal latency skips and input wait as long, so that a stem is made with up to 1023 samples after it in mind;
`delay = 0` is allowed. *Output*: no tanh, which has a level of its own; an equal share of the input is added, so that the
stems begin as such, and what is learned scales with the level. First weights keep numbers as large as they are.
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
from rtsep_models.streaming.layers import CausalConv1d, RunningLevel
from rtsep_models.streaming.pace import Interpolation
from rtsep_models.streaming.stft import waiting

CHANNELS = 2
SLOPE = 0.2
"""Of the leaky ReLU below zero."""


class Convolution(StreamingModule):
    """A causal convolution and a leaky ReLU, (B, N, I) to (B, N, O)."""

    def __init__(self, inputs: int, outputs: int, taps: int, dilation: int = 1) -> None:
        super().__init__()
        self.conv = CausalConv1d(inputs, outputs, taps, dilation)
        nn.init.kaiming_normal_(self.conv.conv.weight, SLOPE)

    def initial_state(self, batch: int) -> State:
        """The frames still in sight: (B, past, I)."""
        return self.conv.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = self.conv.stream(x, state)
        return functional.leaky_relu(y, SLOPE), after


class Residual(Convolution):
    """A convolution beside what went in, (B, N, C) to the same."""

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = super().stream(x, state)
        return (x + y) * 0.5**0.5, after


class Level(StreamingModule):
    """(B, N stride, I) to (B, N stride, C): a convolution, what is `below` at the slower rate, (B, N, C) to (B, N, D), and
    a convolution of both.

    What goes past `below` waits for `wait` frames.
    """

    def __init__(
        self, inputs: int, width: int, deep: int, taps: tuple[int, int], stride: int, wait: int, below: StreamingModule
    ) -> None:
        super().__init__()
        self.stride = stride
        self.down = Convolution(inputs, width, taps[0])
        self.narrow = nn.Linear(deep, width)
        self.interpolation = Interpolation(width, stride)
        self.up = Convolution(2 * width, width, taps[1])
        self.wait = waiting(wait, (width,))
        self.below = below

    def initial_state(self, batch: int) -> State:
        """What either convolution still sees, the slower frame before, what waits, and the state below."""
        parts = (self.down, self.up, self.interpolation, self.wait, self.below)
        return tuple(t for part in parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        below = 3 + len(self.wait.links)
        frames, down = self.down.stream(x, state[:1])
        skip, wait = self.wait.stream(frames.transpose(1, 2), state[3:below])
        deep, after = self.below.stream(frames[:, self.stride - 1 :: self.stride], state[below:])
        deep, between = self.interpolation.stream(self.narrow(deep), state[2:3])
        y, up = self.up.stream(torch.cat([skip.transpose(1, 2), deep], dim=2), state[1:2])
        return y, (*down, *up, *between, *wait, *after)


class WaveUnet(Network):
    """Waveform (B, 2, N hop) to stems (B, S, 2, N hop), `delay` samples late. A hop is any multiple of all strides' product."""

    def __init__(
        self,
        *,
        strides: Sequence[int] = (4, 4, 4, 4, 2),
        widths: Sequence[int] = (8, 16, 32, 64, 96, 128),
        taps: tuple[int, int] = (15, 5),
        dilations: int = 5,
        delay: int = 512,
        stems: int = 4,
    ) -> None:
        """`strides` of each level, from the samples down, and their channels, with those below all levels last; `taps` on
        the way down and on the way back; `dilations` 1, 2, 4 ... at the bottom.

        Raises ConfigError if a size is out of range or the deepest frames do not make up the delay.
        """
        super().__init__()
        self.pace = math.prod(strides)
        if (
            min((*strides, len(strides), *widths, *taps, stems - 1)) < 1
            or dilations < 0
            or delay < 0
            or delay % self.pace
        ):
            raise ConfigError(
                f"strides {list(strides)}, widths {list(widths)} and taps {list(taps)} must be 1 or more, stems {stems} 2 or "
                f"more, dilations {dilations} and delay {delay} 0 or more, delay a multiple of the strides' product, "
                f"{self.pace}; correct the options"
            )
        if len(widths) != len(strides) + 1:
            raise ConfigError(
                f"{len(widths)} widths for {len(strides)} strides, must be one more, for the bottom; correct the options"
            )
        self.delay, self.stems = delay, stems
        self.level = RunningLevel(LEVEL_SAMPLES / self.pace)
        self.wait = waiting(delay)
        deep = widths[-1]
        body: StreamingModule = Chain(
            Convolution(widths[-2], deep, taps[0]), *(Residual(deep, deep, taps[1], 2**n) for n in range(dilations))
        )
        for level, stride in reversed([*enumerate(strides)]):
            inputs = widths[level - 1] if level else CHANNELS
            wait = delay // math.prod(strides[:level])
            body = Level(inputs, widths[level], widths[level + 1], (taps[0], taps[1]), stride, wait, body)
        self.body = body
        self.out = nn.Linear(CHANNELS + widths[0], (stems - 1) * CHANNELS)
        with torch.no_grad():
            self.out.weight *= 0.1
            self.out.bias.zero_()

    def initial_state(self, batch: int) -> State:
        """The level's, the samples that wait, and the body's."""
        parts = (self.level, self.wait, self.body)
        return tuple(t for part in parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        body = 1 + len(self.wait.links)
        power, level = self.level.stream(x.unflatten(2, (-1, self.pace)).transpose(1, 2), state[:1])
        power = power.repeat_interleave(self.pace, dim=1)[..., None]  # (B, N hop, 1)
        gain = (power + QUIET).rsqrt()
        past, wait = self.wait.stream(x, state[1:body])
        heard, late = x.transpose(1, 2) * gain, past.transpose(1, 2) * gain
        y, after = self.body.stream(heard, state[body:])
        waves = self.out(torch.cat([late.to(y.dtype), y], dim=2)).float() * power.sqrt()
        most = waves.transpose(1, 2).unflatten(1, (-1, CHANNELS)) + past[:, None] / self.stems
        rest = past[:, None] - most.sum(dim=1, keepdim=True)
        return torch.cat([most, rest], dim=1), (*level, *wait, *after)
