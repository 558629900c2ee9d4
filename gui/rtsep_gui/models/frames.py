"""How long each picture takes: written for the benchmark when the window closes."""

from __future__ import annotations

import time

from rtsep.jsonfile import write_json


class FrameLog:
    """Milliseconds of work per picture: what changes, and then what is painted of it."""

    def __init__(self) -> None:
        self.times_ms: list[float] = []
        self._began = 0.0
        self._spent = 0.0

    def begin(self) -> None:
        """Work on the picture begins, or goes on."""
        self._began = time.perf_counter()

    def end(self) -> None:
        """It pauses."""
        self._spent += time.perf_counter() - self._began

    def next_picture(self) -> None:
        """The picture before is done."""
        if self._spent:
            self.times_ms.append(1e3 * self._spent)
        self._spent = 0.0

    def write(self, target: str | None) -> None:
        """One JSON array. Raises ConfigError if the file cannot be written."""
        write_json(target, [round(spent, 3) for spent in self.times_ms])
