"""`monitor`: the flagship at 23 ms, for who can wait for a little more separation."""

from __future__ import annotations

from rtsep_models.separators.neural import NeuralSeparator


class Monitor(NeuralSeparator):
    """Synthesis windows of 1024 samples, a hop of 512."""

    def __init__(self) -> None:
        """Raises WeightsError if its weights are missing."""
        super().__init__("monitor")
