"""Arrays by names of axes: from ours to those that a graph wants, and back.

"B (C R) F N"    one axis for channels and real and imaginary parts, the latter the faster, between batch and bins
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rtsep.errors import SeparatorError

Array = NDArray[Any]
"""float32, or complex64 of spectra."""
LETTERS = "BSCNFTR"


def parsed(text: str) -> list[str]:
    """Letters of each axis.

    >>> parsed("B (C R) F N"), parsed("BCT")
    (['B', 'CR', 'F', 'N'], ['B', 'C', 'T'])
    """
    groups, inside = [], False
    for letter in text:
        if letter in "()":
            inside = letter == "("
            groups += [""] if inside else []
        elif letter in LETTERS:
            groups[-1:] = [groups[-1] + letter] if inside else [*groups[-1:], letter]
        elif not letter.isspace():
            raise SeparatorError(f"axes {text!r}: {letter!r} is none of {' '.join(LETTERS)}; as in 'B (C R) F N'")
    flat = "".join(groups)
    if not flat or len(set(flat)) < len(flat):
        raise SeparatorError(f"axes {text!r}: each letter at most once, at least one; as in 'B (C R) F N'")
    return groups


def arranged(array: Array, have: str, want: str) -> Array:
    """`array`, axes `have` (one letter each), as the axes `want`; an axis that only one of them names must be of length 1.

    >>> arranged(np.arange(12, dtype=np.float32).reshape(2, 3, 2), "CFR", "B (C R) F N").shape
    (1, 4, 3, 1)
    """
    groups = parsed(want)
    letters = "".join(groups)
    sizes = dict(zip(have, array.shape, strict=True))
    left = [letter for letter in have if letter not in letters and sizes[letter] > 1]
    if left:
        raise SeparatorError(f"axes {want!r} have no place for {left[0]} of {sizes[left[0]]}; add it")
    kept = [letter for letter in letters if letter in sizes]
    squeezed = array.reshape([sizes[letter] for letter in have if letter in letters])
    order = [[letter for letter in have if letter in letters].index(letter) for letter in kept]
    turned = squeezed.transpose(order)
    return np.ascontiguousarray(
        turned.reshape([math.prod(sizes.get(letter, 1) for letter in group) for group in groups])
    )


def taken(array: Array, have: str, sizes: Mapping[str, int], want: str) -> Array:
    """The way back: `array` with the axes `have`, whose letters are of these sizes, as the axes `want`, one letter each.

    Raises SeparatorError if it has another shape.

    >>> taken(np.zeros((1, 4, 3, 1), np.float32), "B (C R) F N", {"C": 2, "R": 2, "F": 3}, "CFR").shape
    (2, 3, 2)
    """
    groups = parsed(have)
    letters = "".join(groups)
    shape = [math.prod(sizes.get(letter, 1) for letter in group) for group in groups]
    if list(array.shape) != shape:
        raise SeparatorError(
            f"a graph returned the shape {list(array.shape)}, axes {have!r} say {shape}; correct the axes"
        )
    whole = array.reshape([sizes.get(letter, 1) for letter in letters])
    missing = [letter for letter in want if letter not in letters]
    whole = whole.reshape([*whole.shape, *(1 for _ in missing)])
    everything = letters + "".join(missing)
    kept = [letter for letter in everything if letter in want or sizes.get(letter, 1) == 1]
    order = [everything.index(letter) for letter in want] + [everything.index(x) for x in kept if x not in want]
    return whole.transpose(order).reshape([sizes.get(letter, 1) for letter in want])
