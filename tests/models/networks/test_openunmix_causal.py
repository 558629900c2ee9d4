"""Open-Unmix, looking back only: size, start, what it learns. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.openunmix_causal import OpenUnmixCausal, typical_magnitudes
from rtsep_models.training.config import load_config

CONFIG = Path(__file__).parents[3] / "models/rtsep_models/configs/openunmix_causal.toml"
LAYOUT = ((1, 9), (3, 2), (5, 3))
"""30 bins of the 33 of a frame."""
BINS = 33
PUBLISHED_TARGET = 8.9e6
"""Parameters of one target of the published, bidirectional model."""


def tiny(**options: object) -> OpenUnmixCausal:
    """A network with small sizes whose masks say something."""
    torch.manual_seed(0)
    return OpenUnmixCausal(layout=LAYOUT, hidden=12, **options).eval()  # type: ignore[arg-type]


def noise(batch: int = 2, frames: int = 13) -> Tensor:
    return torch.randn(batch, frames, 2, BINS, 2, generator=torch.Generator().manual_seed(1))


def test_bands_begin_at_what_music_has_there() -> None:
    """Falling to higher bands, level at the lowest; compression is of the magnitudes, whatever they are."""
    typical = typical_magnitudes(((1, 64), (8, 85)), 1.0)
    assert typical.shape == (149,)
    assert (typical.diff() <= 0).all()
    octaves = 20 * torch.log10(typical[[15, 31, 63]])
    torch.testing.assert_close(octaves.diff(), torch.full((2,), -6.6), atol=0.1, rtol=0.0)
    torch.testing.assert_close(typical_magnitudes(((1, 64), (8, 85)), 0.3), typical**0.3)


@torch.no_grad()
def test_before_training_the_stems_are_about_equal_shares() -> None:
    shares = tiny()(noise()) / noise()[:, :, None]
    torch.testing.assert_close(shares.mean(dim=(0, 1, 3, 4, 5)), torch.full((4,), 0.25), atol=0.1, rtol=0.0)


@torch.no_grad()
def test_a_stem_keeps_the_phase_of_the_mixture_and_adds_no_negative_share() -> None:
    x = noise()
    shares = tiny()(x) / x[:, :, None]
    torch.testing.assert_close(shares[..., 0], shares[..., 1], atol=1e-4, rtol=1e-3)  # real part's, imaginary part's
    assert shares.min() > -1e-5


@torch.no_grad()
def test_bins_of_a_band_and_those_above_the_bandwidth_share_a_mask() -> None:
    shares = (tiny()(noise()) / noise()[:, :, None])[..., 0]
    bands = [(start, start + 1) for start in range(9)] + [(9, 12), (12, 15), (15, 20), (20, 25), (25, BINS)]
    for start, end in bands:
        same = shares[..., start : start + 1].expand(*shares.shape[:4], end - start)
        torch.testing.assert_close(shares[..., start:end], same, atol=1e-4, rtol=1e-3)


@torch.no_grad()
def test_how_loud_a_frame_is_against_the_last_ones_is_heard() -> None:
    """A layer norm alone would take it for granted."""
    x = noise(1, 20)
    loud, quiet = (tiny()(torch.cat([x[:, :19], gain * x[:, 19:]], dim=1))[:, 19] / gain for gain in (1.0, 0.1))
    assert (loud - quiet).abs().max() > 0.01


def test_the_published_size_can_be_built_and_the_default_fits_a_small_machine() -> None:
    published = OpenUnmixCausal(layout=((1, 743),), hidden=512, stems=1)
    target = sum(p.numel() for p in published.parameters())
    assert target == pytest.approx(PUBLISHED_TARGET, rel=0.1)
    ours = build("openunmix_causal", load_config(CONFIG).options)
    assert sum(p.numel() for p in ours.parameters()) < 1.2e6


def test_a_few_steps_of_training_tell_bands_apart_in_bfloat16() -> None:
    network, x = tiny(), noise(4)
    low = torch.arange(BINS)[:, None] < 9
    target = torch.stack([x * low, 0 * x, 0 * x, x * ~low], dim=2)
    errors = errors_in_training(network, x, target, 1e-2)
    assert errors[-1] < 0.5 * errors[0]


def test_its_graph_does_as_the_network_does(tmp_path: Path) -> None:
    check_graph(tiny(), noise(1, 7).split(1, dim=1), tmp_path)


@pytest.mark.parametrize("options", [{"hidden": 0}, {"layers": 0}, {"stems": 0}, {"compression": 0.0}, {"layout": ()}])
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("openunmix_causal", {"layout": LAYOUT} | options)
