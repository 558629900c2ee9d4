"""Every set of weights that is installed is a separator of its name, without an entry point of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import EntryPoint

from rtsep.separators.api import Separator
from rtsep.separators.registry import GROUP
from rtsep_models.separators.latent import LatentSeparator
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.weights.store import find, folders


def find_separators() -> list[EntryPoint]:
    """One entry point for each set; nothing is read but the names of their folders."""
    return [EntryPoint(name, f"{__name__}:{name}", GROUP) for name in folders()]


def __getattr__(name: str) -> Callable[[], Separator]:
    """What such an entry point loads."""
    if name not in folders():
        raise AttributeError(name)
    return partial(_open, name)


def _open(name: str) -> Separator:
    """The plugin that plays the set called `name`. Raises WeightsError."""
    return NeuralSeparator(name) if find(name).card.latent is None else LatentSeparator(name)
