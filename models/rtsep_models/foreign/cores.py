"""From a separator's name to the cores that play its file. Separator process or probe."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from rtsep.separators.files import split_name
from rtsep_models.foreign.api import Core
from rtsep_models.foreign.layout import Layout, layout_of


def _kind(ending: str, for_files: bool) -> Callable[[Path, str], Core]:
    # Each imported alone: who plays ONNX needs no torch.
    if ending == ".ts":
        from rtsep_models.foreign.nn import NnCore

        return NnCore
    if ending == ".nm":
        from rtsep_models.foreign.neutone import NeutoneCore

        return NeutoneCore
    from rtsep_models.foreign.onnx_kinds import open_description

    return partial(open_description, for_files=for_files)


def load(name: str, for_files: bool = False) -> tuple[list[Core], Layout]:
    """`for_files`: in longer hops, where that saves work. Raises SeparatorError."""
    path, rest = split_name(name)
    make = _kind(path.suffix.lower(), for_files)
    first = make(path, rest)
    layout = layout_of(first.facts)
    return [first, *(make(path, rest) for _ in range(layout.copies - 1))], layout
