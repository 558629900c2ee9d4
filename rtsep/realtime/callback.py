"""The PortAudio callback, compiled: input ring, wake-up, stems, mix, meters, tape. No Python, no GIL, ever.

One block of n frames at position p, one clock for everything:

    input ring [p, p + n)  <- device            then wake the separator if a hop has become whole
    device                 <- mix of stems [p - stem_lag, ...) and input [p - dry_lag, ...)

Lags and stems are those of the seat that is heard; during a switch, those of either, crossing over (`switching`).
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numba import cfunc, njit, types

from rtsep.realtime import mixer, switching
from rtsep.realtime.atomics import (
    KERNEL,
    address_of,
    context_at,
    float32_at,
    float64_at,
    header_at,
    load_acquire,
    seat_of,
    store_release,
)
from rtsep.realtime.clockwatch import count_flags, watch_clock
from rtsep.realtime.histogram import count
from rtsep.realtime.marker import add_marker, keep_loop
from rtsep.realtime.meters import meter, settle
from rtsep.realtime.mixdown import give_output
from rtsep.realtime.noting import note_callback, note_faults, note_heard, note_wake
from rtsep.realtime.ring import slot
from rtsep.realtime.system import now_ns, wake
from rtsep.shared.fields import METER_INPUT, METER_MIX, SEATS
from rtsep.spec import MAX_STEMS

_CURRENT_TIME = 1  # index in PaStreamCallbackTimeInfo, three doubles
_UNSIGNED_LONG = types.uint64 if ctypes.sizeof(ctypes.c_ulong) == 8 else types.uint32
SIGNATURE = types.int32(types.voidptr, types.voidptr, _UNSIGNED_LONG, types.voidptr, _UNSIGNED_LONG, types.voidptr)
_ZERO: Any = np.float32(0.0)


@njit(**KERNEL)
def take_input(context: Any, header: Any, source: Any, frames: int) -> None:
    """Device input, interleaved, through the channel map into the input ring. NaN and Inf become silence."""
    ring = float32_at(context.block + np.uint64(header.input_offset))
    width = context.input_channels
    for c in range(header.channels):
        column = header.input_map[c]
        for i in range(frames):
            value = source[i * width + column]
            if not np.isfinite(value):
                value = _ZERO
                header.input_nonfinite += 1
            ring[slot(header.ring_frames, c, header.position + i)] = value
            meter(header, METER_INPUT, c, value)


@njit(**KERNEL)
def wake_separators(context: Any, header: Any, end: int) -> None:
    """Wake those separators for which a hop has become whole."""
    for index in range(SEATS):
        seat = seat_of(context.block, index)
        hop = load_acquire(seat, "hop")
        if hop > 0 and end // hop > header.position // hop:
            store_release(seat, "wake_ns", now_ns(context))
            wake(context, index)
            note_wake(context, header, seat, index, end // hop * hop)


@njit(**KERNEL)
def prepare_seats(context: Any, header: Any, frames: int) -> None:
    """What seats need before a block is mixed: a welcome for a new separator, and the desk's changes."""
    switching.watch_candidate(header, seat_of(context.block, 1 - header.playing_seat), frames)
    for index in range(SEATS):
        heard = index == header.playing_seat or header.switch_left > 0
        seat = seat_of(context.block, index)
        before = seat.params_seen
        mixer.read_parameters(seat, header.channels, heard)
        if seat.params_seen != before:
            store_release(seat, "params_ns", now_ns(context))
            note_heard(context, header, seat, index)


@njit(**KERNEL)
def settle_meters(context: Any, header: Any, frames: int) -> None:
    """Fold the block into the meters, also of a seat that is not heard: they fall."""
    for index in range(SEATS):
        for s in range(seat_of(context.block, index).stems):
            settle(header, index * MAX_STEMS + s, header.channels, frames)
    settle(header, METER_MIX, header.channels, frames)
    settle(header, METER_INPUT, header.channels, frames)


@njit(**KERNEL)
def switch_tape(header: Any) -> None:
    """Start or stop copying to the tape, at a block's edge."""
    take = header.tape_on
    if take != header.tape_running:
        if take != 0:
            header.tape_start = header.position
            store_release(header, "tape_written", header.position)
        store_release(header, "tape_running", take)


def process_block(source: int, target: int, frames: int, time_info: int, flags: int, userdata: int) -> int:
    """PaStreamCallback: always continues. Audio thread; compiled below."""
    context = context_at(userdata)
    header = header_at(context.block)
    begin = now_ns(context)
    length: Any = np.int64(frames)
    count_flags(header, flags)
    if address_of(time_info) != 0:  # file and null devices have no clock of their own
        watch_clock(header, float64_at(time_info)[_CURRENT_TIME], length)
    take_input(context, header, float32_at(source), length)
    keep_loop(context, header, float32_at(source), length)
    end = header.position + length
    store_release(header, "input_written", end)
    wake_separators(context, header, end)
    prepare_seats(context, header, length)
    switch_tape(header)
    give_output(context, header, float32_at(target), length)
    add_marker(context, header, float32_at(target), length)
    settle_meters(context, header, length)
    if header.tape_running != 0:
        store_release(header, "tape_written", end)
    header.callbacks += 1
    note_faults(context, header, begin, flags)
    store_release(header, "position", end)
    spent = now_ns(context) - begin
    count(header.callback_histogram, spent)
    header.callback_ns_max = max(header.callback_ns_max, spent)
    note_callback(context, header, begin, spent, length)
    return 0


def compile_callback(cache: bool = True) -> Any:
    """The callback as a numba `CFunc`: `.address` is the C function pointer. From the disk cache after the first time."""
    options: dict[str, Any] = {"error_model": "numpy", "_nrt": False, "cache": cache}
    return cfunc(SIGNATURE, **options)(process_block)
