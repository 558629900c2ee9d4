"""The WORLD vocoder, loaded when it is needed, and the one operation on its spectra that every singer shares.

M. Morise et al., "WORLD: a vocoder-based high-quality speech synthesis system", 2016.
"""

from __future__ import annotations

import functools
import importlib.machinery
import importlib.util
from typing import Any

import numpy as np

from rtsep.errors import RtsepError


@functools.cache
def pyworld() -> Any:
    """The compiled module of pyworld. Raises `RtsepError` naming the remedy when it is not installed.

    pyworld 0.3.5's package imports `pkg_resources` only to learn its own version, and setuptools has dropped that since
    82: so the compiled module is loaded from beside the package, without running the package.
    """
    package = importlib.util.find_spec("pyworld")
    folders = list(package.submodule_search_locations or ()) if package else []
    spec = importlib.machinery.PathFinder.find_spec("pyworld", folders) if folders else None
    if spec is None or spec.loader is None:
        raise RtsepError("the vocoder pyworld is not installed; run: pip install 'rtsep[train]'")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_at(rows: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Rows (M, F) read from `rows` (N, F) at fractional `positions` (M,) from 0 to N - 1, linearly mixed.

    >>> rows_at(np.array([[0.0], [10.0]]), np.array([0.25])).tolist()
    [[2.5]]
    """
    low = positions.astype(int)
    share = (positions - low)[:, None]
    return (1 - share) * rows[low] + share * rows[np.minimum(low + 1, len(rows) - 1)]
