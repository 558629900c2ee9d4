"""Looks at a separator's file for the first time while another separator plays, on a thread of its own.

That takes seconds, in which mutes and faders must not wait: so a switch to such a file is begun only once it has been
looked at, and a file that may not play changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from rtsep.control import short_name
from rtsep.errors import ConfigError, RtsepError
from rtsep.separators.registry import create


class Examination:
    """One file at a time. Any thread."""

    def __init__(self, then: Callable[[str], None], say: Callable[[str], None]) -> None:
        """`then` is called with the name of a file that may play, on the examination's thread; what it raises is said."""
        self._then = then
        self._say = say
        self._lock = threading.Lock()
        self.name = ""
        """Of the file that is being looked at, or empty."""

    def begin(self, name: str) -> None:
        """Start to look at a file. Raises ConfigError if one is being looked at already."""
        with self._lock:
            if self.name:
                raise ConfigError(
                    f"{short_name(self.name)!r} is being examined; wait for its end, or call it off by switching to the "
                    "separator that plays"
                )
            self.name = name
        threading.Thread(target=self._look, args=(name,), name="examination", daemon=True).start()

    def call_off(self) -> None:
        """Whatever is found, the file will not play."""
        with self._lock:
            self.name = ""

    def _look(self, name: str) -> None:
        failure = ""
        try:
            create(name)
        except RtsepError as error:
            failure = str(error)
        with self._lock:
            if self.name != name:
                return
            if failure:
                self.name = ""
        try:
            if not failure:
                self._then(name)
        except RtsepError as error:
            failure = str(error)
        finally:
            self.call_off()
        if failure:
            self._say(f"switch to {short_name(name)}: {failure}; what plays plays on")
