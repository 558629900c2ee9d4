"""A performance in which stems are late at will."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from support import RATE, offline

from rtsep.host.offline import OfflineHost


class Staged:
    """A host whose hops are withheld at will, its input and all that came out."""

    def __init__(self, host: OfflineHost, signal: np.ndarray, block: int) -> None:
        self.host, self.signal, self.block = host, signal, block
        self.position, self.heard = 0, [np.zeros((0, 2), np.float32)]
        self.late: set[int] = set()

    def play(self, blocks: int, hops: int | None = None) -> np.ndarray:
        """`blocks` blocks; after each, at most `hops` hops are computed (None: all that are due)."""
        parts = []
        for _ in range(blocks):
            self._note_late_hops()
            end = self.position + self.block
            parts.append(self.host.run(self.signal[self.position : end], separate=False))
            self.position = end
            done = 0
            while self.host._worker.ready() and (hops is None or done < hops):
                self.host._worker.run_hop()
                done += 1
        self.heard += parts
        return np.concatenate(parts)

    def _note_late_hops(self) -> None:
        control = self.host.control
        lag, hop = int(control.get("stem_lag")), int(control.get("hop"))
        written, valid = int(control.get("stems_written")), int(control.get("stems_valid_from"))
        for position in range(max(0, self.position - lag), self.position + self.block - lag):
            if not valid <= position < written:
                self.late.add(position // hop)

    def output(self) -> np.ndarray:
        return np.concatenate(self.heard)

    def get(self, field: str) -> int:
        return int(self.host.control.get(field))


@contextmanager
def stage(separator: object, signal: np.ndarray, block: int = 64, **settings: object) -> Iterator[Staged]:
    with OfflineHost(separator, RATE, block, offline(**settings)) as host:  # type: ignore[arg-type]
        yield Staged(host, signal, block)


def blocks_of(frames: int, block: int) -> int:
    return -(-frames // block)
