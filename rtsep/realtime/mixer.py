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
def read_parameters(header: Any) -> None:
    """Take over the control process's strips if they have changed, all of them or none. Audio thread."""
    sequence = load_acquire(header, "params_seq")
    if sequence == header.params_seen or (sequence & 1) == 1:
        return
    stems, channels = header.stems, header.channels
    soloed, panic = False, header.panic != 0
    for s in range(stems):
        soloed = soloed or header.stem_solo[s] != 0
    master = _ZERO if panic else header.mix_gain
    wet, bypass, mute_safe = header.dry_wet, header.bypass != 0, header.mute_safe != 0
    for c in range(channels):
        quietest, loudest = np.float32(1e9), _ZERO
        for s in range(stems):
            audible = header.stem_mute[s] == 0 and (header.stem_solo[s] != 0 or not soloed) and not panic
            gain = header.stem_gain[s] * balance(header.stem_pan[s], c, channels) if audible else _ZERO
            header.lane_next[STEM_GAIN + s, c] = gain
            quietest, loudest = min(quietest, gain), max(loudest, gain)
        # `dry`: as loud as the loudest strip, the music goes on. `mute-safe`: never louder than any strip allows.
        late = quietest if mute_safe else loudest
        rest = header.lane_next[STEM_GAIN + stems - 1, c] if header.exact_sum != 0 else _ZERO
        for s in range(stems):
            term = master * wet * (header.lane_next[STEM_GAIN + s, c] - rest)
            header.lane_next[s, c] = _ZERO if bypass else term
        header.lane_next[DRY, c] = master if bypass else master * (wet * rest + (_ONE - wet))
        header.lane_next[FALLBACK, c] = master if bypass else master * (wet * late + (_ONE - wet))
    ramp: Any = max(np.int64(1), header.ramp_frames)
    fence_acquire()
    if load_acquire(header, "params_seq") != sequence:
        return  # changed under our eyes: keep the old ones, look again at the next block
    first = header.params_seen == 0
    for s in range(stems):
        header.feed[s] = header.stem_output[s]
    for c in range(channels):
        for s in range(stems):
            _aim(header, s, c, ramp, first)
            _aim(header, STEM_GAIN + s, c, ramp, first)
        _aim(header, DRY, c, ramp, first)
        _aim(header, FALLBACK, c, ramp, first)
    header.params_seen = sequence


@njit(**KERNEL)
def _aim(header: Any, lane: int, channel: int, ramp: int, jump: bool) -> None:
    """Start a lane's ramp towards `lane_next`, unless it heads there already."""
    target = header.lane_next[lane, channel]
    if jump:
        header.lane_now[lane, channel] = target
        header.lane_left[lane, channel] = 0
    elif target != header.lane_target[lane, channel]:
        header.lane_left[lane, channel] = ramp
        header.lane_step[lane, channel] = (target - header.lane_now[lane, channel]) / np.float32(ramp)
    header.lane_target[lane, channel] = target


@njit(**KERNEL)
def step_lane(header: Any, lane: int, channel: int) -> float:
    """Move a lane by one frame; its coefficient."""
    left = header.lane_left[lane, channel]
    if left > 0:
        header.lane_left[lane, channel] = left - 1
        if left == 1:
            header.lane_now[lane, channel] = header.lane_target[lane, channel]
        else:
            header.lane_now[lane, channel] += header.lane_step[lane, channel]
    return header.lane_now[lane, channel]
