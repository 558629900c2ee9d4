"""The PortAudio callback, compiled: input ring, wake-up, stems, mix, meters, tape. No Python, no GIL, ever.

One block of n frames at position p, one clock for everything:

    input ring [p, p + n)  <- device            then wake the separator if a hop has become whole
    device                 <- mix of stems [p - stem_lag, ...) and input [p - dry_lag, ...)
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numba import cfunc, njit, types

from rtsep.realtime import fallback, mixer
from rtsep.realtime.atomics import (
    KERNEL,
    address_of,
    context_at,
    float32_at,
    float64_at,
    header_at,
    load_acquire,
    store_release,
)
from rtsep.realtime.clockwatch import count_flags, watch_clock
from rtsep.realtime.histogram import count
from rtsep.realtime.meters import meter, settle
from rtsep.realtime.ring import slot
from rtsep.realtime.system import now_ns, wake
from rtsep.shared.layout import METER_INPUT, METER_MIX

_CURRENT_TIME = 1  # index in PaStreamCallbackTimeInfo, three doubles
_UNSIGNED_LONG = types.uint64 if ctypes.sizeof(ctypes.c_ulong) == 8 else types.uint32
SIGNATURE = types.int32(types.voidptr, types.voidptr, _UNSIGNED_LONG, types.voidptr, _UNSIGNED_LONG, types.voidptr)
_ZERO: Any = np.float32(0.0)
_ONE: Any = np.float32(1.0)


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
def mix_frame(context: Any, header: Any, out: Any, offset: int, position: int, source: int) -> None:
    """One frame of output, (output_channels,) at `out[offset]`; stems come from `source`, or from nowhere if it is negative."""
    dry_ring = float32_at(context.block + np.uint64(header.input_offset))
    stem_ring = float32_at(context.block + np.uint64(header.stems_offset))
    tape = float32_at(context.block + np.uint64(header.tape_offset))
    ring_frames, stems, channels = header.ring_frames, header.stems, header.channels
    weight = fallback.weight(header)
    # What the dry signal is to the stems at `source`: the same number of samples away as at `position`.
    shift = source - (position - header.stem_lag)
    for c in range(channels):
        dry = dry_ring[slot(ring_frames, c, position - header.dry_lag)]
        gain, late_gain = mixer.step_lane(header, mixer.DRY, c), mixer.step_lane(header, mixer.FALLBACK, c)
        wet = _ZERO
        for s in range(stems):
            row = s * channels + c
            value = stem_ring[slot(ring_frames, row, source)] if source >= 0 else _ZERO
            term, strip = mixer.step_lane(header, s, c), mixer.step_lane(header, mixer.STEM_GAIN + s, c)
            if term != _ZERO:
                wet += term * value
            heard = weight * strip * value
            meter(header, s, c, heard)
            if header.feed[s] >= 0 and header.feed[s] + channels <= context.output_channels:
                out[offset + header.feed[s] + c] += heard
            if header.tape_running != 0:
                kept = weight * value
                if s == stems - 1:
                    kept += (_ONE - weight) * dry
                tape[slot(header.tape_frames, channels + row, position)] = kept
        if weight == _ONE:
            mixed = gain * dry + wet
        else:
            past = dry_ring[slot(ring_frames, c, position - header.dry_lag + shift)] if source >= 0 else _ZERO
            mixed = late_gain * dry + weight * ((gain - late_gain) * past + wet)
        meter(header, METER_MIX, c, mixed)
        out[offset + header.output_map[c]] += mixed * header.output_share[c]
        if header.tape_running != 0:
            tape[slot(header.tape_frames, c, position)] = mixed


@njit(**KERNEL)
def give_output(context: Any, header: Any, target: Any, frames: int) -> None:
    """Mix `frames` frames into the device's output, interleaved."""
    width = context.output_channels
    for i in range(frames * width):
        target[i] = _ZERO
    written = load_acquire(header, "stems_written")
    valid_from = load_acquire(header, "stems_valid_from")
    first = header.position - header.stem_lag
    fallback.watch(header, first, frames, written, valid_from)
    for i in range(frames):
        source = fallback.step_fade(header, first + i, written, valid_from)
        mix_frame(context, header, target, i * width, header.position + i, source)


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
    end = header.position + length
    store_release(header, "input_written", end)
    if end // header.hop > header.position // header.hop:
        store_release(header, "wake_ns", now_ns(context))
        wake(context)
    mixer.read_parameters(header)
    switch_tape(header)
    give_output(context, header, float32_at(target), length)
    for index in range(header.stems):
        settle(header, index, header.channels, length)
    settle(header, METER_MIX, header.channels, length)
    settle(header, METER_INPUT, header.channels, length)
    if header.tape_running != 0:
        store_release(header, "tape_written", end)
    header.callbacks += 1
    store_release(header, "position", end)
    spent = now_ns(context) - begin
    count(header.callback_histogram, spent)
    header.callback_ns_max = max(header.callback_ns_max, spent)
    return 0


def compile_callback(cache: bool = True) -> Any:
    """The callback as a numba `CFunc`: `.address` is the C function pointer. From the disk cache after the first time."""
    options: dict[str, Any] = {"error_model": "numpy", "_nrt": False, "cache": cache}
    return cfunc(SIGNATURE, **options)(process_block)
