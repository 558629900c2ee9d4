"""The separator's side of the block, compiled: hops due, stems published, time counted."""

from __future__ import annotations

from typing import Any

from numba import njit

from rtsep.realtime.atomics import KERNEL, context_at, header_at, load_acquire, seat_at, store_release
from rtsep.realtime.events import store_event
from rtsep.realtime.histogram import count
from rtsep.realtime.ring import write_rows
from rtsep.realtime.system import now_ns
from rtsep.shared.events import HOP, PUBLISHED, SEPARATOR_EVENTS, WOKEN

_EVENTS = SEPARATOR_EVENTS.events


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


@njit("void(uint64, uint64, int64, int64, int64, int64, int64)", **KERNEL)
def note(block: int, seat_address: int, time_ns: int, kind: int, position: int, first: int, second: int) -> None:
    """A timing event of the separator's, if they are wanted."""
    seat: Any = seat_at(seat_address)
    if header_at(block).events_on == 0:
        return
    ring = block + seat.separator_events_offset
    store_event(ring, _EVENTS, seat.separator_events, time_ns, kind, position, first, second)
    store_release(seat, "separator_events", seat.separator_events + 1)


@njit("void(uint64, uint64, uint64, int64, int64, int64, int64)", **KERNEL)
def note_now(context: int, block: int, seat_address: int, kind: int, position: int, first: int, second: int) -> None:
    """A timing event of the separator's that happens just now."""
    note(block, seat_address, now_ns(context_at(context)), kind, position, first, second)


@njit("int64(uint64, uint64, uint64, int64)", **KERNEL)
def begin_hop(context: int, block: int, seat_address: int, position: int) -> int:
    """Note that the hop from `position` on is begun; monotonic time in ns."""
    now = now_ns(context_at(context))
    note(block, seat_address, now, HOP, position, seat_at(seat_address).hop, 0)
    return now


@njit("int64(uint64, uint64, int64)", **KERNEL)
def count_compute(context: int, seat_address: int, begin: int) -> int:
    """Count the time since `begin` as a hop's compute; that time, ns."""
    spent = now_ns(context_at(context)) - begin
    seat: Any = seat_at(seat_address)
    count(seat.hop_histogram, spent)
    seat.hop_ns_max = max(seat.hop_ns_max, spent)
    return spent


@njit("void(uint64, uint64, uint64, int64, uint64, int64)", **KERNEL)
def publish(context: int, block: int, seat_address: int, position: int, stems: int, compute_ns: int) -> None:
    """Write one hop of planar stems (S, C, hop) at address `stems`, and let the callback see it."""
    header: Any = header_at(block)
    seat: Any = seat_at(seat_address)
    rows = seat.stems * header.channels
    write_rows(block + seat.stems_offset, header.ring_frames, rows, position, stems, seat.hop)
    seat.input_read = position + seat.hop
    seat.hops += 1
    store_release(seat, "stems_written", position + seat.hop)
    now = now_ns(context_at(context))
    turnaround = now - load_acquire(seat, "wake_ns")
    count(seat.turnaround_histogram, turnaround)
    note(block, seat_address, now, PUBLISHED, position, compute_ns, turnaround)


@njit("void(uint64, uint64, uint64, int64)", **KERNEL)
def count_wake(context: int, block: int, seat_address: int, position: int) -> None:
    """Count the time from the callback's post to now, `position` being next. To be called when a wait has really waited."""
    seat: Any = seat_at(seat_address)
    posted, now = load_acquire(seat, "wake_ns"), now_ns(context_at(context))
    count(seat.wake_histogram, now - posted)
    note(block, seat_address, now, WOKEN, position, posted, 0)
