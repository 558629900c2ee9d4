"""Who asks: front ends say on whose behalf they speak, the trace of a host tells it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_speaker: ContextVar[str] = ContextVar("speaker", default="")


@contextmanager
def speaking_for(name: str) -> Iterator[None]:
    """What this thread asks for within, `name` has asked for.

    >>> with speaking_for("osc 127.0.0.1:53122"):
    ...     origin()
    'osc 127.0.0.1:53122'
    """
    token = _speaker.set(name)
    try:
        yield
    finally:
        _speaker.reset(token)


def origin() -> str:
    """On whose behalf this thread speaks; if nobody said so, the thread's own name."""
    return _speaker.get() or threading.current_thread().name
