"""What tells voice, drums and bass apart in one bin, whatever its frequency: cues that are computed, not learned.

    trunk's frames --> `Memory`: how loud each bin was, where it stands, how evenly its phase turns ---+  held
    frame at hand --> levels --> against its neighbours and against what is held --> `Detail`: masks --+--> added to the head's

The bands of the flagship learn everything anew for each band. A partial, a hit, a voice in the middle look alike
in all of them, and one small convolution over the bins, the same everywhere, learns that from little music. The cues are those
of `classic` (rtsep/separators/classic/cues.py) with means instead of medians.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.cues import (
    BACK,
    BURST,
    FAST,
    FLOOR,
    FRESH,
    KNOWN,
    LEVELS,
    NEIGHBOURS,
    PLACE,
    SLOW,
    TURN,
    WAVES,
    places,
)
from rtsep_models.streaming.bands import Layout, bands_of, bins_of, coarser, gather, spread
from rtsep_models.streaming.contract import State, StreamingModule


def views(frames: Tensor, gain: Tensor, bins: int) -> Tensor:
    """Left, right, mid and side of frames (B, N, C = 2, F, 2) made louder by `gain` (B, N): (B, N, 4, 2, bins).

    With the bins last, arithmetic runs over long rows; over pairs it takes ten times as long.
    """
    scaled = frames[..., :bins, :].transpose(3, 4) * gain[:, :, None, None, None]
    left, right = scaled[:, :, :1], scaled[:, :, 1:]
    return torch.cat([scaled, (left + right) * 0.5**0.5, (left - right) * 0.5**0.5], dim=2)


def power_of(heard: Tensor, layout: Layout, coarse: Layout) -> Tensor:
    """Of `views`, for each value of the coarse layout: (B, N, 4, G)."""
    return gather(heard.square().sum(dim=3), layout, coarse)


def level_of(power: Tensor) -> Tensor:
    """Nepers of power above the floor: silence is 0, as in a state before the first frame."""
    return (power * (1 / FLOOR) + 1.0).log()


def _both(power: Tensor) -> Tensor:
    """The level of both channels together, (B, N, G), out of `power_of`."""
    return level_of(power[:, :, 0] + power[:, :, 1])


def _across(x: Tensor, size: int) -> Tensor:
    """The mean of (B, N, G) over `size` neighbours, of those that there are."""
    return functional.avg_pool1d(x, size, stride=1, padding=size // 2, count_include_pad=False)


class Memory(StreamingModule):
    """What is remembered of each bin: `views` (B, M, 4, 2, bins) to cues (B, M, HELD, G). It has no weights."""

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
        power = power_of(x, self.layout, self.coarse)
        level = _both(power)
        before = torch.cat([state[0][:, 2:], level], dim=1)
        last, old = before[:, BACK - 1 : -1], before[:, : level.shape[1]]
        rise = _across((level - old).clamp(-6.0, 6.0), NEIGHBOURS[0])
        line = torch.cat([state[2][:, None, 0], x[:, :, 2]], dim=1)
        turned = _turn(line[:, 1:], line[:, :-1])
        slow, fast = state[0][:, 0], state[0][:, 1]
        places, turn, burst = state[1], state[2][:, 1], state[3]
        steps = []
        for n in range(x.shape[1]):
            slow = slow + SLOW * (level[:, n] - slow)
            fast = fast + FAST * (level[:, n] - fast)
            places = places + PLACE * (power[:, n] - places)
            turn = turn + TURN * (turned[:, n] - turn)
            burst = torch.maximum(rise[:, n], BURST * burst)
            steps.append((slow, fast, places, turn, burst))
        slows, fasts, means, turns, bursts = (torch.stack(rows, dim=1) for rows in zip(*steps, strict=True))
        left, right, mid, side = means.unbind(2)
        cues = [
            slows,
            fasts,
            last,
            old,
            0.5 * (level_of(mid) - level_of(side)).clamp(-6.0, 8.0),
            4.0 * (left - right) / (left + right + FLOOR),
            gather(turns.square().sum(dim=2).sqrt(), self.layout, self.coarse) * self._scale,
            bursts,
        ]
        after = torch.cat([torch.stack([slow, fast], dim=1), before[:, -BACK:]], dim=1)
        return torch.stack(cues, dim=2), (after, places, torch.stack([line[:, -1], turn], dim=1), burst)


def _turn(now: Tensor, before: Tensor) -> Tensor:
    """How the phase of (B, N, 2, F) turned, as a number on the unit circle, (B, N, 2, F); near 0 where nothing was heard."""
    real = now[:, :, 0] * before[:, :, 0] + now[:, :, 1] * before[:, :, 1]
    imaginary = now[:, :, 1] * before[:, :, 0] - now[:, :, 0] * before[:, :, 1]
    size = (real.square() + imaginary.square() + FLOOR**2).rsqrt()
    return torch.stack([real * size, imaginary * size], dim=2)


class Detail(nn.Module):
    """The frame at hand, the cues held and what the head makes of each band to logits of masks, (B, N, outputs, G).

    Untrained they are 0, so that it can be added to a network that has learned.
    """

    places: Tensor
    band: Tensor

    def __init__(self, layout: Layout, coarse: Layout, hidden: int, width: int, outputs: int) -> None:
        super().__init__()
        self.layout, self.coarse = layout, coarse
        self.known = nn.Linear(hidden, KNOWN)
        self.first = nn.Conv1d(FRESH + WAVES + KNOWN, width, 3, padding=1)
        self.second = nn.Conv1d(width, width, 3, padding=1)
        self.last = nn.Conv1d(width, outputs, 1)
        for parameter in self.last.parameters():
            nn.init.zeros_(parameter)
        shared = _shared(layout, coarse).long().numpy()
        self.register_buffer("places", torch.from_numpy(places(shared)), persistent=False)
        self.register_buffer(
            "band", spread(torch.arange(bands_of(coarse)), coarse, coarser(coarse, 1)), persistent=False
        )

    def forward(self, heard: Tensor, held: Tensor, bands: Tensor) -> Tensor:
        """Of `views` (B, N, 4, 2, bins), cues (B, N, HELD, G) and the head's bands (B, N, K, hidden)."""
        known = self.known(bands)[:, :, self.band].transpose(2, 3)
        power = power_of(heard, self.layout, self.coarse)
        now = _both(power)
        across = [_across(now, size)[:, :, None] for size in NEIGHBOURS]
        against = 0.5 * (now[:, :, None] - torch.cat([*across, held[:, :, :LEVELS]], dim=2))
        places = self.places.expand(*known.shape[:2], -1, -1)
        x = torch.cat([0.25 * level_of(power), against, held[:, :, LEVELS:], places, known], dim=2)
        x = functional.gelu(self.first(x.flatten(0, 1)))
        x = x + functional.gelu(self.second(x))
        return self.last(x).unflatten(0, known.shape[:2])


def _shared(layout: Layout, coarse: Layout) -> Tensor:
    """How many bins share each value, (G,)."""
    return gather(torch.ones(bins_of(layout)), layout, coarse)
