"""A trained separator as a TorchScript file for nn~: methods `separate` (also as `forward`) and `levels`."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rtsep_models.exports.nn_protocol import ROWS, Blocks, Cache, NnModule
from rtsep_models.exports.separation import Frames, HeadStems, SpectrumSeparation, WaveformSeparation
from rtsep_models.exports.steps import FlatStep, traced
from rtsep_models.runtimes.steps import steps_of
from rtsep_models.streaming.contract import StreamingModule
from rtsep_models.weights.card import Card


class OneRate(nn.Module):
    """A step of one hop and its state: (B, C, N hop) to (B, S C, N hop)."""

    def __init__(self, step: StreamingModule, hop: Tensor, rows: int) -> None:
        super().__init__()
        flat = FlatStep(step)
        self.step, _ = traced(flat, hop)
        self.memory, self.hop = Cache(rows, flat.size), hop.shape[2]

    def forward(self, x: Tensor) -> Tensor:
        """Whole hops, one at least."""
        memory = self.memory(x.shape[0])
        stems: list[Tensor] = []
        for hop in x.split(self.hop, dim=2):
            y, after = self.step(hop, memory)
            memory.copy_(after)
            stems.append(y.flatten(1, 2))
        return torch.cat(stems, dim=2)


class TwoRates(nn.Module):
    """The same for a network whose trunk runs every `stride` hops; the head takes all hops of a block at once."""

    def __init__(self, trunk: nn.Module, head: nn.Module, stride: int, card: Card, hop: Tensor, rows: int) -> None:
        super().__init__()
        flat_frames, flat_trunk, flat_head = (FlatStep(part) for part in (Frames(card), trunk, HeadStems(head, card)))
        self.frames, frames = traced(flat_frames, hop)
        self.trunk, context = traced(flat_trunk, frames)
        self.head, _ = traced(flat_head, frames, context, hop)
        self.stride = stride
        self.past, self.memory, self.tail = (Cache(rows, flat.size) for flat in (flat_frames, flat_trunk, flat_head))
        self.context = Cache(rows, *context.shape[1:])
        self.phase = Cache(1, dtype=torch.int64)

    def forward(self, x: Tensor) -> Tensor:
        """Whole hops, one at least."""
        batch, phase = x.shape[0], int(self.phase.cache[0])
        past, memory, tail = self.past(batch), self.memory(batch), self.tail(batch)
        frames, after = self.frames(x, past)
        past.copy_(after)
        context = self.context(batch).clone()
        contexts: list[Tensor] = []
        for k in range(frames.shape[1]):
            if phase == 0:
                context, after = self.trunk(frames[:, k : k + 1], memory)
                memory.copy_(after)
            contexts.append(context)
            phase = (phase + 1) % self.stride
        self.phase.cache[0] = phase
        self.context(batch).copy_(context)
        y, after = self.head(frames, torch.cat(contexts, dim=1), x, tail)
        tail.copy_(after)
        return y.flatten(1, 2)


class NnSeparator(NnModule):
    """`separate` and `forward`: mix (B, C, n) to stems (B, S C, n), of any n; the stems add up to the mix, delayed.

    `levels`: the stems' levels instead, root mean squares of whole hops, (B, S, n / hop).
    """

    def __init__(self, network: StreamingModule, card: Card, rows: int = ROWS) -> None:
        super().__init__(card.sample_rates)
        self.hop, self.stems = card.hop, len(card.stems)
        self.blocks = Blocks(card.channels, self.stems * card.channels, card.hop, rows)
        hop, steps = torch.zeros(1, card.channels, card.hop), steps_of(network)
        if steps.trunk is not None:
            trunk, head = network.get_submodule("trunk"), network.get_submodule("head")
            self.step: nn.Module = TwoRates(trunk, head, steps.stride, card, hop, rows)
        else:
            kind = SpectrumSeparation if card.domain == "spectrum" else WaveformSeparation
            self.step = OneRate(kind(network, card), hop, rows)
        inlets = [f"(signal) {side}" for side in sides(card.channels)]
        outlets = [f"(signal) {stem} {side}" for stem in card.stems for side in sides(card.channels)]
        self.declare_method("forward", inlets, 1, outlets, 1)
        self.declare_method("separate", inlets, 1, outlets, 1)
        # nn~ makes its buffer as long as the largest ratio of all methods, so that it runs without a thread as well.
        self.declare_method("levels", inlets, 1, [f"(signal) level of {stem}" for stem in card.stems], card.hop)

    def forward(self, x: Tensor) -> Tensor:
        """As `separate`: nn~ calls this when told no method."""
        return self.separate(x)

    @torch.jit.export
    def separate(self, x: Tensor) -> Tensor:
        """Mix to stems."""
        hops = self.blocks(x)
        made: list[Tensor] = []
        if hops.shape[2] > 0:
            made.append(self.step(hops))
        return self.blocks.leave(made, x)

    @torch.jit.export
    def levels(self, x: Tensor) -> Tensor:
        """Mix to levels."""
        if x.shape[2] % self.hop != 0:
            raise ValueError(f"input has {x.shape[2]} samples, levels needs a multiple of {self.hop}")
        y = self.separate(x)
        parts = y.reshape(y.shape[0], self.stems, -1, x.shape[2] // self.hop, self.hop)
        return parts.square().mean(dim=4).mean(dim=2).sqrt()


def sides(channels: int) -> list[str]:
    """What the channels of a signal are called.

    >>> sides(2), sides(1)
    (['left', 'right'], ['mono'])
    """
    return {1: ["mono"], 2: ["left", "right"]}.get(channels) or [f"channel {k + 1}" for k in range(channels)]
