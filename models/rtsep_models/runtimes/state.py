"""A network's state as one flat array, so that a whole state is silenced, or cleared of denormals, at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from rtsep_models.runtimes.api import Array

SMALLEST = 1e-30
"""What is nearer to zero than this becomes zero: products of denormal numbers take a hundred times as long."""


class FlatState:
    """Tensors of the given shapes, float32, all in one array of zeros."""

    def __init__(self, shapes: Sequence[tuple[int, ...]]) -> None:
        sizes = [prod(shape) for shape in shapes]
        self.flat = np.zeros(sum(sizes), dtype=np.float32)
        ends = np.cumsum(sizes, dtype=int)
        self.views: list[Array] = [
            self.flat[end - size : end].reshape(shape) for end, size, shape in zip(ends, sizes, shapes, strict=True)
        ]
        self._magnitude = np.empty_like(self.flat)
        self._small = np.empty(self.flat.shape, dtype=bool)

    def flush(self) -> None:
        """Zero whatever is all but zero. Allocates nothing."""
        np.abs(self.flat, out=self._magnitude)
        np.less(self._magnitude, SMALLEST, out=self._small)
        np.copyto(self.flat, 0.0, where=self._small)

    def reset(self) -> None:
        """All zero."""
        self.flat.fill(0.0)
