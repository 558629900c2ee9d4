"""Reads the rings of timing events of a host that plays, without a lock and without its noticing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rtsep.realtime.events import copy_events
from rtsep.shared.block import Block
from rtsep.shared.events import AUDIO_EVENTS, CONTROL_EVENTS, SEPARATOR_EVENTS, EventRing
from rtsep.shared.fields import SEATS

Events = NDArray[np.int64]
"""(n, words), see shared/events.py."""


class RingReader:
    """Follows one ring from event number `begin` on. One thread; any number of readers."""

    def __init__(self, block: Block, ring: EventRing, begin: int) -> None:
        self._block = block
        self._ring = ring
        self._start = int(block.get(ring.offset))
        self._next = begin
        self.lost = 0
        """Events that were overwritten before they were read."""

    def read(self) -> Events:
        """What has been noted since the last time, oldest first."""
        ring, written = self._ring, self._count()
        first = max(self._next, written - ring.events)
        copied = np.zeros((max(0, written - first), ring.words), dtype=np.int64)
        source, target = self._block.address + self._start, copied.ctypes.data
        copy_events(source, ring.events, ring.words, first, len(copied), target)
        # The writer may be at work on the event after the last one that it has published, in the slot of the oldest.
        whole = max(first, self._count() - ring.events + 1)
        self.lost += min(whole, written) - self._next
        self._next = written
        return copied[whole - first :]

    def _count(self) -> int:
        return int(self._block.get(self._ring.count))


def present(block: Block, ring: EventRing) -> RingReader:
    """A reader of what is noted from now on."""
    return RingReader(block, ring, int(block.get(ring.count)))


def oldest(block: Block, ring: EventRing) -> tuple[RingReader, Events]:
    """What the ring still holds, and a reader of what follows, whose losses do not count what was gone before."""
    reader = RingReader(block, ring, 0)
    held = reader.read()
    reader.lost = 0
    return reader, held


def rings(block: Block) -> Iterator[tuple[str, Block, EventRing]]:
    """A block's rings by name, each with the view that shows its fields."""
    yield "audio", block, AUDIO_EVENTS
    yield "control", block, CONTROL_EVENTS
    for seat in range(SEATS):
        yield f"separator {seat}", block.at(seat), SEPARATOR_EVENTS
