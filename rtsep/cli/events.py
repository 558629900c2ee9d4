"""What a host reports while it runs: heard on the supervisor's thread, told on the command's."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

KEPT = 10_000
"""A host that reports more than this in one run is in such trouble that its first lines may go."""
SHOWN = 3


class Events:
    """Lines, in order. Any thread appends; one thread reads."""

    def __init__(self) -> None:
        self._kept: deque[str] = deque(maxlen=KEPT)
        self._untold: deque[str] = deque(maxlen=KEPT)

    def append(self, line: str) -> None:
        """Note a line."""
        self._kept.append(line)
        self._untold.append(line)

    def all(self) -> list[str]:
        """Everything, for the JSON."""
        return list(self._kept)

    def recent(self) -> list[str]:
        """The last few, for the live view."""
        return self.all()[-SHOWN:]

    def untold(self) -> Iterator[str]:
        """Each line once."""
        while self._untold:
            yield self._untold.popleft()
