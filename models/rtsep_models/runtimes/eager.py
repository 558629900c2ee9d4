"""Torch, step by step, with everything in place: static input, state and output."""

from __future__ import annotations

import torch
from torch import Tensor

from rtsep_models.runtimes.api import Array
from rtsep_models.runtimes.state import FlatState
from rtsep_models.runtimes.steps import steps_of
from rtsep_models.streaming.contract import StreamingModule


class TorchRuntime:
    """A network in torch on `device` (cpu, mps). Sets torch to one thread in this process."""

    def __init__(self, network: StreamingModule, shape: tuple[int, ...], device: str = "cpu") -> None:
        """`shape`: of one hop of input. Warms up; the network moves to `device`."""
        torch.set_num_threads(1)
        self.name = f"torch {device} float32"
        self._steps = steps_of(network.float().to(device))
        self._flat = FlatState([tuple(t.shape) for t in self._steps.state]) if device == "cpu" else None
        self._state = [torch.from_numpy(v) for v in self._flat.views] if self._flat else [*self._steps.state]
        self._x_host = torch.zeros(shape)
        self._x = self._x_host if device == "cpu" else self._x_host.to(device)
        self._context: Tensor | None = None
        self._phase = 0
        with torch.inference_mode():
            self._y_host = torch.zeros(self._advance(trunk=True).shape)
        self.reset()

    def _advance(self, trunk: bool) -> Tensor:
        """One hop of the network, `_x` to what it returns; state and context are renewed in place."""
        after: tuple[Tensor, ...]
        if self._steps.trunk is not None:
            if trunk:
                context, *after = self._steps.trunk(self._x, *self._state)  # type: ignore[assignment]
                if self._context is None:
                    self._context = torch.zeros_like(context)
                self._context.copy_(context)
                self._keep(after)
            return self._steps.head(self._x, self._context)[0]
        y, *after = self._steps.head(self._x, *self._state)  # type: ignore[assignment]
        self._keep(after)
        return y

    def _keep(self, after: tuple[Tensor, ...]) -> None:
        for old, new in zip(self._state, after, strict=True):
            old.copy_(new)

    def step(self, x: Array) -> Array:
        """One hop."""
        self._x_host.copy_(torch.from_numpy(x))
        with torch.inference_mode():
            self._run(trunk=self._phase == 0)
        self._phase = (self._phase + 1) % self._steps.stride
        return self._y_host.numpy()

    def _run(self, trunk: bool) -> None:
        """`_x_host` to `_y_host`."""
        if self._x is not self._x_host:
            self._x.copy_(self._x_host)
        self._y_host.copy_(self._advance(trunk))
        if self._flat is not None:
            self._flat.flush()

    @torch.inference_mode()
    def reset(self) -> None:
        """Zero the state; the trunk runs with the next hop."""
        for tensor in (*self._state, *([] if self._context is None else [self._context])):
            tensor.zero_()
        self._phase = 0
