"""CUDA: each hop is one launch of a graph recorded at load, copies from and to pinned memory included."""

from __future__ import annotations

from collections.abc import Callable

import torch

from rtsep_models.runtimes.eager import TorchRuntime
from rtsep_models.streaming.contract import StreamingModule

WARM_UP = 3
"""Runs ahead of a recording, in which libraries choose their algorithms and allocate."""


class CudaRuntime(TorchRuntime):
    """A network on a CUDA device with static buffers; two graphs for a two-rate network, with and without the trunk."""

    def __init__(self, network: StreamingModule, shape: tuple[int, ...]) -> None:
        """Raises whatever torch raises where CUDA does not work."""
        super().__init__(network, shape, "cuda")
        self.name = f"cuda graph {torch.cuda.get_device_name()} float32"
        self._x_host = self._x_host.pin_memory()
        self._y_host = self._y_host.pin_memory()
        self._stream = torch.cuda.Stream()
        self._replay: dict[bool, Callable[[], None]] = {trunk: self._record(trunk) for trunk in (True, False)}
        self.reset()

    def _record(self, trunk: bool) -> Callable[[], None]:
        """A launch of one hop."""

        def hop() -> None:
            self._x.copy_(self._x_host, non_blocking=True)
            self._y_host.copy_(self._advance(trunk), non_blocking=True)

        with torch.inference_mode(), torch.cuda.stream(self._stream):
            for _ in range(WARM_UP):
                hop()
            self._stream.synchronize()
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph, stream=self._stream):
                hop()
        return graph.replay

    def _run(self, trunk: bool) -> None:
        with torch.cuda.stream(self._stream):
            self._replay[trunk]()
        self._stream.synchronize()

    def reset(self) -> None:
        """Zero the state, and wait for it: the next hop runs on another stream."""
        super().reset()
        torch.cuda.synchronize()
