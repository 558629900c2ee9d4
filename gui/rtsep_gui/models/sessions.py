"""Sessions on this machine, as the window lists them for loading."""

from __future__ import annotations

import time
from dataclasses import dataclass

from rtsep.errors import ConfigError
from rtsep.show.sessions import SessionStore, checked_name


@dataclass(frozen=True)
class SavedSession:
    """One line of the list."""

    name: str
    about: str
    """When it was saved and what is in it, or why it cannot be read."""
    readable: bool


def saved_sessions(store: SessionStore | None = None) -> list[SavedSession]:
    """All, the latest first; of a host on another machine nothing is known."""
    found = []
    for info in sorted((store or SessionStore()).list(), key=lambda info: -info.saved_s):
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(info.saved_s))
        about = info.problem or f"{when}, {info.scenes} scenes, {info.separator}"
        found.append(SavedSession(info.name, about, not info.problem))
    return found


def name_problem(name: str) -> str:
    """Why a session cannot be called that; empty if it can.

    >>> name_problem("tour 2026"), name_problem("") != ""
    ('', True)
    """
    try:
        checked_name(name)
    except ConfigError as error:
        return str(error)
    return ""
