"""Who wants to hear of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rtsep.changes import Change


@dataclass
class Listener:
    """A subscription."""

    call: Callable[[Change], None]
    listeners: list[Listener]

    def cancel(self) -> None:
        """No more calls."""
        if self in self.listeners:
            self.listeners.remove(self)
