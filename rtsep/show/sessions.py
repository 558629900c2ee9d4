"""The folder of sessions: written atomically, the last good one kept, damaged ones set aside."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from rtsep.errors import ConfigError
from rtsep.show.owner import lives
from rtsep.show.session import DamagedError, Session, decode, encode

_NAME = re.compile(r"\w(?:[\w .+-]{0,62}[\w+-])?")


def checked_name(name: str) -> str:
    """A session's name. Raises ConfigError if it cannot be a file's."""
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"session name {name!r}: must be 1..64 letters, digits, spaces and . + - _, beginning and ending with "
            "a letter or digit; choose another"
        )
    return name


@dataclass(frozen=True)
class SessionInfo:
    """What a list of sessions shows of one. `problem`: why it cannot be read; the rest is empty then."""

    name: str
    saved_s: float = 0.0
    clean: bool = False
    in_use: bool = False
    scenes: int = 0
    separator: str = ""
    problem: str = ""


class SessionStore:
    """Sessions in a folder, one file each. Any thread; one process at a time writes to each session."""

    def __init__(self, folder: Path | str | None = None, say: Callable[[str], None] = lambda _: None) -> None:
        """`folder` None: the user's. `say` hears of damaged files."""
        self.folder = Path(folder) if folder else platformdirs.user_data_path("rtsep") / "sessions"
        self._say = say

    def path(self, name: str) -> Path:
        """The file of a session. Raises ConfigError if the name cannot be one."""
        return self.folder / f"{checked_name(name)}.json"

    def backup(self, name: str) -> Path:
        """The file before the last."""
        return self.folder / f"{checked_name(name)}.json.bak"

    def names(self) -> list[str]:
        """Of all sessions, sorted."""
        files = [*self.folder.glob("*.json"), *self.folder.glob("*.json.bak")] if self.folder.is_dir() else []
        stems = {file.name.removesuffix(".bak").removesuffix(".json") for file in files}
        return sorted(name for name in stems if _NAME.fullmatch(name))

    def list(self) -> list[SessionInfo]:
        """What there is; changes nothing, not even a damaged file."""
        return [self._info(name) for name in self.names()]

    def _info(self, name: str) -> SessionInfo:
        try:
            s = decode(self.path(name).read_bytes(), name)
        except (OSError, DamagedError, ConfigError) as error:
            return SessionInfo(name, problem=str(error))
        return SessionInfo(name, s.saved_s, s.clean, lives(s.owner), len(s.book.scenes), s.look.separator)

    def save(self, session: Session) -> None:
        """Write a session, whole or not at all; what was there is the backup. Raises ConfigError if it cannot be written."""
        path = self.path(session.name)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(encode(replace(session, saved_s=time.time())))
                file.flush()
                os.fsync(file.fileno())
            self._keep(path)
            fresh.replace(path)
            self._sync()
        except OSError as error:
            raise ConfigError(
                f"session {session.name!r} cannot be written to {self.folder}: {error.strerror or error}; "
                "make room there or make it writable"
            ) from None
        finally:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)

    def _keep(self, path: Path) -> None:
        """Make what is there the backup, without a moment at which neither is there where the file system allows that."""
        if not path.exists():
            return
        backup, link = path.with_name(f"{path.name}.bak"), path.with_name(f".{path.name}.{os.getpid()}.link")
        try:
            link.unlink(missing_ok=True)
            os.link(path, link)
            link.replace(backup)
        except OSError:
            path.replace(backup)

    def _sync(self) -> None:
        """Renames are safe once the folder is."""
        if os.name == "posix":
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def load(self, name: str) -> Session:
        """A session, or the one before if its file is damaged, which is set aside.

        Raises ConfigError if there is none, none is good, or a newer rtsep wrote it.
        """
        for path in (self.path(name), self.backup(name)):
            try:
                session = decode(path.read_bytes(), name)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise ConfigError(f"session {name!r} cannot be read: {error.strerror}; make {path} readable") from None
            except DamagedError as error:
                self._set_aside(path, error)
            else:
                if path == self.backup(name):
                    self._say(f"session {name!r}: the last good state is used, from {moment_of(session.saved_s)}")
                return replace(session, name=name)
        there = ", ".join(self.names()) or "none"
        raise ConfigError(f"there is no session {name!r}, only: {there}; save one under that name first")

    def _set_aside(self, path: Path, error: DamagedError) -> None:
        aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
        try:
            path.replace(aside)
        except OSError as problem:
            raise ConfigError(f"{path} is damaged and cannot be set aside: {problem.strerror}; remove it") from None
        self._say(f"{path.name} is damaged ({error}); set aside as {aside.name}")

    def check_writable(self, name: str) -> None:
        """Raise ConfigError if a session of that name must not be written: another process does, or a newer rtsep did."""
        try:
            session = decode(self.path(name).read_bytes(), name)
        except (OSError, DamagedError):
            return
        if lives(session.owner) and not session.clean:
            raise ConfigError(
                f"session {name!r} is in use by process {session.owner.process}; save under another name, or end that one"
            )

    def delete(self, name: str) -> None:
        """Remove a session and its backup. Raises ConfigError if there is none or another process writes to it."""
        paths = [path for path in (self.path(name), self.backup(name)) if path.exists()]
        if not paths:
            raise ConfigError(f"there is no session {name!r}, only: {', '.join(self.names()) or 'none'}")
        self.check_writable(name)
        for path in paths:
            try:
                path.unlink()
            except OSError as error:
                raise ConfigError(f"{path} cannot be removed: {error.strerror}; make its folder writable") from None


def moment_of(seconds: float) -> str:
    """A time for people, where they are."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))
