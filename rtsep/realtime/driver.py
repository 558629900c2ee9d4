"""The compiled callback bound to one block: what devices call, live or offline."""

from __future__ import annotations

import ctypes

import numpy as np
from numpy.typing import NDArray

from rtsep.realtime.atomics import CONTEXT
from rtsep.realtime.callback import compile_callback
from rtsep.shared.block import Block
from rtsep.shared.semaphore import Semaphore

_PROTOTYPE = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_ulong,
    ctypes.c_void_p,
    ctypes.c_ulong,
    ctypes.c_void_p,
)


class Driver:
    """Owns the context that `userdata` points to; keep it alive as long as a stream may call."""

    def __init__(
        self, block: Block, wake: tuple[Semaphore, ...] | None, input_channels: int, output_channels: int
    ) -> None:
        self._kept = (block, wake)  # their memory is used for as long as anybody may call
        self._compiled = compile_callback()
        self._context = np.zeros(1, dtype=CONTEXT)
        self._context["block"] = block.address
        self._context["wake"] = [semaphore.handle for semaphore in wake] if wake else 0
        self._context["input_channels"] = input_channels
        self._context["output_channels"] = output_channels
        self._call = _PROTOTYPE(self._compiled.address)

    @property
    def function(self) -> int:
        """Address of the C callback."""
        return self._compiled.address

    @property
    def userdata(self) -> int:
        """Address of the context; also what `system.clock_ns` and `system.post` take."""
        return self._context.ctypes.data

    def run(self, source: NDArray[np.float32], target: NDArray[np.float32]) -> None:
        """One callback from Python: interleaved (T, device channels), C-contiguous. Releases the GIL meanwhile."""
        self._call(source.ctypes.data, target.ctypes.data, len(source), None, 0, self.userdata)
