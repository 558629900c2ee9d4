"""What a network costs, counted rather than measured."""

from __future__ import annotations

from math import prod

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from rtsep_models.runtimes.rewrite import rewritten
from rtsep_models.runtimes.steps import steps_of
from rtsep_models.streaming.contract import StreamingModule


def macs_per_hop(network: StreamingModule, shape: tuple[int, ...]) -> float:
    """Multiply-accumulates of all products in one hop of input of `shape`, a trunk's shared out over its stride."""
    steps = steps_of(network)
    x = torch.zeros(shape)
    state = tuple(tensor.float().cpu() for tensor in steps.state)
    if steps.trunk is None:
        return _macs(steps.head, x, *state)[0]
    trunk, context = _macs(steps.trunk, x, *state)
    return trunk / steps.stride + _macs(steps.head, x, context)[0]


def _macs(step: nn.Module, *inputs: Tensor) -> tuple[float, Tensor]:
    """Of one step; and its first output."""
    with torch.no_grad(), FlopCounterMode(display=False, custom_mapping=_MORE) as counter:
        first = rewritten(step)(*inputs)[0]
    return counter.get_total_flops() / 2, first


def _recurrent(x: tuple[int, ...], enter: tuple[int, ...], again: tuple[int, ...], *_: object, **__: object) -> int:
    """Operations of one direction of a recurrent layer, from the shapes of its input and of its two matrices."""
    return 2 * prod(x[:-1]) * (prod(enter) + prod(again))


_MORE = {torch.ops.aten.mkldnn_rnn_layer: _recurrent}
"""What the counter does not know: oneDNN's recurrent layer, which is one operation."""
