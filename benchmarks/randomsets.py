"""Sets of weights that nobody trained: real architectures with random weights cost what trained ones do."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import torch
from safetensors.torch import save_file

import rtsep_models
from rtsep_models.networks import build
from rtsep_models.training.config import load_config
from rtsep_models.weights.card import Card
from rtsep_models.weights.publish import About, publish
from rtsep_models.weights.store import FOLDER_VARIABLE

CONFIGS = Path(rtsep_models.__file__).parent / "configs"
ABOUT = About(version="random", licence="none: random weights")


@contextlib.contextmanager
def own_models() -> Iterator[Path]:
    """An empty folder of weights, in which this process and its children find sets beside the shipped ones."""
    kept = os.environ.get(FOLDER_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="rtsep-bench-") as folder:
        os.environ[FOLDER_VARIABLE] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop(FOLDER_VARIABLE)
            if kept is not None:
                os.environ[FOLDER_VARIABLE] = kept


def random_set(folder: Path, name: str, config: str, tier: int = 0, **options: Any) -> Card:
    """The network of a shipped training configuration, `options` over its own, packed as `rtsep models pack` does."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    whole = load_config(CONFIGS / f"{config}.toml")
    chosen = msgspec.structs.replace(whole, options=whole.options | options, tiers=(whole.tiers[tier],), steps=0)
    with tempfile.TemporaryDirectory(prefix="rtsep-bench-") as place:
        weights = Path(place) / "random.safetensors"
        save_file(build(chosen.network, chosen.options).state_dict(), weights)
        return publish(chosen, weights, ABOUT, folder, name)[0]
