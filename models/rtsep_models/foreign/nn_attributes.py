"""Attributes of an nn~ file as parameters. The format knows types and no ranges: these are made up from what it is set to.

A bool is a switch. A number within 0..1 goes from 0 to 1, one within -1..0 from -1 to 1, any other up to twice what it
is. Attributes `dimK` of scale, offset, set and hold, and numbers named like a stem, are those of a latent: `rtsep models
export` writes such.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch

from rtsep.separators.dims import dim_parameters
from rtsep.spec import Parameter
from rtsep_models.foreign.api import osc_name

BOOL, INT, FLOAT = 0, 1, 2
"""nn~'s numbers for types; texts, tensors and buffers are no knobs."""
MOST = 64
"""Parameters from attributes."""
_DIM = re.compile(r"dim_?(\d+)")


@dataclass(frozen=True)
class Element:
    """One number of an attribute."""

    attribute: str
    index: int
    kind: int


class Attributes:
    """All attributes of a module; keeps what each was set to, for a setter takes all its numbers at once."""

    def __init__(self, module: torch.jit.ScriptModule, names: Sequence[str], stems: Sequence[str]) -> None:
        self._module = module
        self._values: dict[str, list[Any]] = {}
        self.elements: dict[str, Element] = {}
        self.parameters: list[Parameter] = []
        for name in names:
            kinds = getattr(module, f"{name}_params", None)
            if isinstance(kinds, torch.Tensor) and hasattr(module, f"get_{name}"):
                with contextlib.suppress(Exception):  # a getter that fails: an attribute less
                    self._add(name, [int(kind) for kind in kinds.flatten()], stems)

    def _add(self, name: str, kinds: list[int], stems: Sequence[str]) -> None:
        got = getattr(self._module, f"get_{name}")()
        values = list(got) if isinstance(got, list | tuple) else [got]
        if len(values) != len(kinds):
            return
        self._values[name] = values
        for index, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind not in (BOOL, INT, FLOAT) or len(self.parameters) >= MOST:
                continue
            parameter = self._parameter(name, index, kinds, float(value), stems)
            self.parameters.append(parameter)
            self.elements[parameter.name] = Element(name, index, kind)

    def _parameter(self, name: str, index: int, kinds: list[int], value: float, stems: Sequence[str]) -> Parameter:
        dim = _DIM.fullmatch(name)
        if dim and kinds == [FLOAT, FLOAT, FLOAT, INT]:
            return replace(dim_parameters(dim[1])[index], default=value)
        if kinds == [FLOAT] and name in stems and 0.0 <= value <= 1.0:
            return Parameter(f"partition/{name}/amount", "", 0.0, 1.0, value)
        plain = osc_name(name if len(kinds) == 1 else f"{name}.{index + 1}", list(self.elements))
        if kinds[index] == BOOL:
            return Parameter(plain, "", 0.0, 1.0, value, "toggle")
        return Parameter(plain, "", *_range(value, kinds[index]), value)

    def set(self, parameter: str, value: float) -> None:
        """A value that the file refuses, by a number that is not zero or by raising, is not set."""
        element = self.elements[parameter]
        values = list(self._values[element.attribute])
        values[element.index] = {BOOL: value > 0.5, INT: round(value), FLOAT: float(value)}[element.kind]
        if not getattr(self._module, f"set_{element.attribute}")(*values):
            self._values[element.attribute] = values


def _range(value: float, kind: int) -> tuple[float, float]:
    """A range for a number that is now `value`.

    >>> _range(0.5, FLOAT), _range(-0.5, FLOAT), _range(440.0, FLOAT), _range(3.0, INT), _range(-6.0, FLOAT)
    ((0.0, 1.0), (-1.0, 1.0), (0.0, 880.0), (0.0, 8.0), (-12.0, 12.0))
    """
    least = 8.0 if kind == INT else 1.0
    reach = least if abs(value) <= 1.0 else max(least, 2.0 * abs(value))
    return (0.0 if value >= 0.0 else -reach), reach
