"""What training scores is what the streaming network plays."""

from __future__ import annotations

import math

import pytest
import torch

from rtsep.errors import ConfigError
from rtsep_models.networks.band import BandNetwork
from rtsep_models.networks.hs_tasnet import HsTasNet
from rtsep_models.streaming.stft import Stft
from rtsep_models.training.config import Transform
from rtsep_models.training.losses import FLOOR, frame_error_db
from rtsep_models.training.systems import BandObjective, BandSystem, SpectrumSystem, WaveformSystem, system_of
from rtsep_models.training.views import View

LAYOUT = ((1, 3), (3, 2), (6, 4))
MONITOR, STAGE = Transform(64, 64, 32), Transform(64, 16, 8)
VALID = torch.ones(2, 4, dtype=torch.bool)


def network(stride: int = 1) -> BandNetwork:
    torch.manual_seed(0)
    return BandNetwork(layout=LAYOUT, stride=stride, width=6, hidden=5, song=7, layers=1, fresh=4, head=8)


def stems() -> torch.Tensor:
    return torch.randn(2, 4, 2, 32 * 12, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("offset", range(4))
@pytest.mark.parametrize(("score_every", "training", "every"), [(1, True, 4), (2, True, 8), (2, False, 4)])
@torch.no_grad()
def test_one_frame_of_each_trunk_frame_scores_as_in_the_whole_stream(
    offset: int, score_every: int, training: bool, every: int
) -> None:
    x = stems()
    system = BandSystem(network(), (MONITOR, STAGE), BandObjective(score_every)).train(training)
    scored = system(x, VALID, View(1, offset), skip=64)
    transform = Stft(STAGE.analysis, STAGE.hop, STAGE.synthesis)
    # The trunk's first frame ends after one of its own hops: the fourth of the head's.
    frames = transform(x.flatten(0, 1)).unflatten(0, (2, 4)).transpose(1, 2)[:, 3:]
    heard = network(stride=4)(frames.sum(dim=2))
    picked = slice(offset + 2 * 4, None, every)
    bins = network().trunk.bins
    expected = frame_error_db(heard[:, picked, ..., :bins, :], frames[:, picked, ..., :bins, :], VALID)
    assert scored.item() == pytest.approx(expected.item(), abs=1e-3)


@torch.no_grad()
def test_frames_are_scored_as_masks_are() -> None:
    x = stems()
    scores = [
        system(x, VALID, View(0, 0), 64).item()
        for system in (SpectrumSystem(network(), MONITOR), BandSystem(network(), (MONITOR,), BandObjective()))
    ]
    assert scores[0] == pytest.approx(scores[1], abs=1e-3)


def test_tiers_whose_hops_do_not_divide_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"\[32, 12\]"):
        BandSystem(network(), (MONITOR, Transform(64, 24, 12)), BandObjective())


def test_a_waveform_network_is_scored_at_its_delay() -> None:
    class Passing(HsTasNet):
        """The mixture as `vocals`, one hop late."""

        def stream(
            self, x: torch.Tensor, state: tuple[torch.Tensor, ...]
        ) -> tuple[torch.Tensor, tuple[torch.Tensor, ...]]:
            late = torch.nn.functional.pad(x, (self.delay, 0))[..., : x.shape[-1]]
            return torch.stack([late, 0 * late, 0 * late, 0 * late], dim=1), state

    x = stems()
    x[:, 1:] = 0.0
    transform = Transform(64, 64, 32)
    system = WaveformSystem(Passing(window=64, hop=32, bases=8, width=8), transform)
    assert system(x, VALID, View(0, 0), skip=0).item() == pytest.approx(10 * math.log10(FLOOR), abs=1e-3)


def test_a_tier_that_is_not_as_late_as_its_network_is_refused() -> None:
    with pytest.raises(ConfigError, match="is 32 samples late; set synthesis = 64"):
        WaveformSystem(HsTasNet(window=64, hop=32, bases=8, width=8), Transform(64, 96, 32))


def test_a_network_with_one_hop_serves_one_tier() -> None:
    with pytest.raises(ConfigError, match="2 tiers"):
        system_of(HsTasNet(window=64, hop=32, bases=8, width=8), (MONITOR, STAGE), {})


def test_an_objective_that_a_network_does_not_have_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"unknown field `gamma`; see BandObjective"):
        system_of(network(), (MONITOR,), {"gamma": 1.0})
    with pytest.raises(ConfigError, match="score_every 0: must be 1 or more"):
        system_of(network(), (MONITOR,), {"score_every": 0})
