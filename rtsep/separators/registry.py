"""Finds separators among the installed packages' entry points."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from rtsep.errors import SeparatorError
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
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "see 'rtsep separators'"
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
