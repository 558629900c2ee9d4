"""What an export rewrites does as what it was."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from rtsep_models.runtimes.rewrite import rewritten
from rtsep_models.streaming.contract import Chain
from rtsep_models.streaming.layers import Gru, Lstm


@torch.no_grad()
@pytest.mark.parametrize("layer", [Gru, Lstm])
@pytest.mark.parametrize("steps", [1, 3])
def test_a_memory_is_the_same_over_the_steps_of_a_hop(layer: type[Gru] | type[Lstm], steps: int) -> None:
    torch.manual_seed(0)
    memory = Chain(layer(5, 7, 2), nn.Tanh())
    x, state = torch.randn(3, steps, 5), tuple(torch.randn_like(t) for t in memory.initial_state(3))
    expected, after = memory.stream(x, state)
    got, after_got = rewritten(memory).stream(x, state)  # type: ignore[operator]
    torch.testing.assert_close((got, *after_got), (expected, *after))


def test_a_memory_over_bands_in_both_directions_is_left_as_it_is() -> None:
    both = nn.Sequential(nn.LSTM(5, 7, bidirectional=True))
    assert isinstance(rewritten(both).get_submodule("0"), nn.LSTM)
