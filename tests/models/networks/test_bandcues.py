"""The cues that the flagship looks at: what they say of a tone, of noise, of a hit and of places."""

from __future__ import annotations

import torch
from torch import Tensor

from rtsep_models.cues import HELD
from rtsep_models.networks.band import BandNetwork
from rtsep_models.networks.bandcues import Detail, Memory, level_of, power_of, views
from rtsep_models.streaming.bands import gather

LAYOUT, COARSE = ((1, 8), (4, 3)), ((1, 8), (2, 3))
BINS, VALUES, FRAMES = 20, 14, 40
SLOW, FAST, LAST, OLD, CENTRE, PAN, STEADY, BURST = range(HELD)


def noise(seed: int = 0) -> Tensor:
    """(B, N, C, F, 2), the channels independent."""
    return torch.randn(1, FRAMES, 2, BINS, 2, generator=torch.Generator().manual_seed(seed))


def tone() -> Tensor:
    """A phase that turns evenly in every bin, the same in both channels."""
    angle = 1.3 * torch.arange(FRAMES)[:, None] * torch.ones(BINS)
    return torch.stack([angle.cos(), angle.sin()], dim=2)[None, :, None].expand(1, FRAMES, 2, BINS, 2)


def levels(frames: Tensor, gain: float = 1.0) -> Tensor:
    """Of left, right, mid and side, (B, N, 4, G)."""
    return level_of(power_of(views(frames, torch.full((1, FRAMES), gain), BINS), LAYOUT, COARSE))


def cues(frames: Tensor) -> Tensor:
    """After the last frame, (HELD, G)."""
    held = Memory(LAYOUT, COARSE)(views(frames, torch.ones(1, FRAMES), BINS))
    assert held.shape == (1, FRAMES, HELD, VALUES)
    return held[0, -1]


def test_a_tone_is_steady_and_noise_is_not() -> None:
    assert cues(tone())[STEADY].min() > 3.9
    assert cues(noise())[STEADY].max() < 3.0


def test_places_are_told_apart() -> None:
    left, middle = noise() * torch.tensor([1.0, 0.0])[:, None, None], tone()
    assert cues(left)[PAN].min() > 3.9
    assert cues(left.flip(2))[PAN].max() < -3.9
    assert cues(left)[CENTRE].abs().max() < 1e-3
    assert cues(middle)[CENTRE].min() > 3.0
    assert cues(middle)[PAN].abs().max() < 1e-3


def test_a_hit_bursts_and_rings_and_a_tone_that_lasts_does_not() -> None:
    hit = torch.zeros(1, FRAMES, 2, BINS, 2)
    hit[:, -3] = 1.0
    assert cues(hit)[BURST].min() > 5.0
    assert cues(tone())[BURST].max() < 1.0


def test_levels_held_are_means_and_those_of_frames_before() -> None:
    heard = noise()
    level = levels(heard)
    both = (level[0, :, 0].exp() + level[0, :, 1].exp() - 1.0).log()
    held = cues(heard)
    torch.testing.assert_close(held[LAST], both[-2])
    torch.testing.assert_close(held[OLD], both[-5])
    fast = torch.zeros(VALUES)
    for row in both:
        fast = fast + 0.2 * (row - fast)
    torch.testing.assert_close(held[FAST], fast)
    assert (held[SLOW] < held[FAST]).all()  # it remembers the silence before the first frame


def test_levels_are_those_of_the_bins_that_share_a_value() -> None:
    heard = noise()
    power = gather((2.0 * heard).square().sum(dim=4), LAYOUT, COARSE)
    level = levels(heard, gain=2.0)
    torch.testing.assert_close(level[:, :, :2], (power * 1e6 + 1.0).log())
    assert not levels(0.0 * heard).any()


def test_detail_begins_as_nothing_and_then_shifts_masks() -> None:
    torch.manual_seed(0)
    network = BandNetwork(layout=LAYOUT, width=6, hidden=5, song=7, layers=1, fresh=4, head=8, detail=3).eval()
    plain = BandNetwork(layout=LAYOUT, width=6, hidden=5, song=7, layers=1, fresh=4, head=8).eval()
    plain.load_state_dict({name: value for name, value in network.state_dict().items() if "detail" not in name})
    heard = noise()
    with torch.no_grad():
        torch.testing.assert_close(network(heard), plain(heard), atol=0.0, rtol=0.0)
        assert isinstance(network.head.detail, Detail)
        network.head.detail.last.reset_parameters()
        shifted = network(heard)
    assert (shifted - plain(heard)).abs().max() > 1e-3
    torch.testing.assert_close(shifted.sum(dim=2), heard, atol=1e-5, rtol=1e-5)
