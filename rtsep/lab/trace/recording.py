"""A recording: the timing events of all processes over some time, and what must be known of the host to understand them."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace

import numpy as np

from rtsep.lab.trace.reading import Events, RingReader, oldest, present, rings
from rtsep.shared.block import Block
from rtsep.shared.events import FALLBACK, LATCH, LATE, MISSED, XRUN, now_ns
from rtsep.shared.fields import SEATS
from rtsep.shared.hosts import owners

POLL_S = 0.05
"""The rings hold seconds, so that a reader that is kept waiting loses nothing."""
TROUBLE = (XRUN, MISSED, LATE, FALLBACK, LATCH)


@dataclass(frozen=True)
class Recording:
    """Events by ring (`audio`, `control`, `separator 0`, `separator 1`), oldest first.

    `pids` and, by seat, `separators` (names) and `fallback` (whether it sounds) are those at the end. `lost`: events
    overwritten before they were read.
    """

    host: str
    sample_rate: float
    block: int
    pids: dict[str, int]
    separators: tuple[str, ...]
    hops: tuple[int, ...]
    lags: tuple[int, ...]
    fallback: tuple[bool, ...]
    events: dict[str, Events]
    lost: int

    def between(self, begin_ns: int, end_ns: int) -> Recording:
        """Only the events of that time."""
        kept = {name: events[_within(events, begin_ns, end_ns)] for name, events in self.events.items()}
        return replace(self, events=kept)


def _within(events: Events, begin_ns: int, end_ns: int) -> np.ndarray:
    return (events[:, 0] >= begin_ns) & (events[:, 0] <= end_ns)


def recording(block: Block, events: dict[str, list[Events]], lost: int) -> Recording:
    """Events, with what the block says of the host just now."""
    seats = [block.at(seat) for seat in range(SEATS)]
    pids = {name: int(block.get(f"{name}_pid")) for name in ("audio", "control")}
    pids |= {f"separator {number}": int(seat.get("separator_pid")) for number, seat in enumerate(seats)}
    return Recording(
        host=block.name,
        sample_rate=float(block.get("sample_rate")),
        block=int(block.get("block")),
        pids=pids,
        separators=tuple(seat.text("separator") for seat in seats),
        hops=tuple(int(seat.get("adapted_hop")) for seat in seats),
        lags=tuple(int(seat.get("stem_lag")) for seat in seats),
        fallback=tuple(bool(seat.get("noted_fallback")) for seat in seats),
        events={name: np.concatenate(parts) for name, parts in events.items()},
        lost=lost,
    )


def last(block: Block) -> Recording:
    """What the rings still hold, also those of a host that has died and was not swept away yet."""
    return recording(block, {name: [oldest(view, ring)[1]] for name, view, ring in rings(block)}, 0)


def live(block: Block, seconds: float) -> Recording:
    """Follow a host for some time, until all its processes have ended, or until Ctrl-C."""
    readers = {name: present(view, ring) for name, view, ring in rings(block)}
    events: dict[str, list[Events]] = {name: [reader.read()] for name, reader in readers.items()}
    end = time.monotonic() + seconds
    with contextlib.suppress(KeyboardInterrupt):
        while (left := end - time.monotonic()) > 0.0 and owners(block):
            time.sleep(min(POLL_S, left))
            _read(readers, events)
    _read(readers, events)
    return recording(block, events, sum(reader.lost for reader in readers.values()))


def around_trouble(block: Block, seconds: float) -> Recording | None:
    """Wait for the next thing that goes wrong in the callback; half of `seconds` before it and half after it.

    None if the host ends before anything does.
    """
    opened = {name: oldest(view, ring) for name, view, ring in rings(block)}
    readers = {name: reader for name, (reader, _) in opened.items()}
    events = {name: [held] for name, (_, held) in opened.items()}
    half_ns, since = round(0.5e9 * seconds), now_ns()
    trouble: int | None = None
    while trouble is None or now_ns() < trouble + half_ns:
        if not owners(block):
            break
        time.sleep(POLL_S)
        _read(readers, events)
        trouble = first_trouble(events["audio"], since) if trouble is None else trouble
        if trouble is None:
            _forget(events, now_ns() - half_ns)
    if trouble is None:
        return None
    whole = recording(block, events, sum(reader.lost for reader in readers.values()))
    return whole.between(trouble - half_ns, trouble + half_ns)


def first_trouble(parts: list[Events], since_ns: int) -> int | None:
    """When, from `since_ns` on, the callback first noted something that went wrong; not when something ended that had."""
    for events in parts:
        ends = np.isin(events[:, 1], (FALLBACK, LATCH)) & (events[:, 4] == 0)
        wrong = np.isin(events[:, 1], TROUBLE) & ~ends & (events[:, 0] >= since_ns)
        if wrong.any():
            return int(events[wrong][0, 0])
    return None


def _read(readers: dict[str, RingReader], events: dict[str, list[Events]]) -> None:
    for name, reader in readers.items():
        if len(new := reader.read()):
            events[name].append(new)


def _forget(events: dict[str, list[Events]], before_ns: int) -> None:
    """Drop parts that are too old; one always stays, so that there is something to join."""
    for parts in events.values():
        while len(parts) > 1 and (not len(parts[0]) or parts[0][-1, 0] < before_ns):
            del parts[0]
