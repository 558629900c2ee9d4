"""A WaveNet that separates: gated convolutions whose dilations double, all of them adding to one sum that becomes the stems.

    waveform --> level --> front: a frame every `stride` samples
       |                     |
       |                   block, dilation 1, 2, 4, 8: hears as many frames ahead as back ----+
       |                     |                                                                |
       |                   block, dilation 16, 32, ... 512: hears back only ------------------+--> sum of skips
       |                                                                                            |
       |      block:  x --+--> dilated convolution --> tanh x sigmoid --+--> + --> x                |
       |                  +---------------------------------------------|----+                      |
       |                                                                +--> to the sum           ReLU, dense
       |                                                                                            |
     delay -----------------------> x <-- a share for each stem, frame by frame <-------------------+
                                    |                                                               |
        stems <-- overlap-add <-----+ <-- a waveform for each stem, two strides long, x level <-----+

van den Oord et al., "WaveNet: A Generative Model for Raw Audio", 2016 (arXiv 1609.03499); as a separator: Rethage, Pons and
Serra, "A Wavenet for Speech Denoising", 2018 (arXiv 1706.07162), Lluis, Pons and Serra, "End-to-end music source separation: is
it possible in the waveform domain?", 2019 (arXiv 1810.12187); from what is reported of them, without any code of others.

Reported: residual blocks with a gated dilated convolution, dilations 1, 2, 4, ... 512, then again; all skips summed, ReLU,
two dense layers. For separation the samples are real numbers rather than categories, convolutions of three taps reach
ahead as far as back, all samples of a piece are computed at once, and what is scored is the error of the waveform. At the
full rate, with up to 128 channels and 30 to 40 blocks.

Chosen here: *A front* of a learned frame every 32 samples (0.7 ms), since the full rate would cost 32 times as much: the budget
is one hop of 11.6 ms in 2 ms on one core. `stride = 1` is the original. *Ahead*: as many of the first blocks are symmetric as fit
into the latency that all families have, 512 samples; the others have two taps and look back, 0.7 s in all. Their input and
the sum so far wait for as long as they look ahead. *A share of the input* for each stem and frame goes beside the waveform that
the sum is decoded to: it begins as an equal one, so that a network need not first learn to copy its input. *Level*: the input
is measured against what was heard so far, hop by hop; what is decoded is as loud as that, so that nothing is made of
silence.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.cues import LEVEL_FRAMES, QUIET
from rtsep_models.streaming.contract import Chain, Network, State, StreamingModule
from rtsep_models.streaming.layers import CausalConv1d, RunningLevel
from rtsep_models.streaming.stft import OverlapAdd

CHANNELS = 2


class Block(StreamingModule):
    """A gated convolution: (B, N, C + K), what is heard and the sum so far side by side, to the same, `late` frames late."""

    def __init__(self, channels: int, skip: int, dilation: int, ahead: bool) -> None:
        """`ahead`: three taps around each frame rather than two at and behind it."""
        super().__init__()
        self.channels, self.skip = channels, skip
        self.late = dilation if ahead else 0
        self.starts = tuple(tap * dilation for tap in range(3 if ahead else 2))
        # A convolution as one product, whose operands torch need not transpose: a third quicker.
        self.taps = nn.Linear(len(self.starts) * channels, 2 * channels)
        self.out = nn.Linear(channels, channels + skip)

    def initial_state(self, batch: int) -> State:
        """What the taps still see, (B, past, C); where they look ahead, what waits for it: (B, late, C + K)."""
        weight = self.out.weight
        past = weight.new_zeros(batch, self.starts[-1], self.channels)
        return (past, weight.new_zeros(batch, self.late, self.channels + self.skip)) if self.late else (past,)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        count = x.shape[1]
        sound = torch.cat([state[0], x[..., : self.channels]], dim=1)
        seen = torch.cat([sound[:, start : start + count] for start in self.starts], dim=2)
        value, gate = self.taps(seen).chunk(2, dim=-1)
        new = self.out(torch.tanh(value) * torch.sigmoid(gate))
        if not self.late:
            return x + new, (sound[:, count:],)
        line = torch.cat([state[1], x], dim=1)
        return line[:, :count] + new, (sound[:, count:], line[:, count:])


class WaveNet(Network):
    """Waveform (B, 2, N hop) to stems (B, S, 2, N hop), `delay` = stride 2^ahead samples late."""

    def __init__(
        self,
        *,
        hop: int = 512,
        stride: int = 32,
        channels: int = 64,
        skip: int = 64,
        blocks: int = 10,
        stacks: int = 1,
        ahead: int = 4,
        hidden: int = 64,
        stems: int = 4,
    ) -> None:
        """`stacks` times `blocks` of them, the first `ahead` of which look ahead.

        Raises ConfigError if a size is out of range, or `stride` does not divide `hop`.
        """
        super().__init__()
        sizes = {"hop": hop, "stride": stride, "channels": channels, "skip": skip, "blocks": blocks, "stacks": stacks}
        for name, size in {**sizes, "hidden": hidden, "stems": stems}.items():
            if size < 1:
                raise ConfigError(f"{name} is {size}, must be 1 or more; correct the options")
        if hop % stride or not 0 <= ahead <= blocks:
            raise ConfigError(
                f"stride {stride} must divide hop {hop}, ahead {ahead} be 0..{blocks}, the blocks of a stack; "
                "correct the options"
            )
        self.hop, self.stride, self.stems, self.skip = hop, stride, stems, skip
        self.delay = stride * 2**ahead
        self.level = RunningLevel(LEVEL_FRAMES)
        self.front = CausalConv1d(CHANNELS * stride, channels, kernel=2)
        self.blocks = Chain(
            *(
                Block(channels, skip, 2**rank, ahead=stack == 0 and rank < ahead)
                for stack in range(stacks)
                for rank in range(blocks)
            )
        )
        self.middle = nn.Linear(skip, hidden)
        self.shares = nn.Linear(hidden, stems * CHANNELS)
        self.waves = nn.Linear(hidden, stems * CHANNELS * 2 * stride, bias=False)
        self.overlap = OverlapAdd(2 * stride, stride, (stems, CHANNELS))
        self.window = nn.Buffer(torch.hann_window(2 * stride), persistent=False)
        with torch.no_grad():
            self.shares.weight *= 0.1
            self.shares.bias.fill_(1.0 / stems)
            self.waves.weight *= 0.1

    def initial_state(self, batch: int) -> State:
        """The level's, the input that is still to come out (B, 2, delay), the front's, the blocks', half-finished output."""
        parts = [part.initial_state(batch) for part in (self.level, self.front, self.blocks, self.overlap)]
        waiting = self.window.new_zeros(batch, CHANNELS, self.delay)
        return (*parts[0], waiting, *(t for part in parts[1:] for t in part))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        power, level = self.level.stream(x.unflatten(2, (-1, self.hop)).transpose(1, 2), state[:1])
        power = power.repeat_interleave(self.hop // self.stride, dim=1)[..., None]  # (B, N, 1)
        line = torch.cat([state[1], x], dim=2)
        late = line.unfold(2, 2 * self.stride, self.stride)[:, :, : power.shape[1]].transpose(1, 2)

        new = x.unflatten(2, (-1, self.stride)).transpose(1, 2).flatten(2) * (power + QUIET).rsqrt()
        heard, front = self.front.stream(new, state[2:3])
        both, blocks = self.blocks.stream(functional.pad(heard, (0, self.skip)), state[3:-1])
        known = functional.relu(self.middle(functional.relu(both[..., -self.skip :])))
        shares = self.shares(known).float().unflatten(2, (self.stems, CHANNELS, 1))
        waves = (self.waves(known).float() * power.sqrt()).unflatten(2, (self.stems, CHANNELS, -1))
        y, tail = self.overlap.stream(waves + shares * (late * self.window)[:, :, None], state[-1:])
        return y, (*level, line[..., x.shape[2] :], *front, *blocks, *tail)
