"""Causal Conv-TasNet: size, start, delay, what it learns. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.conv_tasnet import ConvTasNet, hartley
from rtsep_models.training.config import load_config

CONFIG = Path(__file__).parents[3] / "models/rtsep_models/configs/conv_tasnet.toml"
STRIDE, HOP, HOPS = 8, 16, 13
"""A hop is two frames."""
PUBLISHED = {"kernel": 16, "bases": 512, "channels": 128, "hidden": 512, "dilations": 8, "repeats": 3}
PUBLISHED_PARAMETERS = 5.1e6
FLOAT32 = 1e-5


def tiny(ahead: int = 1, loud: float = 10.0) -> ConvTasNet:
    """A network with small sizes whose masks say something: `loud` times what they say at first."""
    torch.manual_seed(0)
    network = ConvTasNet(kernel=16, bases=20, channels=8, hidden=12, dilations=3, repeats=2, ahead=ahead).eval()
    with torch.no_grad():
        network.masks.get_parameter("1.weight").mul_(loud)
    return network


def noise(batch: int = 2, hops: int = HOPS) -> Tensor:
    return torch.randn(batch, 2, hops * HOP, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize(("length", "bases"), [(16, 16), (15, 15), (16, 21)])
def test_the_first_bases_are_undone_by_their_transpose(length: int, bases: int) -> None:
    rows = hartley(length, bases)
    torch.testing.assert_close(rows.T @ rows, torch.eye(length), atol=FLOAT32, rtol=0.0)


@torch.no_grad()
@pytest.mark.parametrize("ahead", [0, 1, 3])
def test_before_training_the_stems_are_equal_shares_of_the_input_as_late_as_declared(ahead: int) -> None:
    x, network = noise(), tiny(ahead, loud=0.0)
    assert network.delay == (1 + ahead) * STRIDE
    expected = functional.pad(x, (network.delay, 0))[:, None, :, : x.shape[2]].expand(-1, 4, -1, -1) / 4
    torch.testing.assert_close(network(x), expected, atol=FLOAT32, rtol=0.0)


@torch.no_grad()
def test_masks_listen_as_far_ahead_as_the_delay_and_no_further() -> None:
    """A sample changes the output from the frame that hears it first, whose masks are for samples `delay` older."""
    network, x = tiny(ahead=2), noise(1)
    other = x.clone()
    other[..., 5 * HOP] += 1.0
    changed = (network(other) != network(x)).any(dim=2).any(dim=1)[0].nonzero()[0].item()
    assert 5 * HOP <= changed < 5 * HOP + STRIDE


def test_the_published_size_can_be_built() -> None:
    """That of speech has one channel and two speakers; what depends on them is left out on both sides."""
    network = ConvTasNet(**PUBLISHED)  # type: ignore[arg-type]
    bases, channels = PUBLISHED["bases"], PUBLISHED["channels"]
    speech = bases * channels + 2 * bases * channels + 2 * 16 * bases
    count = sum(p.numel() for p in network.blocks.parameters())
    assert abs(count + speech - PUBLISHED_PARAMETERS) < 0.03 * PUBLISHED_PARAMETERS


def test_the_configuration_keeps_the_latency_of_its_tier_and_fits_a_small_machine() -> None:
    config = load_config(CONFIG)
    network = build(config.network, config.options)
    (tier,) = config.tiers
    assert network.delay == tier.synthesis - tier.hop  # type: ignore[attr-defined]
    assert sum(p.numel() for p in network.parameters()) < 1.2e6


def test_a_few_steps_of_training_reduce_the_error_in_bfloat16() -> None:
    network, x = tiny(), noise()
    stem = functional.pad(x, (network.delay, 0))[..., : x.shape[2]]
    errors = errors_in_training(network, x, torch.stack([stem, 0 * x, 0 * x, 0 * x], dim=1), rate=1e-2)
    assert errors[-1] < 0.5 * errors[0]


@pytest.mark.parametrize("ahead", [0, 1])
def test_its_graph_does_as_the_network_does(ahead: int, tmp_path: Path) -> None:
    check_graph(tiny(ahead), noise(1, 7).split(HOP, dim=2), tmp_path)


@pytest.mark.parametrize("options", [{"channels": 0}, {"stems": 1}, {"kernel": 15}, {"bases": 12}, {"ahead": -1}])
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("conv_tasnet", {"kernel": 16, "bases": 16} | options)
