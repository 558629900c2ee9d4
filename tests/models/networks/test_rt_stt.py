"""RT-STT: size, start, where masks lie, what it learns. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.rt_stt import RtStt
from rtsep_models.runtimes.cost import macs_per_hop
from rtsep_models.training.config import load_config

CONFIG = Path(__file__).parents[3] / "models/rtsep_models/configs/rt_stt.toml"
FRAME = (1, 1, 2, 513, 2)
HOPS_PER_S = 44_100 / 512
BINS, SEEN, FOLD = 33, 30, 3
FLOAT32 = 1e-5


def tiny(loud: float = 10.0) -> RtStt:
    """A network with small sizes whose masks say something: `loud` times what they say at first."""
    torch.manual_seed(0)
    network = RtStt(bins=SEEN, fold=FOLD, channels=5, bottleneck=4, modules=1).eval()
    with torch.no_grad():
        network.leave.weight *= loud
    return network


def noise(batch: int = 2, frames: int = 13) -> Tensor:
    return torch.randn(batch, frames, 2, BINS, 2, generator=torch.Generator().manual_seed(1))


@torch.no_grad()
def test_before_training_the_stems_are_equal_shares_and_a_small_correction() -> None:
    x = noise()
    shares = x[:, :, None].expand(-1, -1, 4, -1, -1, -1) / 4
    torch.testing.assert_close(tiny(loud=0.0)(x), shares, atol=FLOAT32, rtol=0.0)
    assert 0.0 < (tiny(loud=1.0)(x) - shares).abs().mean() < 0.25 * shares.abs().mean()


@torch.no_grad()
def test_how_loud_a_frame_is_against_the_last_ones_is_heard() -> None:
    """Norms over a frame alone would take it for granted."""
    x = noise(1, 20)
    quieter = x * torch.ones(20).index_fill(0, torch.tensor([19]), 0.1)[:, None, None, None]
    masks = [(tiny()(each) / each[:, :, None])[:, 19] for each in (x, quieter)]
    assert (masks[0] - masks[1]).abs().median() > 1e-3


@torch.no_grad()
def test_each_bin_has_a_mask_of_its_own_and_those_above_go_with_the_highest() -> None:
    x = torch.view_as_real(torch.ones(1, 1, 2, BINS, dtype=torch.complex64))  # so that the output is the masks
    masks = tiny()(x)[0, 0, :, :, :, 0]
    assert (masks[..., 1:SEEN] - masks[..., : SEEN - 1]).abs().min() > 1e-6
    torch.testing.assert_close(masks[..., SEEN:], masks[..., SEEN - 1 : SEEN].expand(4, 2, BINS - SEEN))


def test_the_published_size_can_be_built_and_the_default_fits_a_small_machine() -> None:
    published = RtStt(fold=1, channels=16, modules=3, levels=False)
    assert sum(p.numel() for p in published.parameters()) == pytest.approx(0.38e6, rel=0.05)
    assert macs_per_hop(published, FRAME) * HOPS_PER_S == pytest.approx(11.4e9, rel=0.1)
    ours = build("rt_stt", load_config(CONFIG).options)
    assert macs_per_hop(ours, FRAME) * HOPS_PER_S < 0.5e9


def test_a_few_steps_of_training_tell_bands_apart_in_bfloat16() -> None:
    x = noise(4)
    low = torch.arange(BINS)[:, None] < 12
    target = torch.stack([x * low, 0 * x, 0 * x, x * ~low], dim=2)
    errors = errors_in_training(tiny(loud=1.0), x, target, rate=1e-2)
    assert errors[-1] < 0.5 * errors[0]


def test_its_graph_does_as_the_network_does(tmp_path: Path) -> None:
    check_graph(tiny(), noise(1, 7).split(1, dim=1), tmp_path)


@pytest.mark.parametrize("options", [{"fold": 7}, {"channels": 0}, {"modules": 0}])
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("rt_stt", options)
