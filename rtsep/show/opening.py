"""Which session a host opens when it starts."""

from __future__ import annotations

import time
from collections.abc import Callable

from rtsep.errors import ConfigError
from rtsep.show.session import Session
from rtsep.show.sessions import SessionStore, moment_of

LAST = "last"
"""The session of a host that was not told one."""


def opening(store: SessionStore, name: str | None, say: Callable[[str], None]) -> tuple[str, Session | None]:
    """Which session a host that starts saves to, and what it brings back, if anything.

    A `name`: that session as it was left, or a new one. None: "last", or "last-2" and so on while other hosts have those;
    it is brought back if it was not closed in order. Raises ConfigError if the named one is in use or cannot be read.
    """
    if name is not None:
        store.check_writable(name)
        return name, store.load(name) if name in store.names() else None
    infos = {info.name: info for info in store.list()}
    number = 1
    while True:
        free = LAST if number == 1 else f"{LAST}-{number}"
        info = infos.get(free)
        if info is None:
            return free, None
        if not info.in_use or info.clean:
            break
        number += 1
    if info.clean:
        return free, None
    try:
        session = store.load(free)
    except ConfigError as error:
        say(f"{error}; starting anew, saving to another session")
        return f"{LAST}-{time.strftime('%Y-%m-%d-%H-%M-%S')}", None
    if session.clean:
        return free, None
    say(f"session {free!r} was not closed in order; restored as of {moment_of(session.saved_s)}")
    return free, session
