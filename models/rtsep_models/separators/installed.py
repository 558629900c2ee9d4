"""Every set of weights that is installed is a separator of its name, without an entry point of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import EntryPoint

from rtsep.separators.registry import GROUP
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.weights.store import folders


def find_separators() -> list[EntryPoint]:
    """One entry point for each set; nothing is read but the names of their folders."""
    return [EntryPoint(name, f"{__name__}:{name}", GROUP) for name in folders()]


def __getattr__(name: str) -> Callable[[], NeuralSeparator]:
    """What such an entry point loads."""
    if name not in folders():
        raise AttributeError(name)
    return partial(NeuralSeparator, name)
