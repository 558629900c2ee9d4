"""Descriptions of well-known networks, to copy and to fit to one's own export. Any thread."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from rtsep.errors import SeparatorError, did_you_mean


def _folder() -> Traversable:
    return resources.files("rtsep_models.foreign").joinpath("descriptions")


def names() -> list[str]:
    """All that there are.

    >>> names()[:2]
    ['d3net', 'mdx_net']
    """
    return sorted(entry.name.removesuffix(".toml") for entry in _folder().iterdir() if entry.name.endswith(".toml"))


def text(name: str) -> str:
    """The TOML. Raises SeparatorError if there is none of this name."""
    if name not in names():
        hint = did_you_mean(name, names()) or f"choose from {', '.join(names())}"
        raise SeparatorError(f"there is no description of {name!r}; {hint}")
    return _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")


def summary(name: str) -> str:
    """What it describes: the beginning of its first line.

    >>> summary("mdx_net")
    'KUIELAB-MDX-Net (Kim and others, 2021)'
    """
    return text(name).partition(":")[0].removeprefix("# ")
