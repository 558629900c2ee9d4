"""The control process's timing events, with words: changes and where they came from, what the supervisor did."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from rtsep.changes import Change, DeskChange
from rtsep.origin import origin
from rtsep.shared.block import Block
from rtsep.shared.events import CHANGED, CONTROL_EVENTS, TEXT_WORDS, WORDS, now_ns

ROOM = 52
"""Characters of a change; the rest of an event's text says who asked for it."""


class Journal:
    """Keeps the last events in the block. Thread-safe; one for each control process."""

    def __init__(self, block: Block) -> None:
        """Go on behind what a control process before this one has noted."""
        self._block = block
        self._on = bool(block.get("events_on"))
        self._ring = block.events(CONTROL_EVENTS)
        self._lock = threading.Lock()
        self._fence = threading.Lock()

    def note(self, kind: int, text: str = "", first: int = 0, second: int = 0, time_ns: int | None = None) -> None:
        """One event, by default one that happens just now; of `text` as much as there is room for."""
        if not self._on:
            return
        raw = text.encode(errors="replace")[: 8 * TEXT_WORDS].ljust(8 * TEXT_WORDS, b"\0")
        with self._lock:
            count = int(self._block.get("control_events"))
            with self._fence:  # leaving and taking it orders the stores
                record = self._ring[count % len(self._ring)]
                record[:WORDS] = time_ns or now_ns(), kind, self._block.get("position"), first, second
                record[WORDS:] = np.frombuffer(raw, dtype=np.int64)
            with self._fence:
                self._block.set("control_events", count + 1)

    def changes(self, seat: Block, changes: Iterable[Change], asked_ns: int) -> None:
        """What was just published to a seat, who asked for it when, and under which number the callback hears of it."""
        sequence, speaker = int(seat.get("params_seq")), origin()
        for change in changes:
            text = f"{described(change)[:ROOM]}\t{speaker}"
            self.note(CHANGED, text, seat.seat, sequence if isinstance(change, DeskChange) else 0, asked_ns)


def described(change: Change) -> str:
    """A change in a few words.

    >>> from rtsep.changes import StemMute
    >>> described(StemMute("vocals", True))
    'StemMute vocals True'
    """
    values = (getattr(change, field.name) for field in fields(change))
    return " ".join(
        [type(change).__name__, *(f"{value:.4g}" if isinstance(value, float) else f"{value}" for value in values)]
    )
