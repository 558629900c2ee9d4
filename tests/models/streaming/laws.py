"""The laws of every streaming module, as functions that its test calls.

`Clock` says where a module's hops lie: on which axis and how many samples each, coming in and going out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor

from rtsep_models.streaming.contract import State, StreamingModule

FLOAT32_TOLERANCE = 2e-5
"""Matrix products over other numbers of rows round otherwise."""


class Clock(NamedTuple):
    """Axis of time and samples a hop, in and out."""

    axis: int = 1
    hop: int = 1
    out_axis: int = 1
    out_hop: int = 1


FRAMES = Clock()


def in_chunks(module: StreamingModule, x: Tensor, cuts: Sequence[int], clock: Clock) -> tuple[Tensor, State]:
    """Stream `x` cut after these hops; returns the outputs side by side and the last state."""
    state = module.initial_state(x.shape[0])
    hops = x.shape[clock.axis] // clock.hop
    edges = [0, *sorted({cut % hops for cut in cuts} - {0}), hops]
    parts = []
    for start, end in pairwise(edges):
        y, state = module.stream(x.narrow(clock.axis, start * clock.hop, (end - start) * clock.hop), state)
        parts.append(y)
    return torch.cat(parts, dim=clock.out_axis), state


@torch.no_grad()
def check_chunks(module: StreamingModule, x: Tensor, cuts: Sequence[int], clock: Clock = FRAMES) -> None:
    """Any cutting equals the whole."""
    streamed, _ = in_chunks(module, x, cuts, clock)
    torch.testing.assert_close(streamed, module(x), atol=FLOAT32_TOLERANCE, rtol=1e-4)


@torch.no_grad()
def check_purity(module: StreamingModule, x: Tensor) -> None:
    """`stream` changes neither its input nor its state, and the same again gives the same again."""
    state = module.initial_state(x.shape[0])
    _, state = module.stream(x, state)
    before, input_before = [t.clone() for t in state], x.clone()
    first, after = module.stream(x, state)
    again, after_again = module.stream(x, state)
    for t, u in zip([*state, x], [*before, input_before], strict=True):
        torch.testing.assert_close(t, u, atol=0.0, rtol=0.0)
    for t, u in zip([first, *after], [again, *after_again], strict=True):
        torch.testing.assert_close(t, u, atol=0.0, rtol=0.0)


@torch.no_grad()
def check_causality(module: StreamingModule, x: Tensor, hop: int, clock: Clock = FRAMES, reach: int = 0) -> None:
    """What comes in from `hop` on changes nothing up to `reach` samples behind its start, and something later."""
    poisoned = x.clone()
    position = hop * clock.hop
    poisoned.narrow(clock.axis, position, x.shape[clock.axis] - position).fill_(float("nan"))
    clean, heard = module(x), module(poisoned)
    untouched = hop * clock.out_hop + reach
    torch.testing.assert_close(
        heard.narrow(clock.out_axis, 0, untouched),
        clean.narrow(clock.out_axis, 0, untouched),
        atol=FLOAT32_TOLERANCE,
        rtol=1e-4,
    )
    assert heard.isnan().any()


@torch.no_grad()
def check_bounded_state(module: StreamingModule, sounds: Sequence[Tensor], bound: float) -> None:
    """Shapes and dtypes never change, and no value leaves +-bound, whatever is heard."""
    state = module.initial_state(sounds[0].shape[0])
    kinds = [(t.shape, t.dtype) for t in state]
    for x in sounds:
        for _ in range(4):
            _, state = module.stream(x, state)
        assert [(t.shape, t.dtype) for t in state] == kinds
        assert all(bool((t.abs() <= bound).all()) for t in state)
