"""A student report's LSTM for vocals, and by the same recipe for drums and bass: spectra in, a look back, two LSTM layers.

    mixture --> level --> bands, real and imaginary --> awareness: --+--> pre-FC --> 2 LSTM layers --> 3 dense layers --+
       |                  part of both channels         this frame   |               one such row for each target       |
       |                                                and a few    +-------------------------------------------------+
       |                                                before it                                                 complex masks
       +---------------------------------------------------------------------------------------------------------> x <---+
                                                                                                                   |
                                                               the targets' frames; the other stems share what they leave

From what is reported of it (a report of students about live vocals, without any code): real and imaginary part of the spectrum
as twice as many real inputs; several frames of context at each step ("awareness"); a dense layer ahead of the LSTM ("pre-FC");
two LSTM layers; three dense layers; a contrastive cosine distance as the loss (`training/contrastive.py`); one source alone in
10 % of the examples, and white noise at several levels, drawn afresh for each batch.

Chosen here: *Masks, not spectra.* A network that gives spectra has to draw each bin's phase and level itself; a mask begins
as an equal share of what is heard, follows its level and is silent when it is, so that all 600 steps go into telling stems
apart. The masks are complex, since the inputs know phases and the cosine judges them. *Bands*: with each bin by itself four
frames would be 16,000 inputs. `layout` takes neighbouring bins together, above 1 kHz in configs/student_lstm.toml; a band is one
complex number with the direction of its bins' sum and the length of their power, since a sum alone loses what is in noise.
What lies above the layout goes with its highest band. *Compression* of the length to the power of 0.3 and the *level* so far,
as in the networks beside it. *Rest*: the stems without a network share what the targets leave, so that all add up.
`layout = [[1, 1025]], hidden = 512, pre_fc = 512` is the same without bands, 46 M weights.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.cues import LEVEL_FRAMES, QUIET
from rtsep_models.streaming.bands import Layout, bands_of, bins_of, coarser, gather
from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.layers import Context, Lstm, RunningLevel
from rtsep_models.streaming.masks import MaskNetwork

CHANNELS = 2
FAINT = 1e-8
"""Power of a band, against the level, below which compression ends."""
COMPRESSION = 0.3


class Target(StreamingModule):
    """The network of one stem: what is heard, (B, N, I), to the real and imaginary part of its masks, (B, N, 2 C G)."""

    def __init__(self, inputs: int, pre_fc: int, hidden: int, outputs: int) -> None:
        super().__init__()
        self.pre = nn.Sequential(nn.Linear(inputs, pre_fc), nn.ReLU()) if pre_fc else nn.Identity()
        self.memory = Lstm(pre_fc or inputs, hidden, 2)
        self.dense = nn.ModuleList([nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)])
        self.leave = nn.Linear(hidden, outputs)
        with torch.no_grad():
            self.leave.weight *= 0.1
            self.leave.bias.zero_()

    def initial_state(self, batch: int) -> State:
        """Hidden and cell."""
        return self.memory.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = self.memory.stream(self.pre(x), state)
        for dense in self.dense:
            y = functional.relu(dense(y))
        return self.leave(y).float(), after


class StudentLstm(MaskNetwork):
    """Frames (B, N, C = 2, F, 2) to the stems' frames (B, N, S, C, F, 2), which add up to the frame."""

    def __init__(
        self,
        *,
        layout: Layout,
        targets: int = 3,
        awareness: int = 3,
        pre_fc: int = 80,
        hidden: int = 80,
        stems: int = 4,
    ) -> None:
        """Networks for the first `targets` stems; each hears `awareness` frames of the past beside the newest, through
        `pre_fc` units, or none of either if 0. `layout` must not have more bins than a frame.

        Raises ConfigError if a size is out of range.
        """
        super().__init__()
        self.layout: Layout = tuple((int(bins), int(count)) for bins, count in layout)
        if min(hidden, targets, bands_of(self.layout)) < 1 or min(awareness, pre_fc) < 0 or targets >= stems:
            raise ConfigError(
                f"hidden {hidden}, targets {targets} and layout {self.layout} must have 1 or more of each, awareness "
                f"{awareness} and pre_fc {pre_fc} 0 or more, and one of the {stems} stems must be no target; "
                "correct the options"
            )
        self.coarse, self.stems = coarser(self.layout, 1), stems
        values = 2 * CHANNELS * bands_of(self.layout)
        self.level = RunningLevel(LEVEL_FRAMES)
        self.context = Context(values, awareness) if awareness else None
        self.targets = nn.ModuleList(Target((awareness + 1) * values, pre_fc, hidden, values) for _ in range(targets))

    @property
    def _targets(self) -> list[Target]:
        return [target for target in self.targets if isinstance(target, Target)]

    def initial_state(self, batch: int) -> State:
        """Hidden and cell of each target; the level's; the frames before, if any are seen."""
        context = [self.context] if self.context else []
        return tuple(t for part in (*self._targets, self.level, *context) for t in part.initial_state(batch))

    def masks(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """One for each band of both channels, real and imaginary part: (B, N, 2, S, C, K)."""
        targets = self._targets
        memories, before, after = 2 * len(targets), state[2 * len(targets) + 1 :], []
        level, heard_level = self.level.stream(x, state[memories : memories + 1])
        heard = self._heard(x, level)
        if self.context:
            heard, before = self.context.stream(heard, before)
        shares = []
        for index, target in enumerate(targets):
            share, memory = target.stream(heard, state[2 * index : 2 * index + 2])
            shares.append(share.unflatten(2, (2, CHANNELS, -1)))
            after += memory
        turns = torch.stack(shares, dim=3)  # (B, N, 2, targets, C, K): what a mask has over an equal share
        others = self.stems - len(targets)
        rest = (-turns.sum(dim=3, keepdim=True) / others).expand(-1, -1, -1, others, -1, -1)
        turns = torch.cat([turns, rest], dim=3)
        masks = torch.cat([turns[:, :, :1] + 1.0 / self.stems, turns[:, :, 1:]], dim=2)
        return masks, (*after, *heard_level, *before)

    def _heard(self, x: Tensor, level: Tensor) -> Tensor:
        """Bands of both channels against the level (B, N), real and imaginary part: (B, N, 2 C K)."""
        parts = x[..., : bins_of(self.layout), :].transpose(3, 4) * (level + QUIET).rsqrt()[:, :, None, None, None]
        power = gather(parts.square().sum(dim=3), self.layout, self.coarse)
        summed = gather(parts, self.layout, self.coarse)  # (B, N, C, 2, K)
        length = (summed.square().sum(dim=3) + FAINT).rsqrt() * (power + FAINT) ** (0.5 * COMPRESSION)
        return (summed * length[:, :, :, None]).transpose(2, 3).flatten(2)
