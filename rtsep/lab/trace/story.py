"""What a recording tells: callbacks, hops with the callbacks that asked for them and played them, spans, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rtsep.lab.trace.recording import Recording

Track = Literal["callback", "fallback", "switch", "hops", "wake-up", "changes", "events"]


@dataclass(frozen=True)
class Callback:
    """One callback: frames [position, position + frames)."""

    begin_ns: int
    spent_ns: int
    position: int
    frames: int


@dataclass
class Wake:
    """A post of a seat's semaphore; `woken_ns` None: the separator was not waiting for it."""

    seat: int
    posted_ns: int
    position: int
    lag: int
    woken_ns: int | None = None


@dataclass
class Hop:
    """One hop: input [position, position + frames).

    `published` False: it failed, or its process was killed. `posted` and `played`: the callbacks that made it whole and
    that needed its first stems, if the recording has them.
    """

    seat: int
    position: int
    frames: int
    begin_ns: int
    end_ns: int
    published: bool = False
    compute_ns: int = 0
    turnaround_ns: int = 0
    trouble: str = ""
    posted: Callback | None = None
    played: Callback | None = None

    @property
    def margin_ns(self) -> int | None:
        """How long before they were needed its stems were there; negative: too late."""
        return self.played.begin_ns - self.end_ns if self.played and self.published else None


@dataclass(frozen=True)
class Span:
    """Something that lasts. `ends` False: it still does at the end of the recording."""

    track: Track
    seat: int
    name: str
    begin_ns: int
    end_ns: int
    ends: bool


@dataclass(frozen=True)
class Mark:
    """Something at one moment; `seat` where it is a separator's. `wrong`: nobody wants it."""

    track: Track
    seat: int | None
    name: str
    time_ns: int
    position: int
    facts: dict[str, int | str] = field(default_factory=dict)
    wrong: bool = False


@dataclass(frozen=True)
class Change:
    """A change of a control; `heard_ns`: when the callback took it over, if it did and the recording has it."""

    name: str
    origin: str
    asked_ns: int
    heard_ns: int | None


@dataclass
class Story:
    """Everything that a recording tells, times on the monotonic clock."""

    source: Recording
    begin_ns: int
    end_ns: int
    callbacks: list[Callback]
    wakes: list[Wake]
    hops: list[Hop]
    changes: list[Change]
    spans: list[Span]
    marks: list[Mark]
    pids: dict[str, list[tuple[int, int]]]
    """By ring: from when on which process wrote it."""
