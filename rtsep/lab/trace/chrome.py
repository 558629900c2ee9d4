"""A story in the trace-event format that ui.perfetto.dev and chrome://tracing open.

The format: "Trace Event Format", Google, 2016, JSON object form. Times are microseconds from the recording's begin. Used are
complete slices (X), instants (i), counters (C), flow arrows (s, t, f), nestable asynchronous slices (b, e) for changes, which
overlap, and metadata (M).
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from rtsep.lab.trace.story import Hop, Mark, Span, Story

Entry = dict[str, Any]
_THREADS = {"callback": 1, "fallback": 2, "switch": 5, "hops": 10, "wake-up": 20, "changes": 30, "events": 31}
"""Thread ids: of our own making, as a trace shows activities, not threads; a seat's are its number higher."""
_SHORTEST_US = 0.001
CALM_NS = 100_000_000
"""After which the same trouble is new again."""


def write(story: Story, path: Path) -> int:
    """Write it, compressed if `path` ends with .gz; how many entries."""
    count = 0
    with gzip.open(path, "wt", 6, "utf-8") if path.suffix == ".gz" else path.open("w", encoding="utf-8") as out:
        out.write('{"displayTimeUnit": "ms", "otherData": ' + json.dumps(about(story)) + ', "traceEvents": [\n')
        for entry in Chrome(story).entries():
            out.write((",\n" if count else "") + json.dumps(entry, separators=(",", ":")))
            count += 1
        out.write("\n]}\n")
    return count


def about(story: Story) -> dict[str, str]:
    """What was recorded, in words."""
    source = story.source
    return {
        "host": source.host,
        "separators": ", ".join(filter(None, source.separators)),
        "sample_rate": f"{source.sample_rate:.0f} Hz",
        "block": f"{source.block} frames",
        "begin": f"{story.begin_ns} ns on the monotonic clock",
        "lost": f"{source.lost} events",
    }


