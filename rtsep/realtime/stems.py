"""The separator's side of the block, compiled: hops due, stems published, time counted."""

from __future__ import annotations

from typing import Any

from numba import njit

from rtsep.realtime.atomics import KERNEL, context_at, header_at, load_acquire, seat_at, store_release
from rtsep.realtime.histogram import count
from rtsep.realtime.ring import write_rows
from rtsep.realtime.system import now_ns


@njit("boolean(uint64, int64, int64)", **KERNEL)
def due(block: int, position: int, hop: int) -> bool:
    """Whether the input holds a whole hop from `position` on."""
    return load_acquire(header_at(block), "input_written") - position >= hop


@njit("void(uint64, int64, int64)", **KERNEL)
def restart_at(seat_address: int, position: int, fill: int) -> None:
    """Declare everything before `position` + `fill` invalid, and the next hop to start at `position`."""
    seat: Any = seat_at(seat_address)
    seat.input_read = position
    store_release(seat, "stems_valid_from", position + fill)
    store_release(seat, "stems_written", position)


@njit("void(uint64, uint64, uint64, int64, uint64)", **KERNEL)
def publish(context: int, block: int, seat_address: int, position: int, stems: int) -> None:
    """Write one hop of planar stems (S, C, hop) at address `stems`, and let the callback see it."""
    header: Any = header_at(block)
    seat: Any = seat_at(seat_address)
    rows = seat.stems * header.channels
    write_rows(block + seat.stems_offset, header.ring_frames, rows, position, stems, seat.hop)
    seat.input_read = position + seat.hop
    seat.hops += 1
    store_release(seat, "stems_written", position + seat.hop)
    count(seat.turnaround_histogram, now_ns(context_at(context)) - load_acquire(seat, "wake_ns"))


@njit("int64(uint64, uint64, int64)", **KERNEL)
def store_counts(context: int, seat_address: int, begin: int) -> int:
    """Monotonic time in ns; counts the time since `begin` as a hop's compute unless `begin` is 0."""
    now = now_ns(context_at(context))
    if begin != 0:
        seat: Any = seat_at(seat_address)
        count(seat.hop_histogram, now - begin)
        seat.hop_ns_max = max(seat.hop_ns_max, now - begin)
    return now


@njit("void(uint64, uint64)", **KERNEL)
def count_wake(context: int, seat_address: int) -> None:
    """Count the time from the callback's post to now. To be called when a wait has really waited."""
    seat: Any = seat_at(seat_address)
    count(seat.wake_histogram, now_ns(context_at(context)) - load_acquire(seat, "wake_ns"))
