"""Open-Unmix for the stage: a model of magnitudes for each stem, its LSTMs looking back only.

    mixture --> level --> magnitudes --> scale of each band --+--> dense, norm, tanh --+--> 3 LSTMs --+
                                        (up to 16 kHz)        |     one such row for   +--------------+--> dense, norm, ReLU
                                                              |     each stem                                    |
    stem <-- x mixture, whose phase it keeps <-- ReLU <-- scale of each band <-- dense <-------------------------+

Stoter, Uhlich, Liutkus and Mitsufuji, "Open-Unmix - a reference implementation for music source separation", 2019 (JOSS
4(41), 1667); from what is reported of it, without any code of others.

Reported: frames of 4096 with hop 1024, magnitudes of both channels up to 16 kHz; mean and scale of each bin, first set to
those of the data; a dense layer to 512, tanh; three bidirectional LSTM layers of 256 in each direction (the unidirectional
variant: 512 in the one); what went into them beside what came out; two dense layers, output scaling and ReLU; the
mixture's magnitude times that. Batch normalisation behind each dense layer. 8.9 M parameters for each of four targets that
are trained apart, and a multichannel Wiener filter that puts their outputs together: 5.3 dB on MUSDB18, with the future.

Chosen here: *Normalisation without a future.* In training a batch norm measures whole segments, so that each frame knows of
the frames behind it, and live it uses other numbers than it learned with. A layer norm measures the units of one frame: the
same in training, in a batch of one and on stage. It takes out how loud the frame is, but that the offset of each band,
which does not scale with the sound, goes into the same dense layer: loudness turns the vector, whose length is lost. Behind
the last dense layer there is none, as it would give every frame the same mean share, whoever plays; the output scaling
stands there already. *Level*: magnitudes are measured against what was heard so far; those of the data set would hold for
one volume only. *Scales* begin at what music has in each band, by a formula. Begun at 1 and 0 they let the network learn
little but which band is whose: the validation error stood still at -7.5 dB through 300 steps, where it now reaches -7.9.
*Compression*: magnitudes to the power of 0.3, since peaks would otherwise be most of what is seen; `compression = 1.0` is
the original. *Bands*: `layout` takes neighbouring bins together, above 2.8 kHz in configs/openunmix_causal.toml; `[[1,
743]]` is the original. *All targets at once*, by one loss on all stems, since a live host needs four and the data come
once; nothing but the input scaling is shared, so that each remains a model by itself; its frames go into the filter
(`separators/wiener.py`) as the original's do. Four LSTMs one after the other take a tenth of a training step, so that
nothing is gained by putting them into one. Outputs begin as an equal share.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.cues import LEVEL_FRAMES, QUIET
from rtsep_models.streaming.bands import Layout, bands_of, bins_of, coarser, gather
from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.layers import Lstm, RunningLevel
from rtsep_models.streaming.masks import MaskNetwork

CHANNELS = 2
FAINT = 1e-8
"""Power of a band, against the level, below which compression ends."""


def typical_magnitudes(layout: Layout, compression: float) -> Tensor:
    """What music has in the bands (K,) in the mean, compressed, against its level: it falls by 6.6 dB an octave above 200 Hz.

    Fitted to songs in frames of 2048 samples; learned from there.
    """
    ends = torch.tensor([bins for bins, count in layout for _ in range(count)]).cumsum(0).clamp_min(10)
    return (3.1 * (ends / 16.0) ** -1.1) ** compression


class Target(StreamingModule):
    """The model of one stem: what is heard, (B, N, I), to the stem's share of each of it, (B, N, I), 0 or more."""

    def __init__(self, values: int, hidden: int, layers: int, share: float) -> None:
        """`share`: what the outputs are about before training."""
        super().__init__()
        self.enter, self.enter_norm = nn.Linear(values, hidden), nn.LayerNorm(hidden)
        self.memory = Lstm(hidden, hidden, layers)
        self.middle, self.middle_norm = nn.Linear(2 * hidden, hidden), nn.LayerNorm(hidden)
        self.leave = nn.Linear(hidden, values, bias=False)
        self.scale = nn.Parameter(torch.full((values,), 0.3))
        self.mean = nn.Parameter(torch.full((values,), share))

    def initial_state(self, batch: int) -> State:
        """Hidden and cell."""
        return self.memory.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        entered = torch.tanh(self.enter_norm(self.enter(x)))
        remembered, after = self.memory.stream(entered, state)
        both = torch.cat([entered, remembered], dim=-1)
        middle = functional.relu(self.middle_norm(self.middle(both)))
        return functional.relu(self.leave(middle).float() * self.scale + self.mean), after


class OpenUnmixCausal(MaskNetwork):
    """Frames (B, N, C = 2, F, 2) to the stems' frames (B, N, S, C, F, 2), each the mixture's with other magnitudes."""

    def __init__(
        self, *, layout: Layout, hidden: int = 80, layers: int = 3, stems: int = 4, compression: float = 0.3
    ) -> None:
        """`layout` must not have more bins than a frame; those above it are given as its highest.

        Raises ConfigError if a size is out of range.
        """
        super().__init__()
        self.layout: Layout = tuple((int(bins), int(count)) for bins, count in layout)
        if min(hidden, layers, stems, bands_of(self.layout)) < 1 or not 0.0 < compression <= 1.0:
            raise ConfigError(
                f"hidden {hidden}, layers {layers}, stems {stems}, layout {self.layout} must have 1 or more of each, "
                f"compression {compression} lie in 0..1 and not be 0; correct the options"
            )
        values = CHANNELS * bands_of(self.layout)
        self.coarse = coarser(self.layout, 1)
        self.compression = compression
        self.level = RunningLevel(LEVEL_FRAMES)
        typical, spread = typical_magnitudes(self.layout, compression).repeat(CHANNELS), 1.2 * compression
        self.scale, self.offset = (
            nn.Parameter(1.0 / (spread * typical)),
            nn.Parameter(torch.full((values,), -1.0 / spread)),
        )
        self.targets = nn.ModuleList(Target(values, hidden, layers, 1.0 / stems) for _ in range(stems))

    @property
    def _targets(self) -> list[Target]:
        return [target for target in self.targets if isinstance(target, Target)]

    def initial_state(self, batch: int) -> State:
        """The level's; hidden and cell of each target."""
        return tuple(t for part in (self.level, *self._targets) for t in part.initial_state(batch))

    def masks(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """One for each band of both channels: (B, N, 1, S, C, K)."""
        level, after = self.level.stream(x, state[:1])
        heard = self._heard(x, level) * self.scale + self.offset
        shares = []
        for index, target in enumerate(self._targets):
            share, memory = target.stream(heard, state[1 + 2 * index : 3 + 2 * index])
            shares.append(share)
            after += memory
        return torch.stack(shares, dim=2).unflatten(3, (CHANNELS, -1))[:, :, None], after

    def _heard(self, x: Tensor, level: Tensor) -> Tensor:
        """Compressed magnitudes of both channels' bands against the level (B, N): (B, N, C K)."""
        bins = x[..., : bins_of(self.layout), :]
        power = gather(bins.square().sum(dim=4), self.layout, self.coarse).flatten(2)
        return (power / (level + QUIET)[..., None] + FAINT) ** (0.5 * self.compression)
