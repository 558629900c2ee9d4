"""From one separator to the next: when it begins, and how loud the new one is meanwhile.

The control process names the seat that shall be heard in `wanted_seat`. Its separator is heard once its stems have been
on time for `settle_frames`, seen from here, where it counts; frames that were late weigh `LATE_WEIGHT` times against it,
so one that is late more often than that never settles. Then the two cross over linearly: each seat's mix
is the input, delayed by that seat's own latency, as far as nothing is muted, so shares that add up to one keep its level.
The difference between the two latencies is jumped within the crossfade; before and after it every sample is in its place.

    position      ... settle_frames on time | switch_frames  |
    old seat      ------------ 1 -----------\\   falling     0   (its process is then ended)
    new seat      0 (computed, not heard)  /    rising      \\--- 1 ---
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rtsep.realtime.atomics import KERNEL, load_acquire, store_release

LATE_WEIGHT = 4
_ZERO: Any = np.float32(0.0)


@njit(**KERNEL)
def watch_candidate(header: Any, seat: Any, count: int) -> None:
    """Once per callback, ahead of its `count` frames, of the seat that is not heard: whether it may be. Audio thread."""
    if header.wanted_seat == header.playing_seat or header.switch_left > 0 or load_acquire(seat, "hop") == 0:
        return
    if header.candidate != seat.load:
        _welcome(header, seat)
    start = header.position - seat.stem_lag
    valid_from, written = load_acquire(seat, "stems_valid_from"), load_acquire(seat, "stems_written")
    # With the past that its own fallback would mirror.
    there = valid_from <= start - header.fade_frames and start + count <= written
    seat.on_time = max(np.int64(0), seat.on_time + (count if there else -LATE_WEIGHT * count))
    if there and seat.on_time >= header.settle_frames and seat.params_seen != 0:
        header.switch_left = header.switch_frames


@njit(**KERNEL)
def _welcome(header: Any, seat: Any) -> None:
    """Forget what the seat's last occupant left behind. Gains are to be there at once, not to ramp."""
    header.candidate = seat.load
    seat.params_seen = 0
    seat.fade = header.fade_frames
    seat.falling = 0
    seat.late_hop = 0
    seat.late_level = _ZERO
    seat.latched = 0
    seat.on_time = 0


@njit(**KERNEL)
def step_switch(header: Any) -> float:
    """Move a crossfade by one frame, and the seats with its last; the incoming seat's share, 0 if there is none."""
    if header.switch_left == 0:
        return _ZERO
    header.switch_left -= 1
    if header.switch_left == 0:
        store_release(header, "playing_seat", 1 - header.playing_seat)
        return _ZERO
    share: Any = np.float32(1.0 - header.switch_left / header.switch_frames)
    return share
