"""Storing and copying timing events, for whichever ring; see shared/events.py for what they are.

Against being overwritten while it copies, a reader relies on this order: count n published, fence, record n stored. Who
has seen a word of record n therefore sees a count of n or more afterwards, and knows that the slot's record before is gone.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from rtsep.realtime.atomics import KERNEL, fence_acquire, fence_release, int64_at
from rtsep.shared.events import WORDS


@njit(**KERNEL)
def store_event(
    ring: int, events: int, index: int, time_ns: int, kind: int, position: int, first: int, second: int
) -> None:
    """Event number `index` into a ring of `events` (a power of two) records of WORDS words. Publishing is the caller's."""
    fence_release()
    words: Any = int64_at(ring)
    place = (index & (events - 1)) * WORDS
    words[place] = time_ns
    words[place + 1] = kind
    words[place + 2] = position
    words[place + 3] = first
    words[place + 4] = second


@njit("void(uint64, int64, int64, int64, int64, uint64)", **KERNEL)
def copy_events(ring: int, events: int, words: int, first: int, count: int, target: int) -> None:
    """Copy `count` events from number `first` on to (count, words) int64 at address `target`. Any reader.

    To be called after the ring's count was read and before it is read again.
    """
    fence_acquire()
    source: Any = int64_at(ring)
    data: Any = int64_at(target)
    for i in range(count):
        place = ((first + i) & (events - 1)) * words
        for word in range(words):
            data[i * words + word] = source[place + word]
    fence_acquire()
