"""The peer: size, how it starts, what it does with silence and level. The laws of streaming: `streaming/test_laws.py`."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from rtsep.errors import SeparatorError
from rtsep_models.networks.hs_tasnet import HsTasNet

HOP = 16
HOPS = 13
FLOAT32 = 1e-5
"""Differences by the order of additions, for signals of level 1."""
PUBLISHED_PARAMETERS = 16e6


def tiny() -> HsTasNet:
    """A network with small sizes whose masks say something."""
    torch.manual_seed(0)
    network = HsTasNet(window=2 * HOP, hop=HOP, bases=24, width=12).eval()
    with torch.no_grad():
        for mask in (network.spectral_mask, network.wave_mask):
            mask.weight.mul_(10.0)
        network.wave_decoder.weight.mul_(10.0)
    return network


def noise() -> Tensor:
    return torch.randn(2, 2, HOPS * HOP, generator=torch.Generator().manual_seed(1))


@torch.no_grad()
def test_before_training_the_stems_are_equal_shares_of_the_input_one_window_late() -> None:
    """Identity initialisation: without the learned bases and with flat masks, the inverse transform gives the input back."""
    network = tiny()
    network.spectral_mask.weight.zero_()
    network.wave_decoder.weight.zero_()
    y = network(noise())
    expected = torch.nn.functional.pad(noise(), (HOP, 0))[..., : HOPS * HOP]
    for stem in y.unbind(1):
        torch.testing.assert_close(stem, expected / 4, atol=FLOAT32, rtol=0.0)
    assert network.delay == HOP


@torch.no_grad()
def test_the_stems_scale_with_the_input() -> None:
    network, x = tiny(), noise()
    torch.testing.assert_close(network(0.01 * x), 0.01 * network(x), atol=1e-4, rtol=1e-3)


@torch.no_grad()
def test_silence_gives_silence() -> None:
    assert not tiny()(torch.zeros(1, 2, 5 * HOP)).any()


def test_the_small_variant_has_the_published_size() -> None:
    count = sum(p.numel() for p in HsTasNet().parameters())
    assert abs(count - PUBLISHED_PARAMETERS) < 0.03 * PUBLISHED_PARAMETERS


def test_a_few_steps_of_training_reduce_the_error_in_bfloat16() -> None:
    network = tiny().train()
    x = noise()
    target = torch.stack([x, 0 * x, 0 * x, 0 * x], dim=1)
    optimiser = torch.optim.Adam(network.parameters(), 3e-3)
    errors = []
    for _ in range(30):
        with torch.autocast("cpu", torch.bfloat16):
            y = network(x)
        error = (y[..., HOP:] - target[..., :-HOP]).abs().mean()
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
        errors.append(error.item())
    assert errors[-1] < 0.5 * errors[0]


def test_lengths_that_cannot_reconstruct_are_refused() -> None:
    with pytest.raises(SeparatorError, match="whole hops"):
        HsTasNet(window=1024, hop=700)
