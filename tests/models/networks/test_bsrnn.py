"""BSRNN, looking back only: size, start, bands that hear each other. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.bsrnn import AcrossBands, Bsrnn
from rtsep_models.runtimes.cost import macs_per_hop
from rtsep_models.streaming.bands import bands_of
from rtsep_models.training.config import load_config

CONFIG = Path(__file__).parents[3] / "models/rtsep_models/configs/bsrnn.toml"
LAYOUT = ((1, 3), (3, 2), (6, 3))
"""27 bins of the 33 of a frame, in 8 bands."""
BINS = 33
SHAPE_IN, SHAPE_OUT = (1, 1, 2, BINS, 2), (1, 1, 4, 2, BINS, 2)
PUBLISHED_LAYOUT = ((5, 10), (12, 12), (23, 8), (46, 8), (93, 3))
"""100, 250 and 500 Hz, 1 and 2 kHz in bins of 21.5 Hz."""


def tiny(**options: object) -> Bsrnn:
    """A network with small sizes."""
    torch.manual_seed(0)
    return Bsrnn(layout=LAYOUT, **({"width": 8, "time": 7, "band": 5, "hidden": 9, "values": 3} | options)).eval()  # type: ignore[arg-type]


def noise(batch: int = 2, frames: int = 13) -> Tensor:
    return torch.randn(batch, frames, 2, BINS, 2, generator=torch.Generator().manual_seed(1))


@torch.no_grad()
def test_before_training_the_stems_are_about_equal_shares() -> None:
    x = noise(8, 20)
    y = tiny()(x)
    projected = (y * x[:, :, None]).sum(dim=(0, 1, 3, 4, 5)) / x.square().sum()
    torch.testing.assert_close(projected, torch.full((4,), 0.25), atol=0.1, rtol=0.0)


@torch.no_grad()
def test_bands_hear_each_other_both_ways_within_a_frame_and_frames_do_not() -> None:
    torch.manual_seed(0)
    across, x = AcrossBands(6, 5), noise()[:, :5, :, :6, 0].transpose(1, 2)  # (B, N = 2, K = 5, D)
    other = x.clone()
    other[:, 0, 2, 0] += 10.0
    changed = (across(other) != across(x)).any(dim=-1)
    assert changed[:, 0].all()
    assert not changed[:, 1].any()


def test_the_published_size_can_be_built_and_the_default_fits_a_small_machine() -> None:
    published = Bsrnn(layout=PUBLISHED_LAYOUT, width=128, time=256, band=256, layers=12, hidden=512, values=93)
    assert published.bins == 1025
    assert bands_of(published.layout) == 41
    assert 30e6 < sum(p.numel() for p in published.parameters()) < 40e6
    ours = build("bsrnn", load_config(CONFIG).options)
    assert sum(p.numel() for p in ours.parameters()) < 1.2e6


def test_the_memories_over_the_bands_are_part_of_what_a_hop_costs() -> None:
    """Runtimes count products; oneDNN's recurrent layers hide theirs."""
    bands, one, two = 8, tiny(layers=1), tiny()
    own = 4 * 7 * (8 + 7) + 7 * 8 + 2 * 4 * 5 * (8 + 5) + 2 * 5 * 8
    shape = (1, 1, 2, BINS, 2)
    assert macs_per_hop(two, shape) - macs_per_hop(one, shape) == bands * own


def test_a_few_steps_of_training_tell_bands_apart_in_bfloat16() -> None:
    x = noise(4)
    low = torch.arange(BINS)[:, None] < 9
    target = torch.stack([x * low, 0 * x, 0 * x, x * ~low], dim=2)
    errors = errors_in_training(tiny(), x, target, rate=1e-2)
    assert errors[-1] < 0.5 * errors[0]


def test_its_graph_does_as_the_network_does(tmp_path: Path) -> None:
    check_graph(tiny(), noise(1, 7).split(1, dim=1), tmp_path, rtol=1e-7)


@pytest.mark.parametrize("options", [{"width": 0}, {"layers": 0}, {"hidden": -1}, {"values": 0}, {"layout": ()}])
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("bsrnn", {"layout": LAYOUT} | options)


def test_a_band_that_does_not_divide_into_its_values_is_refused() -> None:
    with pytest.raises(ConfigError, match="6 bins cannot hold 4 values"):
        build("bsrnn", {"layout": LAYOUT, "values": 4})
