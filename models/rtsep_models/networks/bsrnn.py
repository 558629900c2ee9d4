"""Band-split RNN for the stage: one memory over time for each band, and in each frame one over the bands, up and down.

                                        as often as there are layers
                             +-----------------------------------------------+
    frame --> level -------> | norm, LSTM over time  --> norm, LSTM over the | --> norm, dense, tanh, dense, GLU --+
       |      and split to   | (weights shared by        bands of one frame, |     (a network of its own for       |
       |      one vector     | the bands, a state        both directions     |     each band)                      |
       |      for each band  | of its own for each)                          |                      complex masks  |
       |                     +-----------------------------------------------+                                     |
       +---------------------------------------------------------------------------------------------> x <---------+
                                                                                                       |
                                                                                              the stems' frames

Luo and Yu, "Music Source Separation with Band-Split RNN", 2022 (arXiv 2209.15174); from what is reported of it, without any
code of others.

Reported: window 2048, hop 512; bands of 100 Hz up to 1 kHz, then 250 Hz, 500 Hz, 1 kHz and 2 kHz wide, chosen anew for each
stem; real and imaginary part of each band through a norm and a dense layer to 128; 12 pairs of residual LSTMs of 256, with
two directions over time as well; a two-layer network for each band with 512 units, tanh and GLU; a network for each
stem, 8.2 dB on MUSDB18-HQ, with the future.

Chosen here: *Over time* the LSTM looks back only. *Over bands* it still runs both ways: a frame is there as a whole, so that
nothing of the future is heard. *Norm*: the original's spans all frames of a piece. Here the input is measured against its
level so far, and each vector is normalised by itself. *What a bin tells* is what the flagship (`networks/band.py`) takes, so
that the two differ in what is behind the split: parts compressed to the power of 0.3, and the levels of left, right, middle
and side. *All stems at once*, since a live host needs four: memories are shared, the masks' networks end in all of them.
*Masks* of a wide band are shared by neighbouring bins (`values` in a band at most), begin as an equal share, and are not
held to add up.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.cues import FEATURES, LEVEL_FRAMES, QUIET
from rtsep_models.networks.band import BandMemory, features
from rtsep_models.streaming.bands import BandLinear, BandMerge, BandSplit, Layout, bands_of, bins_of, coarser
from rtsep_models.streaming.contract import State
from rtsep_models.streaming.layers import Lstm, RunningLevel
from rtsep_models.streaming.masks import MaskNetwork

CHANNELS = 2


class AcrossBands(nn.Module):
    """An LSTM up and down the bands of one frame, (B, N, K, D) to (B, N, K, D), residual."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.lstm = nn.LSTM(width, hidden, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        y, _ = self.lstm(self.norm(x).flatten(0, 1))
        return x + self.out(y).reshape(x.shape)


class MaskHead(nn.Module):
    """One vector for each band, (B, N, K, D), to complex masks, (B, N, 2, S, C, G), one for each value of `coarse`."""

    def __init__(self, coarse: Layout, width: int, hidden: int, stems: int) -> None:
        super().__init__()
        self.shape = (2, stems, CHANNELS)
        self.norm = nn.LayerNorm(width)
        self.enter = BandLinear(bands_of(coarse), width, hidden)
        self.leave = BandMerge(coarse, hidden, 2 * 2 * stems * CHANNELS)
        self.bias = nn.Parameter(torch.zeros(self.shape))
        with torch.no_grad():
            self.bias[0] = 1.0 / stems

    def forward(self, x: Tensor) -> Tensor:
        raw = self.leave(torch.tanh(self.enter(self.norm(x)))).transpose(2, 3)  # (B, N, 2 2 S C, G)
        return functional.glu(raw, dim=2).float().unflatten(2, self.shape) + self.bias[..., None]


class Bsrnn(MaskNetwork):
    """Frames (B, N, C = 2, F, 2) to the stems' frames (B, N, S, C, F, 2)."""

    def __init__(
        self,
        *,
        layout: Layout,
        width: int = 48,
        time: int = 48,
        band: int = 32,
        layers: int = 2,
        hidden: int = 32,
        values: int = 12,
        stems: int = 4,
    ) -> None:
        """`layout` must not have more bins than a frame; those above it go with its highest. `time`, `band` and `hidden` are
        the units of the two memories and of the masks' networks.

        Raises ConfigError if a size is out of range, or a band with more than `values` bins does not divide evenly.
        """
        super().__init__()
        self.layout: Layout = tuple((int(bins), int(count)) for bins, count in layout)
        sizes = {"width": width, "time": time, "band": band, "layers": layers, "hidden": hidden, "stems": stems}
        for name, size in {**sizes, "values": values, "layout's bands": bands_of(self.layout)}.items():
            if size < 1:
                raise ConfigError(f"{name} is {size}, must be 1 or more; correct the options")
        self.coarse, self.bins = coarser(self.layout, values), bins_of(self.layout)
        self.level = RunningLevel(LEVEL_FRAMES)
        self.split = BandSplit(self.layout, FEATURES, width)
        self.memories = nn.ModuleList(BandMemory(bands_of(self.layout), width, time, Lstm) for _ in range(layers))
        self.mixes = nn.ModuleList(AcrossBands(width, band) for _ in range(layers))
        self.head = MaskHead(self.coarse, width, hidden, stems)

    @property
    def _memories(self) -> list[BandMemory]:
        return [memory for memory in self.memories if isinstance(memory, BandMemory)]

    def initial_state(self, batch: int) -> State:
        """The level's; hidden and cell of each memory over time, (B, K, H) each."""
        return tuple(t for part in (self.level, *self._memories) for t in part.initial_state(batch))

    def masks(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        power, after = self.level.stream(x, state[:1])
        bands = self.split(features(x, (power + QUIET).rsqrt(), self.bins))
        for index, (memory, mix) in enumerate(zip(self._memories, self.mixes, strict=True)):
            bands, new = memory.stream(bands, state[1 + 2 * index : 3 + 2 * index])
            bands = mix(bands)
            after += new
        return self.head(bands), after
