"""A session: everything of a show as one value, and its form as a file.

    {"version": 2, "checksum": "sha256 of the session, keys sorted", "session": {...}}

The checksum is of what is said, not of how it is laid out. A file of an older version goes through `MIGRATIONS`, step by
step; one of a newer version is refused and left as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from rtsep.errors import ConfigError
from rtsep.show.book import Book
from rtsep.show.look import Look

VERSION = 2


@dataclass(frozen=True)
class Owner:
    """The process that writes to a session; its start tells it from a later one of the same number."""

    process: int = 0
    started_s: float = 0.0


@dataclass(frozen=True)
class Session:
    """A show at one moment."""

    name: str
    look: Look
    book: Book
    coming: int = 0
    """The scene that was fading in, or waited for its beat; 0: none."""
    coming_s: float = 0.0
    """What was left of its fade."""
    config: Any = None
    """JSON of whoever started the host: what to start it with again."""
    clean: bool = False
    """Closed in order."""
    owner: Owner = field(default_factory=Owner)
    saved_s: float = 0.0
    """When it was written, seconds since 1970."""


class DamagedError(Exception):
    """A file that says nothing sensible."""


class _Envelope(msgspec.Struct):
    version: int
    checksum: str
    session: Any


def _checksum(session: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(session, order="sorted")).hexdigest()


def encode(session: Session) -> bytes:
    """As a file, indented."""
    said = msgspec.json.decode(msgspec.json.encode(session))
    whole = msgspec.json.encode(_Envelope(VERSION, _checksum(said), said))
    return msgspec.json.format(whole, indent=1) + b"\n"


def decode(raw: bytes, name: str) -> Session:
    """From a file, of this or an older version.

    Raises DamagedError if it is not what was written, ConfigError if a newer rtsep wrote it.
    """
    try:
        version = msgspec.json.decode(raw, type=dict[str, Any]).get("version")
        if isinstance(version, int) and version > VERSION:
            raise ConfigError(
                f"session {name!r} is of version {version}, this rtsep reads up to {VERSION}; "
                "update rtsep, or use another session. The file is left as it is"
            )
        envelope = msgspec.json.decode(raw, type=_Envelope)
        if _checksum(envelope.session) != envelope.checksum:
            raise DamagedError("its checksum does not fit")
        said = envelope.session
        for step in range(envelope.version, VERSION):
            said = MIGRATIONS[step](said)
        return msgspec.convert(said, Session, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(str(error) or type(error).__name__) from None


def _sides(said: dict[str, Any]) -> dict[str, Any]:
    """1 -> 2: looks have a crossfader; strips are by name and have sides, where they were a list."""

    def look(old: dict[str, Any]) -> dict[str, Any]:
        strips = {strip["stem"]: {**strip, "side": ""} for strip in old["desk"]["strips"]}
        return {**old, "desk": {**old["desk"], "strips": strips, "crossfade": 0.0}}

    scenes = {n: {**scene, "look": look(scene["look"])} for n, scene in said["book"]["scenes"].items()}
    return {**said, "look": look(said["look"]), "book": {**said["book"], "scenes": scenes}}


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _sides}
"""From each older version to the one after it."""
