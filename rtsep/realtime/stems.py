"""The separator's side of the block, compiled: hops due, stems published, time counted."""

from __future__ import annotations

from typing import Any

from numba import njit

from rtsep.realtime.atomics import KERNEL, context_at, header_at, load_acquire, store_release
from rtsep.realtime.histogram import count
from rtsep.realtime.ring import write_rows
from rtsep.realtime.system import now_ns


@njit("boolean(uint64, int64, int64)", **KERNEL)
def due(block: int, position: int, hop: int) -> bool:
    """Whether the input holds a whole hop from `position` on."""
    return load_acquire(header_at(block), "input_written") - position >= hop


@njit("void(uint64, int64, int64)", **KERNEL)
def restart_at(block: int, position: int, fill: int) -> None:
    """Declare everything before `position` + `fill` invalid, and the next hop to start at `position`."""
    header: Any = header_at(block)
    header.input_read = position
    store_release(header, "stems_valid_from", position + fill)
    store_release(header, "stems_written", position)


@njit("void(uint64, uint64, int64, uint64)", **KERNEL)
def publish(context: int, block: int, position: int, stems: int) -> None:
    """Write one hop of planar stems (S, C, hop) at address `stems`, and let the callback see it."""
    header: Any = header_at(block)
    rows = header.stems * header.channels
    write_rows(block + header.stems_offset, header.ring_frames, rows, position, stems, header.hop)
    header.input_read = position + header.hop
    header.hops += 1
    store_release(header, "stems_written", position + header.hop)
    count(header.turnaround_histogram, now_ns(context_at(context)) - load_acquire(header, "wake_ns"))


@njit("int64(uint64, uint64, int64)", **KERNEL)
def store_counts(context: int, block: int, begin: int) -> int:
    """Monotonic time in ns; counts the time since `begin` as a hop's compute unless `begin` is 0."""
    now = now_ns(context_at(context))
    if begin != 0:
        header: Any = header_at(block)
        count(header.hop_histogram, now - begin)
        header.hop_ns_max = max(header.hop_ns_max, now - begin)
    return now


@njit("void(uint64, uint64)", **KERNEL)
def count_wake(context: int, block: int) -> None:
    """Count the time from the callback's post to now. To be called when a wait has really waited."""
    header: Any = header_at(block)
    spent = now_ns(context_at(context)) - load_acquire(header, "wake_ns")
    count(header.wake_histogram, spent)
    header.wake_ns_max = max(header.wake_ns_max, spent)
