"""RT-STT: convolutions over time and frequency, memories that look along time only, all stems decoded together. A second peer.

    frame --> level --> 1x1 --> block --+------------------ skip ----------------+
                                       1x1, twice the channels                   |
                                        |                                        v
                          block --> memories --> 1x1 --> softmax over stems --> x (after 1x1) --> block --> 1x1 --> masks
                                                        (a copy for each)      all stems' channels side by side

    block:     x --> 2 convolutions --+------------------------------> + --> 2 convolutions --> +  -->
               |                      +-- frequency, squeezed --> back -+                       ^
               +----------------------------- convolution -------------------------------------+

Wu, Liu, Pan, Tang and Wu, "Towards practical real-time low-latency music source separation", 2025 (arXiv 2511.13146), which
starts from DTTNet (Chen, Vekkot and Shukla, 2023, arXiv 2309.08684); from what is reported of it, without any code of others.

Reported: window 1024, hop 512; 384 of 513 bins, real and imaginary parts of both channels as four planes; 16 channels, 32
below; 3x3 convolutions, causal in time; frequency squeezed from 384 to 24 and back; three modules of twice [GroupNorm, LSTM
over time, linear, residual], where the parent looks along frequency every second time; softmax over stems; a decoder that
convolves all stems jointly (5.17 dB, and 4.92 without); skips multiply. 0.38 M parameters, 11.4 GMAC/s.

Chosen here: *Norms* are over all positions and channels of one frame, ahead of each convolution: they have no future, as one
over time had, and are the same in training and live. What they take out, how loud a frame is, goes around them in each
block's third way. *Output*: what the decoder gives is a complex mask, so that stems scale with the input; masks begin as
an equal share. Bins above the 384 go with the highest. *What a bin tells*: the four planes, compressed to the power of 0.3,
and the levels of left, right, middle and side as in the flagship (`networks/band.py`): a sum over neighbours whose phases
turn, which is what `fold` makes of planes alone, says little. `levels = false` is the original. *Size*: the published one
takes 0.12 G products a hop, and in the hour that a core has for it here it would hear a few minutes of music. `fold` puts
neighbouring bins side by side as planes, so that a position stands for six of them, and there are 8 channels, not 16: a
twentieth of the cost, every part in its place.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.cues import FEATURES, LEVEL_FRAMES, QUIET
from rtsep_models.networks.band import BandMemory, features
from rtsep_models.streaming.contract import Chain, State, StreamingModule
from rtsep_models.streaming.layers import Lstm, RunningLevel
from rtsep_models.streaming.masks import MaskNetwork
from rtsep_models.streaming.plane import CausalConv2d

CHANNELS = 2
PLANES = 2 * CHANNELS
"""Of a bin, at least, and of its masks: real and imaginary part of both channels."""


class FrameNorm(nn.Module):
    """(B, N, F, D) to the same, each frame with mean 0 and variance 1. No gains: a layer with weights is on either side."""

    def forward(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x, x.shape[2:])


class Squeeze(nn.Module):
    """What the frame as a whole adds to each position, (B, N, F, D): frequency squeezed to `bottleneck` and back."""

    def __init__(self, positions: int, bottleneck: int) -> None:
        super().__init__()
        self.norm = FrameNorm()
        self.enter, self.leave = nn.Linear(positions, bottleneck), nn.Linear(bottleneck, positions)

    def forward(self, x: Tensor) -> Tensor:
        few = self.enter(functional.gelu(self.norm(x)).transpose(2, 3))
        return x + self.leave(functional.gelu(self.norm(few))).transpose(2, 3)


class Block(StreamingModule):
    """(B, N, F, D) to the same: five convolutions and a squeeze."""

    def __init__(self, width: int, positions: int, bottleneck: int) -> None:
        super().__init__()

        def pair() -> Chain:
            parts = [(FrameNorm(), nn.GELU(), CausalConv2d(width, width, positions)) for _ in range(2)]
            return Chain(*parts[0], *parts[1])

        self.first, self.second = pair(), pair()
        self.squeeze = Squeeze(positions, bottleneck)
        self.beside = CausalConv2d(width, width, positions)

    def initial_state(self, batch: int) -> State:
        """The last two frames ahead of each convolution."""
        return tuple(t for part in (self.first, self.second, self.beside) for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, first = self.first.stream(x, state[:2])
        y, second = self.second.stream(self.squeeze(y), state[2:4])
        around, beside = self.beside.stream(x, state[4:])
        return y + around, (*first, *second, *beside)


class RtStt(MaskNetwork):
    """Frames (B, N, C = 2, F, 2) to the stems' frames (B, N, S, C, F, 2), each bin's by a complex mask of its own."""

    def __init__(
        self,
        *,
        bins: int = 384,
        fold: int = 6,
        channels: int = 8,
        bottleneck: int = 24,
        modules: int = 2,
        stems: int = 4,
        levels: bool = True,
    ) -> None:
        """A frame must have `bins` or more; `fold` of them make a position. `modules` of two memories each;
        without `levels` a bin is its four planes as they are.

        Raises ConfigError if a size is out of range.
        """
        super().__init__()
        if min(bins, fold, channels, bottleneck, modules, stems) < 1 or bins % fold:
            raise ConfigError(
                f"bins {bins} must be a multiple of fold {fold}, and channels {channels}, bottleneck {bottleneck}, modules "
                f"{modules} and stems {stems} 1 or more; correct the options"
            )
        self.layout = self.coarse = ((1, bins),)
        self.bins, self.fold, self.stems, self.levels = bins, fold, stems, levels
        positions, deep = bins // fold, 2 * channels
        self.level = RunningLevel(LEVEL_FRAMES)
        self.enter = nn.Linear((FEATURES if levels else PLANES) * fold, channels)
        self.above = Block(channels, positions, bottleneck)
        self.down = nn.Linear(channels, deep)
        memories = (BandMemory(positions, deep, deep, Lstm, FrameNorm()) for _ in range(2 * modules))
        self.below = Chain(Block(deep, positions, bottleneck), *memories)
        self.share = nn.Linear(deep, stems * deep)
        self.up = nn.Linear(stems * deep, stems * channels)
        self.decoder = Block(stems * channels, positions, bottleneck)
        self.leave = nn.Linear(stems * channels, stems * PLANES * fold)
        with torch.no_grad():
            self.leave.weight *= 0.1
            self.leave.bias.zero_()
            self.leave.bias.view(2, stems, CHANNELS, fold)[0] = 1.0 / stems

    @property
    def _parts(self) -> tuple[StreamingModule, ...]:
        return self.level, self.above, self.below, self.decoder

    def initial_state(self, batch: int) -> State:
        """The level's; frames in sight of each convolution, hidden and cell of each memory, in the order of the picture."""
        return tuple(t for part in self._parts for t in part.initial_state(batch))

    def masks(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Complex, for each bin of both channels: (B, N, 2, S, C, F)."""
        memory = len(state) - 5  # the decoder's convolutions
        power, level = self.level.stream(x, state[:1])
        high, above = self.above.stream(self.enter(self._planes(x, power)), state[1:6])
        low, below = self.below.stream(self.down(high), state[6:memory])
        both = self.up(self._shares(low)).unflatten(3, (self.stems, -1)) * high[..., None, :]
        y, decoder = self.decoder.stream(both.flatten(3), state[memory:])
        masks = self.leave(y).unflatten(3, (-1, self.fold)).transpose(2, 3).flatten(3)
        return masks.unflatten(2, (2, self.stems, CHANNELS)), (*level, *above, *below, *decoder)

    def _planes(self, x: Tensor, power: Tensor) -> Tensor:
        """What is seen of frames at the level `power` (B, N): (B, N, positions, fold * planes)."""
        gain = (power + QUIET).rsqrt()
        if self.levels:
            planes = features(x, gain, self.bins)
        else:
            planes = (x[..., : self.bins, :] * gain[:, :, None, None, None]).transpose(2, 3).flatten(3)
        return planes.unflatten(2, (-1, self.fold)).flatten(3)

    def _shares(self, x: Tensor) -> Tensor:
        """A copy of each channel for each stem, which share it out: (B, N, positions, D) to (B, N, positions, S * D)."""
        copies = self.share(x).unflatten(3, (self.stems, -1))
        # Over an axis ahead of long rows torch's softmax takes a third of the time.
        return copies.transpose(2, 3).softmax(dim=2).transpose(2, 3).flatten(3)
