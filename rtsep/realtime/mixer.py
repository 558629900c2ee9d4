"""Gains: from strips to coefficients, and their ramps.

Separators with an exact sum are mixed through the delayed input, `dry`:

    out = dry * g_rest + sum over the other stems of (g_i - g_rest) * stem_i

where `rest` is the residual stem. With all faders alike every stem term is exactly zero and the output *is* the
delayed input, bit for bit, however good the separator. Others are mixed plainly, out = sum of g_i * stem_i.
A *lane* is one such coefficient of one channel; each moves linearly to its target, in lockstep, so sums that cancel
at both ends of a ramp cancel along it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL, fence_acquire, load_acquire
from rtsep.spec import MAX_STEMS

STEM_GAIN = MAX_STEMS
"""Lane of stem s's own gain is STEM_GAIN + s; of its term in the mix, s."""
DRY = 2 * MAX_STEMS
"""Lane of the delayed input's gain."""
FALLBACK = DRY + 1
"""Lane of the delayed input's gain when stems are late."""

_ZERO: Any = np.float32(0.0)
_ONE: Any = np.float32(1.0)


@njit(**KERNEL)
def balance(pan: float, channel: int, channels: int) -> float:
    """Gain of one channel under a balance control: exactly 1 in the middle, so that a centred mix sums exactly."""
    if channels != 2:
        return _ONE
    if channel == 0:
        return min(_ONE, _ONE - pan)
    return min(_ONE, _ONE + pan)


@njit(**KERNEL)
def read_parameters(seat: Any, channels: int, heard: bool) -> None:
    """Take over the control process's strips if they have changed, all of them or none. Audio thread.

    Gains of a seat that is `heard` ramp; those of another are there at once, for its ramps stand still.
    """
    sequence = load_acquire(seat, "params_seq")
    if sequence == seat.params_seen or (sequence & 1) == 1:
        return
    stems = seat.stems
    soloed, panic = False, seat.panic != 0
    for s in range(stems):
        soloed = soloed or seat.stem_solo[s] != 0
    master = _ZERO if panic else seat.mix_gain
    wet, bypass, mute_safe = seat.dry_wet, seat.bypass != 0, seat.mute_safe != 0
    for c in range(channels):
        quietest, loudest = np.float32(1e9), _ZERO
        for s in range(stems):
            audible = seat.stem_mute[s] == 0 and (seat.stem_solo[s] != 0 or not soloed) and not panic
            gain = seat.stem_gain[s] * balance(seat.stem_pan[s], c, channels) if audible else _ZERO
            seat.lane_next[STEM_GAIN + s, c] = gain
            quietest, loudest = min(quietest, gain), max(loudest, gain)
        # `dry`: as loud as the loudest strip, the music goes on. `mute-safe`: never louder than any strip allows.
        late = quietest if mute_safe else loudest
        rest = seat.lane_next[STEM_GAIN + stems - 1, c] if seat.exact_sum != 0 else _ZERO
        for s in range(stems):
            term = master * wet * (seat.lane_next[STEM_GAIN + s, c] - rest)
            seat.lane_next[s, c] = _ZERO if bypass else term
        seat.lane_next[DRY, c] = master if bypass else master * (wet * rest + (_ONE - wet))
        seat.lane_next[FALLBACK, c] = master if bypass else master * (wet * late + (_ONE - wet))
    ramp: Any = max(np.int64(1), seat.ramp_frames)
    fence_acquire()
    if load_acquire(seat, "params_seq") != sequence:
        return  # changed under our eyes: keep the old ones, look again at the next block
    jump = seat.params_seen == 0 or not heard
    for s in range(stems):
        seat.feed[s] = seat.stem_output[s]
    for c in range(channels):
        for s in range(stems):
            _aim(seat, s, c, ramp, jump)
            _aim(seat, STEM_GAIN + s, c, ramp, jump)
        _aim(seat, DRY, c, ramp, jump)
        _aim(seat, FALLBACK, c, ramp, jump)
    seat.params_seen = sequence


@njit(**KERNEL)
def _aim(seat: Any, lane: int, channel: int, ramp: int, jump: bool) -> None:
    """Start a lane's ramp towards `lane_next`, unless it heads there already."""
    target = seat.lane_next[lane, channel]
    if jump:
        seat.lane_now[lane, channel] = target
        seat.lane_left[lane, channel] = 0
    elif target != seat.lane_target[lane, channel]:
        seat.lane_left[lane, channel] = ramp
        seat.lane_step[lane, channel] = (target - seat.lane_now[lane, channel]) / np.float32(ramp)
    seat.lane_target[lane, channel] = target


@njit(**KERNEL)
def step_lane(seat: Any, lane: int, channel: int) -> float:
    """Move a lane by one frame; its coefficient."""
    left = seat.lane_left[lane, channel]
    if left > 0:
        seat.lane_left[lane, channel] = left - 1
        if left == 1:
            seat.lane_now[lane, channel] = seat.lane_target[lane, channel]
        else:
            seat.lane_now[lane, channel] += seat.lane_step[lane, channel]
    return seat.lane_now[lane, channel]
