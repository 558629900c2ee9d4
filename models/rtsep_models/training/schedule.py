"""What changes from step to step: the learning rate and the mean of the weights."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rtsep_models.training.config import Optimiser


def rate_factor(step: int, steps: int, optimiser: Optimiser) -> float:
    """Factor on the learning rate: up over the warm-up, level, then straight down to zero over the last `decay` of steps.

    A plateau, not a cosine, so that a run can be lengthened later from a checkpoint on it.

    >>> [rate_factor(step, 1000, Optimiser(warmup_steps=100, decay=0.4)) for step in (49, 500, 800, 1000)]
    [0.5, 1.0, 0.5, 0.0]
    """
    rise = min(1.0, (step + 1) / max(1, optimiser.warmup_steps))
    fall = min(1.0, (steps - step) / max(1.0, optimiser.decay * steps))
    return rise * fall


class WeightMean:
    """Exponential mean of a network's weights; young, it forgets faster, so that random first weights do not linger."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.weights = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Take one step's weights in."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in network.state_dict().items():
            mean = self.weights[name]
            if mean.is_floating_point():
                mean.lerp_(value, 1.0 - decay)
            else:
                mean.copy_(value)

    def state_dict(self) -> dict[str, int | dict[str, Tensor]]:
        """For a checkpoint."""
        return {"steps": self.steps, "weights": self.weights}

    def load_state_dict(self, state: dict) -> None:
        """From a checkpoint."""
        self.steps, self.weights = state["steps"], state["weights"]
