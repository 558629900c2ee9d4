"""What waits for its time tag."""

from __future__ import annotations

import heapq
import itertools
from typing import Generic, TypeVar

from rtsep.errors import ConfigError

MOST = 1024
"""Messages that wait at a time."""
AHEAD_S = 10.0
"""How far ahead a time tag may lie."""

Item = TypeVar("Item")


class Pending(Generic[Item]):
    """A bounded queue by time. Counts on a clock that nobody sets: what waits for a second waits for a second. One thread."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, int, Item]] = []
        self._order = itertools.count()
        self._messages = 0

    def __len__(self) -> int:
        return len(self._heap)

    def put(self, wait_s: float, now: float, messages: int, item: Item) -> None:
        """Keep `item`, of so many messages, for `wait_s` from `now`. Raises ConfigError if that is too long or too much."""
        if not wait_s <= AHEAD_S:
            raise ConfigError(
                f"the time tag lies {wait_s:.1f} s ahead, at most {AHEAD_S:g} s are waited for; send it later"
            )
        if self._messages + messages > MOST:
            raise ConfigError(f"more than {MOST} messages wait for their time; send them later")
        self._messages += messages
        heapq.heappush(self._heap, (now + wait_s, next(self._order), messages, item))

    def due(self, now: float) -> list[Item]:
        """What is to be done by now, the earliest first, and among equals the first that came."""
        found: list[Item] = []
        while self._heap and self._heap[0][0] <= now:
            _, _, messages, item = heapq.heappop(self._heap)
            self._messages -= messages
            found.append(item)
        return found

    def next(self) -> float:
        """When the next is due; infinite if nothing waits."""
        return self._heap[0][0] if self._heap else float("inf")
