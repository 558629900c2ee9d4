"""What a starting host goes on with: a session by name, the one that a crash cut off, or a host that still plays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from rtsep.errors import ConfigError
from rtsep.host.config import HostConfig
from rtsep.shared.hosts import local_hosts
from rtsep.show.opening import anew, opening
from rtsep.show.session import Session
from rtsep.show.sessions import SessionStore


@dataclass(frozen=True)
class Opening:
    """Where the show is saved, and what is brought back; no `store`: neither."""

    store: SessionStore | None = None
    name: str = ""
    session: Session | None = None

    @property
    def host(self) -> str | None:
        """The host that the session belonged to, if it still plays and nobody controls it."""
        name = _said(self.session, "host") if self.session else None
        return next((host.name for host in local_hosts() if host.name == name and not host.controlled), None)

    @property
    def config(self) -> HostConfig | None:
        """What the session's host was started with, and the separator that it played last."""
        said = _said(self.session, "config") if self.session else None
        if said is None or self.session is None:
            return None
        try:
            config = msgspec.convert(said, HostConfig)
        except msgspec.ValidationError:  # of another version of rtsep: the show itself has been migrated
            return None
        return msgspec.structs.replace(config, separator=self.session.look.separator)


def _said(session: Session | None, key: str) -> Any:
    config = session.config if session else None
    return config.get(key) if isinstance(config, dict) else None


def open_session(name: str | None, wanted: bool, say: Callable[[str], None]) -> Opening:
    """For a host that starts. Raises ConfigError if the session cannot be had."""
    if not wanted:
        return Opening()
    store = SessionStore(say=say)
    return Opening(store, *opening(store, name, say))


def session_of(host: str, name: str | None, wanted: bool, say: Callable[[str], None]) -> Opening:
    """For a host that is taken over: the session it was in, or the named one."""
    if not wanted or name is not None:
        return open_session(name, wanted, say)
    store = SessionStore(say=say)
    for info in store.list():
        if info.problem or info.in_use or info.clean:
            continue
        try:
            session = store.load(info.name)
        except ConfigError:
            continue
        if _said(session, "host") == host:
            return Opening(store, info.name, session)
    free, of_another = opening(store, None, lambda line: None)
    return Opening(store, free if of_another is None else anew())
