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
from rtsep.spec import SeparatorSpec


class Examination:
    """One file at a time. Any thread."""

    def __init__(self, then: Callable[[str, SeparatorSpec], None], say: Callable[[str], None]) -> None:
        """`then` is called with name and spec of a file that may play, on the examination's thread; what it raises is said.

        It looks at `name` itself, under whatever lock it needs: the file may have been called off.
        """
        self._then = then
        self._say = say
        self._lock = threading.Lock()
        self.name = ""
        """Of the file that is being looked at, or empty."""

    def begin(self, name: str) -> None:
        """Start to look at a file. Raises ConfigError if one is being looked at already."""
        with self._lock:
            self.check_free()
            self.name = name
        threading.Thread(target=self._look, args=(name,), name="examination", daemon=True).start()

    def check_free(self) -> None:
        """Raise ConfigError while a file is being looked at."""
        if name := self.name:
            raise ConfigError(
                f"{short_name(name)!r} is being examined; wait for its end, or call it off by switching to the "
                "separator that plays"
            )

    def call_off(self) -> None:
        """Whatever is found, the file will not play."""
        with self._lock:
            self.name = ""

    def _look(self, name: str) -> None:
        try:
            self._then(name, create(name).spec)
        except RtsepError as error:
            if self.name == name:
                self._say(f"switch to {short_name(name)}: {error}; what plays plays on")
        finally:
            with self._lock:
                if self.name == name:
                    self.name = ""
