"""What keeps a flood from costing much: so many a second, and said once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

MAX_KEYS = 256
"""Clients, or sayings, that are told apart; the one seen longest ago is forgotten."""


class Bucket:
    """`rate` a second on average, `burst` at once. One thread."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = self._left = burst
        self._at = float("-inf")

    def take(self, now: float) -> bool:
        """Whether one more is within the limit at `now`, seconds; if so it counts.

        >>> bucket = Bucket(rate=1.0, burst=2)
        >>> [bucket.take(now) for now in (0.0, 0.0, 0.0, 1.0, 1.5)]
        [True, True, False, True, False]
        """
        self._left = min(self._burst, self._left + self._rate * (now - self._at))
        self._at = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True


class Buckets:
    """A bucket for each client. One thread."""

    def __init__(self, rate: float, burst: float) -> None:
        self._make = lambda: Bucket(rate, burst)
        self._each: OrderedDict[Hashable, Bucket] = OrderedDict()

    def take(self, key: Hashable, now: float) -> bool:
        """Whether one more of this client is within its limit."""
        if key not in self._each:
            self._each[key] = self._make()
            if len(self._each) > MAX_KEYS:
                self._each.popitem(last=False)
        self._each.move_to_end(key)
        return self._each[key].take(now)


class Sayings:
    """Says a thing, and not again for a minute. One thread."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._again = Buckets(rate=1 / 60, burst=1)
        self._all = Bucket(rate=1.0, burst=10)

    def once(self, key: Hashable, text: str, now: float) -> None:
        """Say `text`, unless something was said of `key` within the last minute, or too much of everything."""
        if self._again.take(key, now) and self._all.take(now):
            self._say(text)
