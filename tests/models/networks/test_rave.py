"""RAVE with a partitioned latent: what its partitions promise, whatever the weights."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rtsep.errors import ConfigError
from rtsep_models.networks.rave import SHARED_LIMIT, Rave
from rtsep_models.split import Split

SMALL = {"private": 3, "shared": 2, "widths": (6, 7, 8), "strides": (2, 2), "dilations": ((1,), (2,), (1, 3))}
CLOSE = 1e-5


@pytest.fixture
def rave() -> Rave:
    torch.manual_seed(1)
    network = Rave(**SMALL).eval()
    network.settle()
    return network


def noise(hops: int, seed: int = 0) -> torch.Tensor:
    return 0.1 * torch.randn(1, 2, hops * 64, generator=torch.Generator().manual_seed(seed))


@given(st.integers(1, 6), st.integers(1, 40), st.integers(1, 16))
def test_partitions_are_disjoint_and_cover_the_latent(stems: int, private: int, shared: int) -> None:
    split = Split(stems, private, shared)
    slices = [*(split.partition(stem) for stem in range(stems)), split.common]
    assert [k for part in slices for k in range(split.size)[part]] == list(range(split.size))


def test_a_latent_taken_apart_and_joined_again_is_the_latent(rave: Rave) -> None:
    z = torch.randn(2, 5, rave.split.size)
    apart = rave.apart(z, rave.silence)
    joined = torch.cat(
        [apart[:, :, k, rave.split.partition(k)] for k in range(4)] + [z[..., rave.split.common]], dim=-1
    )
    torch.testing.assert_close(joined, z)
    for stem in range(4):
        for other in {0, 1, 2, 3} - {stem}:
            part = rave.split.partition(other)
            torch.testing.assert_close(apart[:, :, stem, part], rave.silence[part].expand(2, 5, -1))
        torch.testing.assert_close(apart[:, :, stem, rave.split.common], z[..., rave.split.common])


@torch.no_grad()
def test_silence_is_where_the_encoder_comes_to_rest(rave: Rave) -> None:
    heard = torch.cat([noise(40), torch.zeros(1, 2, 1500 * 64)], dim=2)
    torch.testing.assert_close(rave.means(rave.encoder(heard))[0, -1], rave.silence, atol=1e-4, rtol=0.0)


@torch.no_grad()
def test_each_stem_is_its_partition_decoded(rave: Rave) -> None:
    x = noise(20)
    stems, z = rave(x), rave.means(rave.encoder(x))
    for stem in range(4):
        alone = rave.silence.expand(1, 20, -1).clone()
        for part in (rave.split.partition(stem), rave.split.common):
            alone[..., part] = z[..., part]
        torch.testing.assert_close(rave.decoder(alone), stems[:, stem], atol=CLOSE, rtol=1e-4)


@torch.no_grad()
def test_high_variance_dimensions_are_bounded_and_slow(rave: Rave) -> None:
    x = torch.cat([noise(200), 30.0 * noise(200, 1)], dim=2)
    shared = rave.means(rave.encoder(x))[0, :, rave.split.common]
    assert shared.abs().max() <= SHARED_LIMIT
    assert (shared[1:] - shared[:-1]).abs().max() < 0.5 * SHARED_LIMIT


def test_the_default_has_the_hop_of_a_stage_and_less_delay() -> None:
    network = Rave()
    assert (network.hop, network.delay, network.split.size) == (128, 48, 128)


def test_shapes_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ConfigError, match="one stride fewer"):
        Rave(widths=(8, 8), strides=(2, 2), dilations=((1,), (1,)))
