"""Finds separators among the installed packages' entry points."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from rtsep.errors import SeparatorError, did_you_mean
from rtsep.separators.api import Separator

GROUP = "rtsep.separators"


def registered() -> dict[str, EntryPoint]:
    """Every registered separator by name, sorted; nothing is imported yet. Any thread."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda p: p.name)}


def create(name: str) -> Separator:
    """A new, unprepared separator.

    Raises SeparatorError if no package registers `name`, or if its code cannot be imported.
    """
    known = registered()
    if name not in known:
        hint = did_you_mean(name, known) or "see 'rtsep separators'"
        raise SeparatorError(f"no separator is called {name!r} (there are: {', '.join(known)}); {hint}")
    try:
        factory = cast(Callable[[], Separator], known[name].load())
        return factory()
    except SeparatorError:
        raise
    except Exception as error:
        raise SeparatorError(
            f"separator {name!r} cannot be loaded from {known[name].value}: {error}; is its package complete?"
        ) from error
