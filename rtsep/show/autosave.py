"""Saving while the show goes on: shortly after each change, on a thread of its own, for disks may be slow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from rtsep.errors import ConfigError
from rtsep.show.session import Session
from rtsep.show.sessions import SessionStore

AFTER_S = 0.3
"""What changes within this time is one save."""


class Autosave:
    """Writes what `capture` gives to its session, if that has a name. A disk that fails costs one message, not the show."""

    def __init__(self, store: SessionStore, capture: Callable[[bool], Session], say: Callable[[str], None]) -> None:
        """`capture` is told whether the session is closed in order."""
        self._store = store
        self._capture = capture
        self._say = say
        self._due_s: float | None = None
        self._ends = False
        self._failing = False
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="rtsep autosave", daemon=True)

    def start(self) -> None:
        """Save now, and from now on."""
        self.touch(at_once=True)
        self._thread.start()

    def stop(self, clean: bool = True) -> None:
        """Save what is there, as closed in order or not. Not from a thread that holds the show up."""
        with self._changed:
            self._ends = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()
        self.write(clean)

    def touch(self, at_once: bool = False) -> None:
        """There is something to save. Any thread; does not wait."""
        with self._changed:
            due_s = time.monotonic() + (0.0 if at_once else AFTER_S)
            if self._due_s is None or due_s < self._due_s:
                self._due_s = due_s
                self._changed.notify()

    def write(self, clean: bool = False) -> None:
        """Save now, on this thread."""
        with self._writing:
            self._save(self._capture(clean))

    def follow(self, before: Session) -> None:
        """Save now to another session than so far; only once that is done `before`, as it is to be left."""
        self.write()
        with self._writing:
            if not self._failing:
                self._save(before)

    def _save(self, session: Session) -> None:
        if not session.name:
            return
        try:
            self._store.save(session)
        except ConfigError as error:
            if not self._failing:
                self._say(f"{error}; the show goes on, unsaved")
            self._failing = True
        else:
            self._failing = False

    def _run(self) -> None:
        while self._wait():
            self.write()

    def _wait(self) -> bool:
        """Until something is to be saved; False: the end."""
        with self._changed:
            while not self._ends:
                now_s = time.monotonic()
                if self._due_s is not None and self._due_s <= now_s:
                    self._due_s = None
                    return True
                self._changed.wait(None if self._due_s is None else self._due_s - now_s)
            return False
