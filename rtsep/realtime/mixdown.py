"""From stems to the device: each frame of the seat that is heard, or of both while two separators cross over."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime import fallback, mixer, switching
from rtsep.realtime.atomics import KERNEL, float32_at, load_acquire, seat_of
from rtsep.realtime.meters import meter
from rtsep.realtime.ring import slot
from rtsep.shared.fields import METER_MIX, SEATS
from rtsep.spec import MAX_STEMS

_ZERO: Any = np.float32(0.0)
_ONE: Any = np.float32(1.0)


@njit(**KERNEL)
def mix_seat(
    context: Any, header: Any, index: int, out: Any, offset: int, position: int, source: int, share: float, first: bool
) -> None:
    """A seat's part of one frame: its mix goes to `header.mixed`, its stems to their feeds at `out[offset]`, meters and tape.

    Stems come from `source`, or from nowhere if it is negative. `share` is 1 unless two seats cross over; the `first`
    seat of a frame sets what the second adds to.
    """
    seat = seat_of(context.block, index)
    dry_ring = float32_at(context.block + np.uint64(header.input_offset))
    stem_ring = float32_at(context.block + np.uint64(seat.stems_offset))
    tape = float32_at(context.block + np.uint64(header.tape_offset))
    ring_frames, stems, channels = header.ring_frames, seat.stems, header.channels
    weight = fallback.weight(header, seat)
    # What the dry signal is to the stems at `source`: the same number of samples away as at `position`.
    shift = source - (position - seat.stem_lag)
    for c in range(channels):
        dry = dry_ring[slot(ring_frames, c, position - seat.dry_lag)]
        gain, late_gain = mixer.step_lane(seat, mixer.DRY, c), mixer.step_lane(seat, mixer.FALLBACK, c)
        wet = _ZERO
        for s in range(stems):
            row = s * channels + c
            value = stem_ring[slot(ring_frames, row, source)] if source >= 0 else _ZERO
            term, strip = mixer.step_lane(seat, s, c), mixer.step_lane(seat, mixer.STEM_GAIN + s, c)
            if term != _ZERO:
                wet += term * value
            heard = share * (weight * strip * value)
            meter(header, index * MAX_STEMS + s, c, heard)
            if seat.feed[s] >= 0 and seat.feed[s] + channels <= context.output_channels:
                out[offset + seat.feed[s] + c] += heard
            if header.tape_running != 0:
                kept = weight * value
                if s == stems - 1:
                    kept += (_ONE - weight) * dry
                place = slot(header.tape_frames, channels + row, position)
                tape[place] = share * kept if first else tape[place] + share * kept
        if weight == _ONE:
            mixed = gain * dry + wet
        else:
            past = dry_ring[slot(ring_frames, c, position - seat.dry_lag + shift)] if source >= 0 else _ZERO
            mixed = late_gain * dry + weight * ((gain - late_gain) * past + wet)
        header.mixed[c] = share * mixed if first else header.mixed[c] + share * mixed


@njit(**KERNEL)
def finish_frame(context: Any, header: Any, out: Any, offset: int, position: int) -> None:
    """The frame's mix to the device, its meter and the tape."""
    tape = float32_at(context.block + np.uint64(header.tape_offset))
    for c in range(header.channels):
        mixed = header.mixed[c]
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
    for index in range(SEATS):
        seat = seat_of(context.block, index)
        # What is there at the block's edge counts for the whole block.
        seat.seen_written = load_acquire(seat, "stems_written")
        seat.seen_valid_from = load_acquire(seat, "stems_valid_from")
        if index == header.playing_seat or header.switch_left > 0:
            start = header.position - seat.stem_lag
            fallback.watch(header, seat, start, frames, seat.seen_written, seat.seen_valid_from)
    for i in range(frames):
        incoming = switching.step_switch(header)
        for turn in range(SEATS if header.switch_left > 0 else 1):
            index = header.playing_seat ^ turn
            seat = seat_of(context.block, index)
            start = header.position + i - seat.stem_lag
            source = fallback.step_fade(header, seat, start, seat.seen_written, seat.seen_valid_from)
            share = incoming if turn == 1 else _ONE - incoming
            mix_seat(context, header, index, target, i * width, header.position + i, source, share, turn == 0)
        finish_frame(context, header, target, i * width, header.position + i)
