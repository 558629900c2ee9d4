"""A training run as values, decoded from a TOML file: `rtsep train CONFIG.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from rtsep.errors import ConfigError
from rtsep_models.data.config import DataConfig
from rtsep_models.training.bases import laid_over_bases


class Transform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Window lengths, samples. The latency a musician hears of is `synthesis`."""

    analysis: int
    synthesis: int
    hop: int


class Optimiser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """AdamW with a warm-up, a plateau and a fall to zero over the last `decay` of all steps."""

    rate: float = 1e-3
    warmup_steps: int = 100
    decay: float = 0.4
    weight_decay: float = 1e-2
    clip: float = 1.0
    ema: float = 0.998
    """Weight of the past in the exponential mean of the weights, which is what gets scored and shipped."""


class TrainConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that decides what comes out; the same file and songs give the same run."""

    name: str
    network: str
    options: dict[str, Any]
    tiers: tuple[Transform, ...]
    """Each step trains one of them, drawn evenly: weights that hear all of them serve all of them."""
    data: DataConfig
    steps: int
    objective: dict[str, Any] = {}
    """What the network's system weighs, where there is a choice: `RaveObjective`."""
    validation: DataConfig | None = None
    """Songs that are never trained on, unchanged; scored at every checkpoint to choose the weights that are kept."""
    batch: int = 8
    warmup_s: float = 1.0
    """The start of each segment, heard but not scored: a network that has just woken knows nothing yet."""
    optimiser: Optimiser = Optimiser()
    seed: int = 0
    start_from: str = ""
    """Weights to begin with instead of random ones: a file (.safetensors), or the name of a set, whose card then counts too."""
    validate_every: int = 250
    workers: int = 1
    threads: int = 0
    """CPU threads of the training process; 0: all."""


def load_config(path: Path) -> TrainConfig:
    """The run that a file describes, which may be laid over others: `bases`.

    Raises ConfigError as `laid_over_bases` does, or if the whole names something unknown.
    """
    try:
        return msgspec.convert(laid_over_bases(path, "training configuration"), TrainConfig, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(f"training configuration {path}: {error}; see the files in rtsep_models/configs") from error
