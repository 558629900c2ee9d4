"""Finds separators among the installed packages' entry points.

Besides separators a package may register a finder, a function without arguments that returns entry points of those it
knows of only while running: weights that the user downloaded, say. It is called whenever somebody looks, so it must be quick.

A file is a separator too, if a package registers its ending (`rtsep.separators.files`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from rtsep.errors import SeparatorError, did_you_mean
from rtsep.separators import files
from rtsep.separators.api import Separator

GROUP = "rtsep.separators"
FINDERS = "rtsep.separator_finders"


def registered() -> dict[str, EntryPoint]:
    """Every separator by name, sorted; none is imported yet. Any thread.

    One that is registered goes before one that is found. A finder that fails stands among them, so that creating it tells why.
    """
    points = {point.name: point for point in entry_points(group=GROUP)}
    for finder in entry_points(group=FINDERS):
        try:
            found = cast(Callable[[], Iterable[EntryPoint]], finder.load())()
        except Exception:
            found = [finder]
        for point in found:
            points.setdefault(point.name, point)
    return dict(sorted(points.items()))


def entry(name: str) -> EntryPoint:
    """Where a separator comes from; nothing is imported. Raises SeparatorError if no package registers `name`."""
    known = registered()
    if name not in known:
        hint = did_you_mean(name, known) or "see 'rtsep separators'"
        raise SeparatorError(f"no separator is called {name!r} (there are: {', '.join(known)}); {hint}")
    return known[name]


def create(name: str) -> Separator:
    """A new, unprepared separator. `name` may be that of a file: one that was never looked at takes seconds.

    Raises SeparatorError if no package registers `name`, if its code cannot be imported, or if a file cannot play.
    """
    kind = files.kind_of(name)
    if kind is not None:
        return kind.open(name)
    point = entry(name)
    try:
        factory = cast(Callable[[], Separator], point.load())
        return factory()
    except SeparatorError:
        raise
    except Exception as error:
        raise SeparatorError(
            f"separator {name!r} cannot be loaded from {point.value}: {error}; is its package complete?"
        ) from error