class Chrome:
    """Turns one story into entries. Processes and tracks are named; a hop's arrow runs from the callback that posted its
    separator through the hop to the callback that plays it."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._rate = story.source.sample_rate
        self._wrong_at: dict[str, int] = {}
        self._since = {ring: [ns for ns, _ in spans] for ring, spans in story.pids.items()}

    def entries(self) -> Iterator[Entry]:
        """All of them."""
        yield from chain(self._names(), self._callbacks(), self._wakes())
        for number, hop in enumerate(self._story.hops):
            yield from self._hop(hop)
            yield from self._arrow(hop, number)
        yield from chain(self._changes(), map(self._span, self._story.spans))
        late = 0
        for mark in self._story.marks:
            yield self._mark(mark)
            if mark.name == "late hop":
                late += int(mark.facts["hops"])
                yield self._counter("audio", "late hops", mark.time_ns, "hops", late)

    def _us(self, time_ns: int) -> float:
        return round((time_ns - self._story.begin_ns) / 1e3, 3)

    def _pid(self, ring: str, time_ns: int) -> int:
        spans = self._story.pids[ring]
        return spans[max(0, bisect_right(self._since[ring], time_ns) - 1)][1]

    def _entry(self, phase: str, ring: str, track: str, seat: int, name: str, time_ns: int, **rest: Any) -> Entry:
        place = {"pid": self._pid(ring, time_ns), "tid": _THREADS[track] + seat}
        return {"name": name, "ph": phase, "ts": self._us(time_ns), **place, "cat": track, **rest}

    def _counter(self, ring: str, name: str, time_ns: int, unit: str, value: float) -> Entry:
        pid = self._pid(ring, time_ns)
        return {"name": name, "ph": "C", "ts": self._us(time_ns), "pid": pid, "args": {unit: value}}

    def _names(self) -> Iterator[Entry]:
        source = self._story.source
        tracks = {
            "audio": [("callback", 0), *(("fallback", seat) for seat in range(len(source.separators))), ("switch", 0)]
        }
        tracks["control"] = [("changes", 0), ("events", 0)]
        titles = {"audio": f"audio, host {source.host}", "control": "control"}
        for seat, separator in enumerate(source.separators):
            tracks[f"separator {seat}"] = [("hops", seat), ("wake-up", seat)]
            titles[f"separator {seat}"] = f"separator {separator or 'free'}, seat {seat}"
        for order, (ring, named) in enumerate(tracks.items()):
            for pid in dict.fromkeys(pid for _, pid in self._story.pids[ring]):
                if pid or len(source.events[ring]):
                    yield _meta("process_name", pid, 0, name=titles[ring])
                    yield _meta("process_sort_index", pid, 0, sort_index=order)
                    for track, seat in named:
                        tid = _THREADS[track] + seat
                        title = f"{track}, seat {seat}" if track == "fallback" else track
                        yield _meta("thread_name", pid, tid, name=title)
                        yield _meta("thread_sort_index", pid, tid, sort_index=tid)

    def _callbacks(self) -> Iterator[Entry]:
        for each in self._story.callbacks:
            load = 100.0 * each.spent_ns * self._rate / (1e9 * max(1, each.frames))
            args = {"position": each.position, "frames": each.frames, "load_percent": round(load, 2)}
            duration = each.spent_ns / 1e3
            yield self._entry("X", "audio", "callback", 0, "callback", each.begin_ns, dur=duration, args=args)
            yield self._counter("audio", "callback load", each.begin_ns, "%", round(load, 2))

    def _wakes(self) -> Iterator[Entry]:
        for wake in self._story.wakes:
            if wake.woken_ns is not None:
                args, us = {"position": wake.position}, (wake.woken_ns - wake.posted_ns) / 1e3
                ring = f"separator {wake.seat}"
                yield self._entry("X", ring, "wake-up", wake.seat, "waking", wake.posted_ns, dur=us, args=args)

    def _hop(self, hop: Hop) -> Iterator[Entry]:
        ring, margin = f"separator {hop.seat}", hop.margin_ns
        args: Entry = {"position": hop.position, "frames": hop.frames}
        if hop.published:
            args["since_wake_us"] = hop.turnaround_ns / 1e3
        if margin is not None:
            args["margin_us"] = margin / 1e3
        late = margin is not None and margin < 0
        name = f"hop ({hop.trouble})" if hop.trouble else "hop (late)" if late else "hop"
        us = (hop.end_ns - hop.begin_ns) / 1e3
        yield self._entry("X", ring, "hops", hop.seat, name, hop.begin_ns, dur=us, args=args)
        if hop.published:
            spent = hop.compute_ns / 1e3
            yield self._entry("X", ring, "hops", hop.seat, "compute", hop.begin_ns, dur=spent, args={})
            load = 100.0 * hop.compute_ns * self._rate / (1e9 * hop.frames)
            yield self._counter(ring, f"hop load, seat {hop.seat}", hop.begin_ns, "%", round(load, 2))
        if margin is not None:
            yield self._counter(ring, f"margin, seat {hop.seat}", hop.end_ns, "ms", round(margin / 1e6, 4))

    def _arrow(self, hop: Hop, number: int) -> Iterator[Entry]:
        """Three points that belong to three slices; none for a hop that came after its callback, as time runs one way."""
        if hop.posted is None or hop.played is None or not hop.published:
            return
        ring, same, end = f"separator {hop.seat}", {"id": number + 1}, hop.played.begin_ns
        if not hop.posted.begin_ns <= hop.begin_ns <= end:
            return
        yield {**self._entry("s", "audio", "callback", 0, "stems", hop.posted.begin_ns, **same), "cat": "stems"}
        yield {**self._entry("t", ring, "hops", hop.seat, "stems", hop.begin_ns, **same), "cat": "stems"}
        yield {**self._entry("f", "audio", "callback", 0, "stems", end, bp="e", **same), "cat": "stems"}

    def _changes(self) -> Iterator[Entry]:
        """From the asking to the callback that takes it over."""
        for number, change in enumerate(self._story.changes):
            args = {"from": change.origin}
            if change.heard_ns is None:
                yield self._entry("i", "control", "changes", 0, change.name, change.asked_ns, s="t", args=args)
                continue
            mine = {"id": f"change {number}"}
            yield self._entry("b", "control", "changes", 0, change.name, change.asked_ns, args=args, **mine)
            end = self._us(change.heard_ns)
            yield self._entry("e", "control", "changes", 0, change.name, change.asked_ns, **mine) | {"ts": end}

    def _span(self, span: Span) -> Entry:
        args = {} if span.ends else {"goes_on": "at the end of the recording"}
        us = max(_SHORTEST_US, (span.end_ns - span.begin_ns) / 1e3)
        return self._entry("X", "audio", span.track, span.seat, span.name, span.begin_ns, dur=us, args=args)

    def _mark(self, mark: Mark) -> Entry:
        ring = {"hops": f"separator {mark.seat}", "events": "control"}.get(mark.track, "audio")
        seat = mark.seat if mark.track in ("hops", "fallback") else 0
        args = {"position": mark.position, **mark.facts}
        scope = "g" if mark.wrong and self._anew(mark) else "t"  # "g": a line across all tracks
        return self._entry("i", ring, mark.track, seat or 0, mark.name, mark.time_ns, s=scope, args=args)

    def _anew(self, mark: Mark) -> bool:
        """Whether it has not happened just before: a separator that is gone is late at every hop."""
        before = self._wrong_at.get(mark.name)
        self._wrong_at[mark.name] = mark.time_ns
        return before is None or mark.time_ns - before > CALM_NS


def _meta(what: str, pid: int, tid: int, **args: Any) -> Entry:
    return {"name": what, "ph": "M", "ts": 0, "pid": pid, "tid": tid, "args": args}
