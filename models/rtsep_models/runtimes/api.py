"""What runs a network hop by hop, behind one face."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


class Runtime(Protocol):
    """A network and its state on one processor. Separator process, one thread; shapes are those of the card."""

    name: str
    """For people: what computes, where, in which precision."""

    def step(self, x: Array) -> Array:
        """One hop, `Card.shape_in` to `Card.shape_out`. What it returns is its own, good until the next call."""
        ...

    def reset(self) -> None:
        """Silence has been heard for ever."""
        ...
