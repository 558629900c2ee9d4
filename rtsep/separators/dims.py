"""Dimensions of a latent that are played one by one: scaled, offset, or set."""

from __future__ import annotations

import numpy as np

from rtsep.separators.api import Audio
from rtsep.spec import Parameter

NODES = {"scale": 1.0, "offset": 0.0, "set": 0.0, "hold": 0.0}
"""What each dimension has, and its default."""
LARGEST_SCALE, REACH = 4.0, 3.0
"""To either side, where a latent does not say otherwise: encoded dimensions lie around +-1."""


def dim_parameters(
    k: int | str, scale: tuple[float, float] = (-LARGEST_SCALE, LARGEST_SCALE), reach: float = REACH
) -> tuple[Parameter, ...]:
    """The knobs of dimension `k`, in the order of NODES: a scale within these limits, offset and set within +-`reach`."""
    return (
        Parameter(f"dim/{k}/scale", "", *scale, NODES["scale"]),
        Parameter(f"dim/{k}/offset", "", -reach, reach, NODES["offset"]),
        Parameter(f"dim/{k}/set", "", -reach, reach, NODES["set"]),
        Parameter(f"dim/{k}/hold", "", 0.0, 1.0, NODES["hold"], "toggle"),
    )


class Dims:
    """`dim/K/scale` and `dim/K/offset` change a dimension, in that order; while `dim/K/hold` is on, it is what `dim/K/set`
    says instead. `scope` (2, D) shows the last hop, as encoded over as played: `rtsep.separators.api`."""

    def __init__(self, count: int) -> None:
        self.scope: Audio = np.zeros((2, count), dtype=np.float32)
        self._nodes = {node: np.full(count, value, np.float32) for node, value in NODES.items()}

    def play(self, z: Audio) -> Audio:
        """Dimensions (D,) or (C, D) as they are played."""
        nodes = self._nodes
        played = np.where(nodes["hold"] > 0.5, nodes["set"], nodes["scale"] * z + nodes["offset"])
        for row, values in zip(self.scope, (z, played), strict=True):
            np.copyto(row, values if values.ndim == 1 else values.mean(axis=0))
        return played

    def set_parameter(self, name: str, value: float) -> None:
        """Change `dim/K/NODE`."""
        _, which, node = name.split("/")
        self._nodes[node][int(which)] = value
