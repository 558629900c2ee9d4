"""Causal Demucs: size, start, delay, what it learns. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.demucs_causal import DemucsCausal, Level
from rtsep_models.training.config import load_config

CONFIG = Path(__file__).parents[3] / "models/rtsep_models/configs/demucs_causal.toml"
HOP, DELAY, HOPS = 16, 16, 13
"""A hop is two frames of the deepest level."""
PUBLISHED_PARAMETERS = 18.87e6
FLOAT32 = 1e-5


def tiny(delay: int = DELAY, loud: float = 50.0) -> DemucsCausal:
    """A network with small sizes whose decoder says something: `loud` times what it says at first."""
    torch.manual_seed(0)
    network = DemucsCausal(strides=[4, 2], channels=5, delay=delay).eval()
    with torch.no_grad():
        for parameter in network.body.faster.parameters():
            parameter *= loud
    return network


def noise(batch: int = 2, hops: int = HOPS) -> Tensor:
    return torch.randn(batch, 2, hops * HOP, generator=torch.Generator().manual_seed(1))


@torch.no_grad()
@pytest.mark.parametrize("delay", [0, 8, DELAY, 40])
def test_before_training_the_stems_are_equal_shares_of_the_input_as_late_as_declared(delay: int) -> None:
    x = noise()
    shares = functional.pad(x, (delay, 0))[:, None, :, : x.shape[2]].expand(-1, 4, -1, -1) / 4
    network = tiny(delay, loud=0.0)
    assert network.delay == delay
    torch.testing.assert_close(network(x), shares, atol=FLOAT32, rtol=0.0)
    assert (tiny(delay, loud=1.0)(x) - shares).abs().mean() < 0.5 * shares.abs().mean()


@torch.no_grad()
@pytest.mark.parametrize("delay", [0, DELAY])
def test_a_sample_of_a_stem_is_made_with_what_came_up_to_the_delay_after_it_in_mind(delay: int) -> None:
    x = noise(1)
    other = x.clone()
    changed = 7 * HOP + DELAY
    other[..., changed:] += 1.0
    network = tiny(delay)
    differs = (network(other) - network(x)).abs().amax(dim=(0, 1, 2)) > 1e-5
    first = int(differs.nonzero()[0]) - network.delay  # which sample of the input that is
    assert first == changed - delay


@torch.no_grad()
def test_numbers_keep_their_size_from_level_to_level_before_training() -> None:
    torch.manual_seed(0)
    y, sizes = noise(1, 256).transpose(1, 2), []
    for level in (module for module in DemucsCausal().modules() if isinstance(module, Level)):
        y = level.enter(functional.relu(level.slower(y)))
        sizes.append(y.square().mean().sqrt().item())
    assert len(sizes) == 4
    assert all(0.3 < size < 3.0 for size in sizes)


def test_the_published_size_can_be_built_and_the_default_fits_a_small_machine() -> None:
    published = DemucsCausal(strides=[4] * 5, channels=48, layers=2, delay=0)
    assert sum(p.numel() for p in published.parameters()) == pytest.approx(PUBLISHED_PARAMETERS, rel=0.01)
    config = load_config(CONFIG)
    ours = build("demucs_causal", config.options)
    assert sum(p.numel() for p in ours.parameters()) < 1.2e6
    assert ours.delay == config.tiers[0].synthesis - config.tiers[0].hop


def test_a_few_steps_of_training_reduce_the_error_in_bfloat16() -> None:
    x = noise(4)
    late = functional.pad(x, (DELAY, 0))[..., : x.shape[2]]
    target = torch.stack([late, 0 * late, 0 * late, 0 * late], dim=1)
    errors = errors_in_training(tiny(loud=1.0), x, target, rate=1e-2, steps=40)
    assert errors[-1] < 0.8 * errors[0]


@pytest.mark.parametrize("delay", [0, DELAY])
def test_its_graph_does_as_the_network_does(delay: int, tmp_path: Path) -> None:
    check_graph(tiny(delay), noise(1, 7).split(HOP, dim=2), tmp_path)


@pytest.mark.parametrize(
    "options", [{"delay": 100}, {"delay": -256}, {"channels": 0}, {"strides": []}, {"strides": [0]}]
)
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("demucs_causal", options)
