"""Steps of a network as TorchScript, their whole state as one flat tensor."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.runtimes.state import SMALLEST
from rtsep_models.streaming.contract import State


class FlatStep(nn.Module):
    """(inputs ..., state) to (output, next state), states flat, (B, size), whatever the step's own are: (B, ...) each.

    The step has `initial_state`; its `stream` takes the inputs and then the state, and gives the output and the state.
    Of the next state, what is all but zero is zero.
    """

    def __init__(self, step: nn.Module) -> None:
        """Raises ValueError if the state before the first hop is not silence: hosts reset a state by zeroing it."""
        super().__init__()
        self.step = step
        state: State = step.initial_state(1)  # type: ignore[operator]
        if any(t.any() or not t.is_floating_point() for t in state):
            raise ValueError(f"the state of {type(step).__name__} must begin as floating-point zeros")
        self._shapes = [tuple(t.shape[1:]) for t in state]
        self.size = sum(prod(shape) for shape in self._shapes)

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        *given, flat = inputs
        parts = flat.split([prod(shape) for shape in self._shapes], dim=1)
        state = tuple(part.unflatten(1, shape) for part, shape in zip(parts, self._shapes, strict=True))
        y, after = self.step.stream(*given, state)  # type: ignore[operator]
        return y, functional.hardshrink(torch.cat([t.flatten(1) for t in after], dim=1), SMALLEST)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the tracer's doubts (lengths are fixed on purpose), nor the advice to leave TorchScript, which is nn~'s."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", torch.jit.TracerWarning)  # type: ignore[attr-defined]
        warnings.filterwarnings("ignore", r"`torch\.jit\.\w+` is (deprecated|not supported)", DeprecationWarning)
        yield


def traced(step: FlatStep, *inputs: Tensor) -> tuple[torch.jit.ScriptModule, Tensor]:
    """`step` as TorchScript, for any batch; and what it makes of `inputs` from silence.

    Loops and conditions of Python stay as `inputs` made them go: a step that has any, over frames, is for as many hops.
    """
    step.eval()
    flat = inputs[0].new_zeros(inputs[0].shape[0], step.size)
    with quiet(), torch.no_grad():
        module = cast(torch.jit.ScriptModule, torch.jit.trace(step, (*inputs, flat), check_trace=False))
        return module, module(*inputs, flat)[0]
