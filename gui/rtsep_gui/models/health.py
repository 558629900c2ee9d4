"""What went wrong since the window opened, and when."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Literal

from rtsep.control import Counters, EngineState

Severity = Literal["calm", "warning", "fault"]
KEPT = 500
NOW_S = 1.0
"""What rose within this is still rising: one entry grows instead of many."""
RECENT_S = 10.0
WATCHED = {
    "xruns": "xruns",
    "missed_positions": "frames missed",
    "late_hops": "late hops",
    "skipped_hops": "hops skipped",
    "nonfinite_hops": "hops not finite",
    "separator_faults": "separator faults",
    "separator_restarts": "separator restarts",
    "audio_restarts": "audio restarts",
    "latches": "latched to dry",
}
"""Counters, and what people call them."""


@dataclass(frozen=True)
class Rise:
    """A counter went up by `by`, first and last at these times of day, seconds since 1970."""

    counter: str
    by: int
    first_s: float
    last_s: float

    @property
    def what(self) -> str:
        """In words."""
        return WATCHED[self.counter]


class Health:
    """Remembers when counters rose. The window's thread feeds it with every state."""

    def __init__(self) -> None:
        self.rises: deque[Rise] = deque(maxlen=KEPT)
        """Oldest first."""
        self._host = ""
        self._before: Counters | None = None
        self._last: dict[str, float] = {}

    def note(self, state: EngineState, now_s: float) -> None:
        """A new state, and the time of day. Another host, or one whose counts began anew, is only looked at."""
        before, after = self._before, state.counters
        fresh = before is None or state.name != self._host or after.callbacks < before.callbacks
        self._host, self._before = state.name, after
        if fresh or before is None:
            return
        for counter in WATCHED:
            by = getattr(after, counter) - getattr(before, counter)
            if by > 0:
                self._rose(counter, by, now_s)

    def _rose(self, counter: str, by: int, now_s: float) -> None:
        for place, rise in enumerate(self.rises):
            if rise.counter == counter and now_s - rise.last_s <= NOW_S:
                self.rises[place] = replace(rise, by=rise.by + by, last_s=now_s)
                break
        else:
            self.rises.append(Rise(counter, by, now_s, now_s))
        self._last[counter] = now_s

    def severity(self, counter: str, now_s: float) -> Severity:
        """Red while a counter rises, amber for a while after, else calm."""
        since_s = now_s - self._last.get(counter, float("-inf"))
        return "fault" if since_s <= NOW_S else "warning" if since_s <= RECENT_S else "calm"
