"""`stage`: the flagship at 5.8 ms, for who plays along with what comes out."""

from __future__ import annotations

from rtsep_models.separators.neural import NeuralSeparator


class Stage(NeuralSeparator):
    """Synthesis windows of 256 samples, a hop of 128."""

    def __init__(self) -> None:
        """Raises WeightsError if its weights are missing."""
        super().__init__("stage")
