"""A training run as values, decoded from a TOML file: `rtsep train CONFIG.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from rtsep.errors import ConfigError
from rtsep_models.data.config import DataConfig


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
    """Weights file (.safetensors) to begin with instead of random ones."""
    validate_every: int = 250
    workers: int = 1
    threads: int = 0
    """CPU threads of the training process; 0: all."""


def load_config(path: Path) -> TrainConfig:
    """The run that a file describes, laid over the file that its key `base` names, if it names one.

    `base` starts from the folder of the file that it stands in, and may have a base of its own. Tables are laid over tables
    key by key; anything else, lists of tables too, takes the base's place.
    Raises ConfigError if a file cannot be read, is no TOML or its own base, or if the whole names something unknown.
    """
    try:
        return msgspec.convert(_read(path), TrainConfig, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(f"training configuration {path}: {error}; see the files in rtsep_models/configs") from error


def _read(path: Path, above: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The keys of a file and of its bases; `above`: the files that have this one as their base, the nearest last."""
    chain = (*above, path.resolve())
    of = f", the base of {above[-1].name}," if above else ""
    if chain[-1] in above:
        names = " > ".join(each.name for each in chain)
        raise ConfigError(f"training configuration {path} is its own base ({names}); take `base` out of one of them")
    try:
        keys = msgspec.toml.decode(path.read_bytes())
    except OSError as error:
        raise ConfigError(
            f"training configuration {path}{of} cannot be read ({error.strerror}); check the path"
        ) from error
    except msgspec.DecodeError as error:
        raise ConfigError(f"training configuration {path}{of} is no TOML: {error}; correct it") from error
    base = keys.pop("base", None)
    if base is None:
        return keys
    if not isinstance(base, str):
        raise ConfigError(f"training configuration {path}: base is {base!r}, must be a path; write it in quotes")
    return _laid_over(_read(path.parent / base, chain), keys)


def _laid_over(base: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(base)
    for key, value in keys.items():
        below = whole.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            value = _laid_over(below, value)
        whole[key] = value
    return whole
