"""From a separator's name to the cores that play its file. Separator process or probe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rtsep.separators.files import split_name
from rtsep_models.foreign.api import Core
from rtsep_models.foreign.layout import Layout, layout_of


def _kind(ending: str) -> Callable[[Path, str], Core]:
    # Each imported alone: who plays ONNX needs no torch.
    if ending == ".ts":
        from rtsep_models.foreign.nn import NnCore

        return NnCore
    if ending == ".nm":
        from rtsep_models.foreign.neutone import NeutoneCore

        return NeutoneCore
    from rtsep_models.foreign.onnx_kinds import open_description

    return open_description


def load(name: str) -> tuple[list[Core], Layout]:
    """Raises SeparatorError."""
    path, rest = split_name(name)
    make = _kind(path.suffix.lower())
    first = make(path, rest)
    layout = layout_of(first.facts)
    return [first, *(make(path, rest) for _ in range(layout.copies - 1))], layout
