"""What tells voice, drums and bass apart in one bin, whatever its frequency: cues that are computed, not learned.

    trunk's frames --> `Memory`: how loud each bin was, where it stands, how evenly its phase turns ---+  held
    frame at hand --> levels --> against its neighbours and against what is held --> `Detail`: masks --+--> added to the head's

The bands of the flagship learn everything anew for each band. A partial, a hit, a voice in the middle look alike
in all of them, and one small convolution over the bins, the same everywhere, learns that from little music. The cues are those
of `classic` (rtsep/separators/classic/cues.py) with means instead of medians.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.streaming.bands import Layout, bands_of, bins_of, gather
from rtsep_models.streaming.contract import State, StreamingModule

FLOOR = 1e-6
"""Power of a bin below which nothing is heard, of sound at the running level."""
SLOW, FAST, PLACE, TURN = 1 / 120, 1 / 5, 1 / 9, 1 / 4
"""Rates of exponential means per frame of 512 samples: of levels, 1.4 s and 60 ms; of places, 0.1 s; of the turn of phases."""
BURST = 0.94
"""What is left of a burst after a frame: it rings for 0.2 s."""
BACK = 4
"""Frames to the older of two levels that a rise is measured from, 46 ms."""
NEIGHBOURS = 9, 31
"""Values across which means are taken that partials stand out from."""
LEVELS, HELD = 4, 8
"""Cues that `Memory` holds for each value: slow and fast mean level, levels of a frame and of `BACK` frames ago; centre, pan,
steadiness, burst."""
FRESH = 4 + len(NEIGHBOURS) + HELD
"""What `Detail` sees of each value: four levels; the level against its neighbours and against those held; the other cues."""
PLACES_HZ = 6
"""Waves over the logarithm of frequency by which `Detail` knows where it is, half of them sines."""


def levels(frames: Tensor, gain: Tensor, layout: Layout, coarse: Layout) -> Tensor:
    """Of frames (B, N, C = 2, F, 2) made louder by `gain` (B, N): nepers of power above the floor, (B, N, 4, G).

    Of left, right, mid and side, for each value of the coarse layout.
    """
    x = frames[..., : bins_of(layout), :].transpose(3, 4) * gain[:, :, None, None, None]
    left, right = x[:, :, :1], x[:, :, 1:]
    views = torch.cat([x, (left + right) * 0.5**0.5, (left - right) * 0.5**0.5], dim=2)
    return _above(gather(views.square().sum(dim=3), layout, coarse))


def _above(power: Tensor) -> Tensor:
    """Nepers of power above the floor: silence is 0, as in a state before the first frame."""
    return (power * (1 / FLOOR) + 1.0).log()


def _across(x: Tensor, size: int) -> Tensor:
    """The mean of (B, N, G) over `size` neighbours, of those that there are."""
    return functional.avg_pool1d(x, size, stride=1, padding=size // 2, count_include_pad=False)


def _both(level: Tensor) -> Tensor:
    """The level of both channels together, (B, N, G), out of `levels`."""
    return (level[:, :, 0].exp() + level[:, :, 1].exp() - 1.0).log()


class Memory(StreamingModule):
    """What is remembered of each bin: frames (B, M, C, F, 2) made louder to cues (B, M, HELD, G). It has no weights."""

    def __init__(self, layout: Layout, coarse: Layout) -> None:
        super().__init__()
        self.layout, self.coarse = layout, coarse
        self.bins, self.values = bins_of(layout), bins_of(coarse)
        self._scale = nn.Buffer(4.0 / _shared(layout, coarse), persistent=False)

    def initial_state(self, batch: int) -> State:
        """Levels, (B, 2 + BACK, G): slow mean, fast mean, of the last frames. Places (B, 4, G): mean powers of left, right, mid,
        side. Mid of the frame before, and the mean turn of its phase: (B, 2, 2, bins). Burst (B, G)."""
        shapes = (2 + BACK, self.values), (4, self.values), (2, 2, self.bins), (self.values,)
        return tuple(self._scale.new_zeros(batch, *shape) for shape in shapes)

    @torch.no_grad()
    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        x = x[..., : self.bins, :].transpose(3, 4)
        mid = (x[:, :, 0] + x[:, :, 1]) * 0.5**0.5
        side = (x[:, :, 0] - x[:, :, 1]) * 0.5**0.5
        views = torch.stack([x[:, :, 0], x[:, :, 1], mid, side], dim=2)
        power = gather(views.square().sum(dim=3), self.layout, self.coarse)
        level = _above(power[:, :, 0] + power[:, :, 1])
        before = torch.cat([state[0][:, 2:], level], dim=1)
        rise = _across((level - before[:, : level.shape[1]]).clamp(-6.0, 6.0), NEIGHBOURS[0])
        line = torch.cat([state[2][:, None, 0], mid], dim=1)
        real, imaginary = _turn(line[:, 1:], line[:, :-1])
        slow, fast = state[0][:, 0], state[0][:, 1]
        places, turn, burst = state[1], state[2][:, 1], state[3]
        slows, fasts, means, turns, bursts = [], [], [], [], []
        for n in range(x.shape[1]):
            slow = slow + SLOW * (level[:, n] - slow)
            fast = fast + FAST * (level[:, n] - fast)
            places = places + PLACE * (power[:, n] - places)
            turn = turn + TURN * (torch.stack([real[:, n], imaginary[:, n]], dim=1) - turn)
            burst = torch.maximum(rise[:, n], BURST * burst)
            for rows, row in zip((slows, fasts, means, turns, bursts), (slow, fast, places, turn, burst), strict=True):
                rows.append(row)
        place, even = torch.stack(means, dim=1), torch.stack(turns, dim=1).square().sum(dim=2).sqrt()
        left, right, middle, sides = place.unbind(2)
        cues = [
            torch.stack(slows, dim=1),
            torch.stack(fasts, dim=1),
            before[:, BACK - 1 : -1],
            before[:, : level.shape[1]],
            0.5 * (_above(middle) - _above(sides)).clamp(-6.0, 8.0),
            4.0 * (left - right) / (left + right + FLOOR),
            gather(even, self.layout, self.coarse) * self._scale,
            torch.stack(bursts, dim=1),
        ]
        after = torch.cat([torch.stack([slow, fast], dim=1), before[:, -BACK:]], dim=1)
        return torch.stack(cues, dim=2), (after, places, torch.stack([line[:, -1], turn], dim=1), burst)


def _turn(now: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
    """How the phase of (B, N, 2, F) turned, as a number on the unit circle; near 0 where nothing was heard."""
    real = now[:, :, 0] * before[:, :, 0] + now[:, :, 1] * before[:, :, 1]
    imaginary = now[:, :, 1] * before[:, :, 0] - now[:, :, 0] * before[:, :, 1]
    size = (real.square() + imaginary.square() + FLOOR**2).rsqrt()
    return real * size, imaginary * size


class Detail(nn.Module):
    """The frame at hand, the cues held and what the head makes of each band to logits of masks, (B, N, outputs, G)."""

    places: Tensor
    band: Tensor

    def __init__(self, layout: Layout, coarse: Layout, hidden: int, width: int, outputs: int) -> None:
        super().__init__()
        self.known = nn.Linear(hidden, 8)
        self.first = nn.Conv1d(FRESH + PLACES_HZ + 8, width, 3, padding=1)
        self.second = nn.Conv1d(width, width, 3, padding=1)
        self.last = nn.Conv1d(width, outputs, 1)
        nn.init.zeros_(self.last.weight)
        assert self.last.bias is not None
        nn.init.zeros_(self.last.bias)
        self.register_buffer("places", _places(layout, coarse), persistent=False)
        each = torch.tensor([values for values, count in coarse for _ in range(count)])
        self.register_buffer("band", torch.arange(bands_of(coarse)).repeat_interleave(each), persistent=False)

    def forward(self, level: Tensor, held: Tensor, bands: Tensor) -> Tensor:
        """Of `levels` (B, N, 4, G), cues (B, N, HELD, G) and the head's bands (B, N, K, hidden)."""
        known = self.known(bands)[:, :, self.band].transpose(2, 3)
        now = _both(level)
        across = [_across(now, size)[:, :, None] for size in NEIGHBOURS]
        against = 0.5 * (now[:, :, None] - torch.cat([*across, held[:, :, :LEVELS]], dim=2))
        places = self.places.expand(*known.shape[:2], -1, -1)
        x = torch.cat([0.25 * level, against, held[:, :, LEVELS:], places, known], dim=2)
        x = functional.gelu(self.first(x.flatten(0, 1)))
        x = x + functional.gelu(self.second(x))
        return self.last(x).unflatten(0, known.shape[:2])


def _shared(layout: Layout, coarse: Layout) -> Tensor:
    """How many bins share each value, (G,)."""
    return gather(torch.ones(bins_of(layout)), layout, coarse)


def _places(layout: Layout, coarse: Layout) -> Tensor:
    """Where each value lies, (PLACES_HZ, G): slow waves over the logarithm of the bin."""
    bins = torch.arange(bins_of(layout), dtype=torch.float32)
    where = (gather(bins, layout, coarse) / _shared(layout, coarse) + 1.0).log() / math.log(bins_of(layout) + 1.0)
    waves = [torch.pi * (k + 1) * where for k in range(PLACES_HZ // 2)]
    return torch.cat([torch.stack([wave.sin() for wave in waves]), torch.stack([wave.cos() for wave in waves])])
