"""The callback's timing events: what it did, when, and what went wrong. Audio thread; costs some nanoseconds each.

What goes wrong is not noted where it happens, frame by frame, but once per callback, by comparing with what was last noted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL, header_at, seat_of, store_release
from rtsep.realtime.clockwatch import XRUN_FLAGS
from rtsep.realtime.events import store_event
from rtsep.shared.events import (
    AUDIO_EVENTS,
    CALLBACK,
    FALLBACK,
    HEARD,
    LATCH,
    LATE,
    MISSED,
    SEATED,
    WAKE,
    XRUN,
)
from rtsep.shared.fields import SEATS

_EVENTS = AUDIO_EVENTS.events


@njit(**KERNEL)
def note(block: int, header: Any, time_ns: int, kind: int, position: int, first: int, second: int) -> None:
    """One event, if they are wanted."""
    if header.events_on == 0:
        return
    ring: Any = block + np.uint64(header.audio_events_offset)
    store_event(ring, _EVENTS, header.audio_events, time_ns, kind, position, first, second)
    store_release(header, "audio_events", header.audio_events + 1)


@njit(**KERNEL)
def note_wake(context: Any, header: Any, seat: Any, index: int, end: int) -> None:
    """A seat's separator has just been posted; a hop that ends at position `end` has become whole."""
    note(context.block, header, seat.wake_ns, WAKE, end, index, seat.stem_lag)


@njit(**KERNEL)
def note_heard(context: Any, header: Any, seat: Any, index: int) -> None:
    """Changes of the desk have been taken over."""
    note(context.block, header, seat.params_ns, HEARD, header.position, index, seat.params_seen)


@njit(**KERNEL)
def note_faults(context: Any, header: Any, begin_ns: int, flags: int) -> None:
    """What this callback, which began at `begin_ns` with these flags, found that was not so before."""
    wrong: Any = np.int64(flags) & XRUN_FLAGS
    if wrong != 0:
        note(context.block, header, begin_ns, XRUN, header.position, wrong, 0)
    if header.missed_positions != header.noted_missed:
        missed = header.missed_positions - header.noted_missed
        note(context.block, header, begin_ns, MISSED, header.position, missed, 0)
        header.noted_missed = header.missed_positions
    crossing: Any = np.int64(header.switch_left > 0)
    if 2 * header.playing_seat + crossing != header.noted_seat:
        note(context.block, header, begin_ns, SEATED, header.position, header.playing_seat, crossing)
        header.noted_seat = 2 * header.playing_seat + crossing
    for index in range(SEATS):
        note_seat(context, header, seat_of(context.block, index), index, begin_ns)


@njit(**KERNEL)
def note_seat(context: Any, header: Any, seat: Any, index: int, begin_ns: int) -> None:
    """What a seat has met with."""
    if seat.late_hops != seat.noted_late:
        late = seat.late_hops - seat.noted_late
        note(context.block, header, begin_ns, LATE, (seat.late_hop - 1) * seat.hop, index, late)
        seat.noted_late = seat.late_hops
    heard = index == header.playing_seat or header.switch_left > 0
    fallback: Any = np.int64(heard and seat.fade < header.fade_frames)
    if fallback != seat.noted_fallback:
        note(context.block, header, begin_ns, FALLBACK, header.position, index, fallback)
        seat.noted_fallback = fallback
    if seat.latched != seat.noted_latched:
        note(context.block, header, begin_ns, LATCH, header.position, index, seat.latched)
        seat.noted_latched = seat.latched


@njit(**KERNEL)
def note_callback(context: Any, header: Any, begin_ns: int, spent_ns: int, frames: int) -> None:
    """A callback of `frames` frames is over, and the clock has moved on."""
    note(context.block, header, begin_ns, CALLBACK, header.position - frames, spent_ns, frames)


@njit("void(uint64, int64, int64, int64, int64)", **KERNEL)
def note_process(block: int, time_ns: int, kind: int, first: int, second: int) -> None:
    """An event of the audio process itself, before anybody calls back."""
    header = header_at(block)
    note(block, header, time_ns, kind, header.position, first, second)
