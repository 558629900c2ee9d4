"""Timing events: what each process notes of when it did what, and the rings that hold the last of them.

A ring has one writer, so that nobody waits for anybody: the callback, the separator of each seat, the control process.
An event is a record of whole int64 words. Events are numbered from 0, for ever; event n lies in slot n % the ring's
length. The writer stores the record, then publishes its count; a reader copies, then looks at the count again and
throws away what may have been overwritten meanwhile. All times are the monotonic clock's, the same in every process.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from rtsep.shared.fields import Process

WORDS = 5
"""time in ns, kind, position in frames, and two values whose meaning depends on the kind."""
TEXT_WORDS = 11
"""Behind them in the control process's events: UTF-8, zero-padded, cut to this."""

CALLBACK = 1
XRUN = 2
MISSED = 3
WAKE = 4
HEARD = 5
LATE = 6
FALLBACK = 7
LATCH = 8
SEATED = 9
STARTED = 10
WOKEN = 11
HOP = 12
PUBLISHED = 13
FAILED = 14
SKIPPED = 15
CHANGED = 16
SAID = 17
STEP = 18


@dataclass(frozen=True)
class EventKind:
    """A kind of event: who notes it, and what its three numbers are."""

    number: int
    name: str
    writer: Process | None
    """None: any."""
    position: str
    first: str
    second: str


KINDS: tuple[EventKind, ...] = (
    EventKind(CALLBACK, "callback", "audio", "first frame", "duration, ns", "frames"),
    EventKind(XRUN, "xrun", "audio", "first frame of the callback that was told", "PortAudio's flags", ""),
    EventKind(MISSED, "missed", "audio", "first frame of the callback that saw it", "frames without a callback", ""),
    EventKind(WAKE, "wake", "audio", "end of the hop that has become whole", "seat", "how far stems trail, frames"),
    EventKind(HEARD, "change heard", "audio", "first frame", "seat", "params_seq applied"),
    EventKind(LATE, "late hop", "audio", "first frame of the last late hop", "seat", "late hops since the last such"),
    EventKind(FALLBACK, "fallback", "audio", "first frame of the callback", "seat", "1 begins, 0 ends"),
    EventKind(LATCH, "latch", "audio", "first frame of the callback", "seat", "1 closes, 0 opens"),
    EventKind(
        SEATED, "seat heard", "audio", "first frame of the callback", "seat that is heard", "1 while crossing over"
    ),
    EventKind(STARTED, "process started", None, "position then", "pid", "pid before it"),
    EventKind(WOKEN, "woken", "separator", "next hop's first frame", "time of the post, ns", ""),
    EventKind(HOP, "hop", "separator", "first frame", "frames", ""),
    EventKind(
        PUBLISHED, "published", "separator", "first frame", "compute time, ns", "since the wake-up was posted, ns"
    ),
    EventKind(FAILED, "hop failed", "separator", "first frame", "0 exception, 1 NaN or Inf", ""),
    EventKind(SKIPPED, "skipped", "separator", "first frame after them", "hops", ""),
    EventKind(CHANGED, "change", "control", "position then", "seat", "params_seq that carries it"),
    EventKind(SAID, "event", "control", "position then", "", ""),
    EventKind(STEP, "switch", "control", "position then", "seat of the separator that comes", ""),
)


@dataclass(frozen=True)
class EventRing:
    """Where a writer's events lie: the fields with its count and its offset in the block, and its size."""

    writer: Process
    count: str
    offset: str
    events: int
    words: int

    @property
    def size(self) -> int:
        """Bytes."""
        return 8 * self.events * self.words


AUDIO_EVENTS = EventRing("audio", "audio_events", "audio_events_offset", 1 << 15, WORDS)
"""At 48 kHz, blocks of 64 and hops of 128: the last 29 s."""
SEPARATOR_EVENTS = EventRing("separator", "separator_events", "separator_events_offset", 1 << 15, WORDS)
"""One for each seat; at hops of 128 the last 29 s."""
CONTROL_EVENTS = EventRing("control", "control_events", "control_events_offset", 1 << 12, WORDS + TEXT_WORDS)
EVENT_RINGS = (AUDIO_EVENTS, SEPARATOR_EVENTS, CONTROL_EVENTS)

now_ns = time.perf_counter_ns if sys.platform == "win32" else time.monotonic_ns
"""The kernels' clock (`realtime.system.now_ns`), for Python."""
