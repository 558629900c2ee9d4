"""WaveNet as a separator: delay, reach, start, what it learns. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.wavenet import WaveNet
from rtsep_models.training.config import load_config

CONFIGS = Path(__file__).parents[3] / "models/rtsep_models/configs"
HOP, DELAY = 32, 16
SHAPE_IN, SHAPE_OUT = (1, 2, HOP), (1, 4, 2, HOP)


def tiny(**options: object) -> WaveNet:
    """A network with small sizes, 16 samples late."""
    torch.manual_seed(0)
    sizes = {"hop": HOP, "stride": 4, "channels": 8, "skip": 7, "blocks": 3, "stacks": 2, "ahead": 2, "hidden": 9}
    return WaveNet(**(sizes | options)).eval()  # type: ignore[arg-type]


def noise(batch: int = 2, hops: int = 11) -> Tensor:
    return torch.randn(batch, 2, hops * HOP, generator=torch.Generator().manual_seed(1))


@torch.no_grad()
def test_before_training_the_stems_are_equal_shares_of_the_input_as_late_as_declared() -> None:
    network = tiny()
    for learned in (network.shares, network.waves):
        learned.weight.zero_()
    expected = torch.nn.functional.pad(noise(), (DELAY, 0))[..., : noise().shape[-1]]
    for stem in network(noise()).unbind(1):
        torch.testing.assert_close(stem, expected / 4, atol=1e-5, rtol=0.0)
    assert network.delay == DELAY


@torch.no_grad()
def test_the_blocks_that_look_ahead_hear_as_far_as_the_delay_and_no_further() -> None:
    """Samples of the output are `DELAY` older than those of the input: what is heard in between is the look-ahead."""
    network, x = tiny(), noise(1)
    other = x.clone()
    other[..., 5 * HOP] += 1.0
    changed = (network(other) != network(x)).any(dim=2).any(dim=1)[0].nonzero()[0].item()
    assert 5 * HOP <= changed < 5 * HOP + 4  # a frame, of four samples; before it, in time, lies the delay


def test_the_default_keeps_the_latency_of_its_configurations_and_fits_a_small_machine() -> None:
    for name in ("wavenet", "wavenet_songs"):
        config = load_config(CONFIGS / f"{name}.toml")
        network = build(config.network, config.options)
        (tier,) = config.tiers
        assert network.delay == tier.synthesis - tier.hop
        assert sum(p.numel() for p in network.parameters()) < 1.2e6


def test_a_few_steps_of_training_reduce_the_error_in_bfloat16() -> None:
    x = noise()
    late = torch.nn.functional.pad(x, (DELAY, 0))[..., : x.shape[-1]]
    errors = errors_in_training(tiny(), x, torch.stack([late, 0 * x, 0 * x, 0 * x], dim=1), rate=1e-2)
    assert errors[-1] < 0.5 * errors[0]


def test_its_graph_does_as_the_network_does(tmp_path: Path) -> None:
    check_graph(tiny(), noise(1, 7).split(HOP, dim=2), tmp_path, rtol=1e-7)


@pytest.mark.parametrize("options", [{"channels": 0}, {"stacks": 0}, {"stride": 5}, {"ahead": 4}, {"ahead": -1}])
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("wavenet", {"hop": HOP, "stride": 4, "blocks": 3, "ahead": 2} | options)
