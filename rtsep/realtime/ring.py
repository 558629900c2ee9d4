"""A ring of samples, indexed by position, for one writer and one reader.

A ring is `rows` planar channels of `frames` (a power of two) float32 samples. A position is an ever-growing int64;
its slot is `position & (frames - 1)`, so nothing ever wraps, and a sample can be late, early or overwritten, but never
mistaken for another. The writer stores samples, then publishes the end of the valid part with a release store; the
reader acquires it, reads, and must stay within `frames` of it.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from rtsep.realtime.atomics import KERNEL, float32_at


@njit(**KERNEL)
def slot(frames: int, row: int, position: int) -> int:
    """Index of a sample in the ring."""
    return row * frames + (position & (frames - 1))


@njit("void(uint64, int64, int64, int64, uint64, int64)", **KERNEL)
def write_rows(ring: int, frames: int, rows: int, position: int, source: int, count: int) -> None:
    """Copy planar samples (rows, count) at address `source` into the ring at `position`. Publishing is the caller's."""
    target: Any = float32_at(ring)
    data: Any = float32_at(source)
    for row in range(rows):
        for i in range(count):
            target[slot(frames, row, position + i)] = data[row * count + i]


@njit("void(uint64, int64, int64, int64, uint64, int64)", **KERNEL)
def read_rows(ring: int, frames: int, rows: int, position: int, target: int, count: int) -> None:
    """Copy samples at `position` out of the ring into planar (rows, count) at address `target`."""
    source: Any = float32_at(ring)
    data: Any = float32_at(target)
    for row in range(rows):
        for i in range(count):
            data[row * count + i] = source[slot(frames, row, position + i)]
