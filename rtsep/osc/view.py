"""What the server knows of the engine: the table for what plays, and whether there is news."""

from __future__ import annotations

import time

from rtsep.control import EngineControl, EngineState
from rtsep.osc.flat import Flat
from rtsep.osc.index import Index
from rtsep.osc.limits import Bucket

LOOKS = 100.0
"""A second, at most, because an address is not in the table."""


class View:
    """The engine's addresses. Server's thread."""

    def __init__(self, engine: EngineControl) -> None:
        self._engine = engine
        self._flat = Flat()
        self.index = Index({})
        self._looks = Bucket(LOOKS, LOOKS / 10)

    def look(self) -> EngineState:
        """The engine's state; the table is the one for it from now on."""
        state = self._engine.state()
        flat = self._flat.at(state)
        if flat is not self.index.flat:
            self.index = Index(flat)
        return state

    def look_again(self) -> bool:
        """Look because an address is not in the table: whether that was not done too often already."""
        allowed = self._looks.take(time.monotonic())
        if allowed:
            self.look()
        return allowed
