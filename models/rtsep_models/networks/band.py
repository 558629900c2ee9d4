"""The flagship: bands, a slow recurrent trunk and a fast head that masks every frame.

    frame every hop ----------------------------+--> features --> [fresh bands] --+--> head: masks, every hop
                     every `stride`-th frame    |                                 |
                                                +--> trunk: recurrent, context ---+   held between its frames

What music does takes tens of milliseconds, and the trunk hears it every 512 samples in either tier; what starts *now* (a
drum) must be seen in the frame at hand, and the head sees that. So the stage tier, whose hops are four times as short,
costs twice the monitor tier and not four times, and both are one network with another `stride`.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.cues import FEATURES, HELD, LEVEL_FRAMES, QUIET
from rtsep_models.networks.bandcues import Detail, Memory, views
from rtsep_models.streaming.bands import BandMerge, BandSplit, Layout, bands_of, bins_of, coarser
from rtsep_models.streaming.contract import Network, State, StreamingModule
from rtsep_models.streaming.layers import Gru, Lstm, RunningLevel
from rtsep_models.streaming.masks import masked

MASK_LIMIT = 16
"""Masks per band at most: neighbours in a wide band are alike, and each costs weights and time."""


def features(frames: Tensor, gain: Tensor, bins: int) -> Tensor:
    """What the network sees of frames (B, N, C = 2, F, 2) made louder by `gain` (B, N): (B, N, bins, FEATURES).

    Per bin: real and imaginary part of both channels, compressed; logarithms of the magnitudes of left, right, mid and side.
    Mid and side tell what stands in the middle (voice, bass, kick); a linear map of left and right could not.
    """
    return features_of(views(frames, gain, bins))


def features_of(heard: Tensor) -> Tensor:
    """The same of `views` (B, N, 4, 2, bins)."""
    level = (heard.square().sum(dim=3) + 1e-6).log()  # (B, N, 4, bins)
    compressed = heard[:, :, :2] * (-0.35 * level[:, :, :2, None]).exp()  # |X|^0.3, phase kept
    return torch.cat([compressed.flatten(2, 3), 0.25 * level], dim=2).transpose(2, 3)


class BandMix(nn.Module):
    """Lets the bands of one frame hear each other: (B, N, K, D) to (B, N, K, D), residual."""

    def __init__(self, bands: int, width: int, expand: int = 2) -> None:
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)])
        self.across = nn.Sequential(nn.Linear(bands, expand * bands), nn.GELU(), nn.Linear(expand * bands, bands))
        self.within = nn.Sequential(nn.Linear(width, expand * width), nn.GELU(), nn.Linear(expand * width, width))

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.across(self.norms[0](x).transpose(2, 3)).transpose(2, 3)
        return x + self.within(self.norms[1](x))


class BandMemory(StreamingModule):
    """One recurrent unit that all bands share, each with its own state: (B, N, K, D) to (B, N, K, D), residual."""

    def __init__(
        self,
        bands: int,
        width: int,
        hidden: int,
        kind: type[Gru] | type[Lstm] = Gru,
        norm: nn.Module | None = None,
    ) -> None:
        """`norm` of what it hears; by default of each band by itself."""
        super().__init__()
        self.bands = bands
        self.norm = nn.LayerNorm(width) if norm is None else norm
        self.memory = kind(width, hidden)
        self.out = nn.Linear(hidden, width)

    def initial_state(self, batch: int) -> State:
        """(B, K, H), of an LSTM two of them: hidden and cell."""
        return tuple(t.reshape(batch, self.bands, -1) for t in self.memory.initial_state(batch * self.bands))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        batch, count, bands, width = x.shape
        rows = self.norm(x).transpose(1, 2).reshape(batch * bands, count, width)
        y, after = self.memory.stream(rows, tuple(t.reshape(batch * bands, 1, -1) for t in state))
        y = self.out(y).reshape(batch, bands, count, width).transpose(1, 2)
        return x + y, tuple(t.reshape(batch, bands, -1) for t in after)


class SongMemory(StreamingModule):
    """One recurrent unit over a summary of all bands: (B, N, K, D) to (B, N, K, D), residual."""

    def __init__(self, bands: int, width: int, hidden: int, summary: int = 8) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.summary = nn.Linear(width, summary)
        self.memory = Gru(bands * summary, hidden)
        self.out = nn.Linear(hidden, bands * summary)
        self.unfold = nn.Linear(summary, width)

    def initial_state(self, batch: int) -> State:
        """(B, 1, H)."""
        return self.memory.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = self.memory.stream(self.summary(self.norm(x)).flatten(2), state)
        return x + self.unfold(self.out(y).unflatten(2, (x.shape[2], -1))), after


class Trunk(StreamingModule):
    """Frames (B, M, C, F, 2) to what is known of the song by then, (B, M, W): gain, K bands of D, and `cues`."""

    def __init__(self, layout: Layout, width: int, hidden: int, song: int, layers: int, cues: Memory | None) -> None:
        super().__init__()
        bands = bands_of(layout)
        self.bins = bins_of(layout)
        self.level = RunningLevel(LEVEL_FRAMES)
        self.split = BandSplit(layout, FEATURES, width)
        self.memories = nn.ModuleList()
        self.mixes = nn.ModuleList()
        for _ in range(layers):
            self.memories.append(BandMemory(bands, width, hidden))
            if song:
                self.memories.append(SongMemory(bands, width, song))
            self.mixes.append(BandMix(bands, width))
        self.norm = nn.LayerNorm(width)
        self.cues = cues
        self.size = 1 + bands * width + (cues.values * HELD if cues else 0)

    def initial_state(self, batch: int) -> State:
        cues = self.cues.initial_state(batch) if self.cues else ()
        return (*self.level.initial_state(batch), *(t for m in self._memories for t in m.initial_state(batch)), *cues)

    @property
    def _memories(self) -> list[StreamingModule]:
        return [m for m in self.memories if isinstance(m, StreamingModule)]

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        power, level = self.level.stream(x, state[:1])
        gain = (power + QUIET).rsqrt()
        heard = views(x, gain, self.bins)
        bands = self.split(features_of(heard))
        after = list(level)
        each = len(self.memories) // len(self.mixes)
        for index, memory in enumerate(self._memories):
            bands, new = memory.stream(bands, (state[1 + index],))
            after += new
            if (index + 1) % each == 0:
                bands = self.mixes[index // each](bands)
        known = [gain[:, :, None], self.norm(bands).float().flatten(2)]
        if self.cues:
            held, new = self.cues.stream(heard, state[len(after) :])
            known.append(held.flatten(2))
            after += new
        return torch.cat(known, dim=2), tuple(after)


class Head(nn.Module):
    """Frames (B, N, C, F, 2) and context (B, N, W) to the stems' frames (B, N, S, C, F, 2), which add up to the frame.

    Masks are real and share each bin out (softmax over the stems); a complex correction may turn phases, its sum over the
    stems taken out. A wide band has `MASK_LIMIT` masks; bins above the layout go with its highest.
    """

    def __init__(
        self, layout: Layout, width: int, fresh: int, hidden: int, stems: int, correction: bool, detail: int
    ) -> None:
        super().__init__()
        self.stems, self.bins, self.correction = stems, bins_of(layout), correction
        self.layout, self.coarse = layout, coarser(layout, MASK_LIMIT)
        self.known = bands_of(layout) * width
        self.split = BandSplit(layout, FEATURES, fresh)
        self.norm = nn.LayerNorm(fresh)
        self.mix = nn.Linear(width + fresh, hidden)
        self.deep = nn.Linear(hidden, hidden)
        outputs = 2 * stems * (3 if correction else 1)
        self.merge = BandMerge(self.coarse, hidden, outputs)
        self.detail = Detail(layout, self.coarse, hidden, detail, outputs) if detail else None

    def masks(self, frames: Tensor, context: Tensor) -> Tensor:
        """(B, N, 1 or 2, S, C, G): real part, or real and imaginary part, for each value of the coarse layout."""
        gain = context[:, :, 0]
        known = context[:, :, 1 : 1 + self.known].unflatten(2, (bands_of(self.layout), -1))
        heard = views(frames, gain, self.bins)
        fresh = functional.gelu(self.norm(self.split(features_of(heard))))
        x = functional.gelu(self.mix(torch.cat([known, fresh], dim=-1)))
        x = x + functional.gelu(self.deep(x))
        raw = self.merge(x).transpose(2, 3).float()
        if self.detail is not None:
            held = context[:, :, 1 + self.known :].unflatten(2, (HELD, -1))
            raw = raw + self.detail(heard, held, x).float()
        raw = raw.unflatten(2, (-1, self.stems, 2))
        share = raw[:, :, :1].softmax(dim=3)
        if not self.correction:
            return share
        turn = torch.tanh(raw[:, :, 1:])
        turn = turn - turn.mean(dim=3, keepdim=True)
        return torch.cat([share + turn[:, :, :1], turn[:, :, 1:]], dim=2)

    def forward(self, frames: Tensor, context: Tensor) -> Tensor:
        return masked(frames, self.masks(frames, context), self.layout, self.coarse)


class BandNetwork(Network):
    """Frames (B, N, C, F, 2) to the stems' frames (B, N, S, C, F, 2): `trunk` every `stride` frames, `head` every frame."""

    domain = "spectrum"

    def __init__(
        self,
        *,
        layout: Layout,
        stride: int = 1,
        width: int = 64,
        hidden: int = 64,
        song: int = 192,
        layers: int = 2,
        fresh: int = 32,
        head: int = 128,
        stems: int = 4,
        correction: bool = False,
        detail: int = 0,
    ) -> None:
        """`detail`: width of the convolution over bins that looks at cues, 0 for none."""
        super().__init__()
        layout = tuple((int(bins), int(count)) for bins, count in layout)
        self.stride = stride
        self.head = Head(layout, width, fresh, head, stems, correction, detail)
        self.trunk = Trunk(layout, width, hidden, song, layers, Memory(layout, self.head.coarse) if detail else None)

    def initial_state(self, batch: int) -> State:
        """The trunk's state; the held context (B, 1, W); the phase (B,), frames until the trunk runs again."""
        trunk = self.trunk.initial_state(batch)
        return (*trunk, trunk[0].new_zeros(batch, 1, self.trunk.size), torch.zeros(batch, dtype=torch.int64))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        *trunk_state, held, phase = state
        wait, count = int(phase[0]), x.shape[1]
        memory: State = tuple(trunk_state)
        contexts = held
        if wait < count:
            new, memory = self.trunk.stream(x[:, wait :: self.stride], memory)
            contexts = torch.cat([held, new], dim=1)
        index = torch.div(torch.arange(count) - wait, self.stride, rounding_mode="floor") + 1
        y = self.head(x, contexts[:, index])
        return y, (*memory, contexts[:, -1:], torch.full_like(phase, (wait - count) % self.stride))
