"""Which session a host opens when it starts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from rtsep.errors import ConfigError
from rtsep.show.session import Session
from rtsep.show.sessions import SessionStore, moment_of

LAST = "last"
"""The session of a host that was not told one."""
KEPT = "before"
"""Ends the name under which the show before is kept."""


def opening(store: SessionStore, name: str | None, say: Callable[[str], None]) -> tuple[str, Session | None]:
    """Which session a host that starts saves to, and what it brings back, if anything.

    A `name`: that session as it was left, or a new one. None: the one that was not closed in order, whatever its name, and of
    several the latest; without any "last", or "last-2" and so on while other hosts have those. A show that was closed gives
    way there to the new one, and is kept under another name. Raises ConfigError if the named session is in
    use or cannot be read.
    """
    if name is not None:
        store.check_writable(name)
        return name, store.load(name) if name in store.names() else None
    infos = {info.name: info for info in store.list()}
    cut_off = [info for info in infos.values() if not (info.in_use or info.clean or info.problem)]
    if cut_off:
        return _brought_back(store, max(cut_off, key=lambda info: info.saved_s).name, say)
    number = 1
    while True:
        free = LAST if number == 1 else f"{LAST}-{number}"
        info = infos.get(free)
        if info is None:
            return free, None
        if not info.in_use or info.clean:
            break
        number += 1
    return _brought_back(store, free, say)


def anew() -> str:
    """A session that nobody has."""
    return f"{LAST}-{time.strftime('%Y-%m-%d-%H-%M-%S')}"


def _brought_back(store: SessionStore, name: str, say: Callable[[str], None]) -> tuple[str, Session | None]:
    """What `opening` returns for a session that is there and that nobody uses."""
    try:
        session = store.load(name)
        if not session.clean:
            say(f"session {name!r} was not closed in order; restored as of {moment_of(session.saved_s)}")
            return name, session
        if session.book.scenes:
            kept = f"{name}-{KEPT}"
            store.check_writable(kept)
            store.save(replace(session, name=kept))
            say(
                f"the show of {moment_of(session.saved_s)} is kept as session {kept!r}; --session {kept} goes on with it"
            )
    except ConfigError as error:
        say(f"{error}; starting anew, saving to another session")
        return anew(), None
    return name, None
