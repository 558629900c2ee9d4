"""Causal Wave-U-Net: size, start, delay, the rest, what it learns. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor
from torch.nn import functional

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.wave_unet import WaveUnet
from rtsep_models.streaming.pace import Interpolation
from rtsep_models.training.config import load_config

CONFIG = Path(__file__).parents[3] / "models/rtsep_models/configs/wave_unet.toml"
HOP, DELAY, HOPS = 16, 16, 13
"""A hop is two frames of the slowest rate."""
FLOAT32 = 1e-5


def tiny(delay: int = DELAY, loud: float = 10.0) -> WaveUnet:
    """A network with small sizes that says something: `loud` times what it says at first."""
    torch.manual_seed(0)
    network = WaveUnet(strides=[4, 2], widths=[5, 6, 7], taps=(5, 3), dilations=2, delay=delay).eval()
    with torch.no_grad():
        network.out.weight *= loud
    return network


def noise(batch: int = 2, hops: int = HOPS) -> Tensor:
    return torch.randn(batch, 2, hops * HOP, generator=torch.Generator().manual_seed(1))


def late(x: Tensor, delay: int = DELAY) -> Tensor:
    return functional.pad(x, (delay, 0))[..., : x.shape[2]]


def test_interpolation_ends_each_stride_where_the_frame_is() -> None:
    frames = torch.tensor([3.0, 9.0, 0.0])[None, :, None]
    expected = torch.tensor([1.0, 2.0, 3.0, 5.0, 7.0, 9.0, 6.0, 3.0, 0.0])
    torch.testing.assert_close(Interpolation(1, 3)(frames)[0, :, 0], expected)


@torch.no_grad()
@pytest.mark.parametrize("delay", [0, 8, DELAY, 40])
def test_before_training_the_stems_are_equal_shares_of_the_input_as_late_as_declared(delay: int) -> None:
    x, network = noise(), tiny(delay, loud=0.0)
    assert network.delay == delay
    shares = late(x, delay)[:, None].expand(-1, 4, -1, -1) / 4
    torch.testing.assert_close(network(x), shares, atol=FLOAT32, rtol=0.0)
    assert (tiny(delay, loud=1.0)(x) - shares).abs().mean() < shares.abs().mean()


@torch.no_grad()
def test_the_last_stem_is_what_the_others_leave_of_the_input() -> None:
    torch.testing.assert_close(tiny()(noise()).sum(dim=1), late(noise()), atol=FLOAT32, rtol=0.0)


def test_the_configuration_keeps_the_latency_of_its_tier_and_fits_a_small_machine() -> None:
    config = load_config(CONFIG)
    network = build(config.network, config.options)
    (tier,) = config.tiers
    assert network.delay == tier.synthesis - tier.hop  # type: ignore[attr-defined]
    assert sum(p.numel() for p in network.parameters()) < 1.2e6


def test_a_few_steps_of_training_reduce_the_error_in_bfloat16() -> None:
    network, x = tiny(loud=1.0), noise()
    silence = 0 * x
    errors = errors_in_training(network, x, torch.stack([late(x), silence, silence, silence], dim=1), rate=1e-2)
    assert errors[-1] < 0.5 * errors[0]


@pytest.mark.parametrize("delay", [0, DELAY])
def test_its_graph_does_as_the_network_does(delay: int, tmp_path: Path) -> None:
    check_graph(tiny(delay), noise(1, 7).split(HOP, dim=2), tmp_path)


@pytest.mark.parametrize(
    "options", [{"strides": []}, {"strides": [4, 0]}, {"taps": [5, 0]}, {"delay": 12}, {"stems": 1}, {"widths": [5, 6]}]
)
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("wave_unet", {"strides": [4, 2], "widths": [5, 6, 7]} | options)
