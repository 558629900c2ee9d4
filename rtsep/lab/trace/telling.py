"""From single events to the story: which belong together, and what they mean."""

from __future__ import annotations

import numpy as np

from rtsep.lab.trace.reading import Events
from rtsep.lab.trace.recording import Recording
from rtsep.lab.trace.story import Callback, Change, Hop, Mark, Span, Story, Track, Wake
from rtsep.shared import events as kinds
from rtsep.shared.events import WORDS
from rtsep.shared.fields import SEATS


def text_of(event: Events) -> str:
    """The words of one of the control process's events."""
    return event[WORDS:].tobytes().split(b"\0", 1)[0].decode("utf-8", "ignore")


def tell(source: Recording) -> Story:
    """The whole story."""
    times = np.concatenate([events[:, 0] for events in source.events.values()])
    begin, end = (int(times.min()), int(times.max())) if len(times) else (0, 0)
    audio = source.events["audio"]
    callbacks = [Callback(*row) for row in audio[audio[:, 1] == kinds.CALLBACK][:, [0, 3, 2, 4]].tolist()]
    end = max([end, *(each.begin_ns + each.spent_ns for each in callbacks[-1:])])
    wakes = [Wake(seat, ns, at, lag) for ns, _, at, seat, lag in audio[audio[:, 1] == kinds.WAKE].tolist()]
    story = Story(source, begin, end, callbacks, wakes, [], [], [], [], {})
    for name, events in source.events.items():
        story.pids[name] = _pids(events, source.pids[name])
    for seat in range(SEATS):
        events = source.events[f"separator {seat}"]
        story.hops += _hops(events, seat, end)
        _match_wakes([wake for wake in wakes if wake.seat == seat], events)
        story.marks += _separator_marks(events, seat)
    story.marks += _audio_marks(audio) + _control_marks(source.events["control"])
    story.marks.sort(key=lambda mark: mark.time_ns)
    story.spans += _spans(source, begin, end)
    story.changes += _changes(source.events["control"], audio)
    _join(story)
    return story


def _pids(events: Events, last: int) -> list[tuple[int, int]]:
    started = events[events[:, 1] == kinds.STARTED]
    if not len(started):
        return [(0, last)]
    before = int(started[0, 4]) or int(started[0, 3])
    return [(0, before), *((int(row[0]), int(row[3])) for row in started)]


def _hops(events: Events, seat: int, end_ns: int) -> list[Hop]:
    """A hop that has no end of its own ends with the next thing that is noted, or with the recording."""
    hops: list[Hop] = []
    going: Hop | None = None
    for ns, kind, position, first, second in events.tolist():
        if kind == kinds.WOKEN:
            continue
        if going is not None:
            going.end_ns = ns
            if kind == kinds.PUBLISHED and position == going.position:
                going.published, going.compute_ns, going.turnaround_ns = True, first, second
            elif kind == kinds.FAILED:
                going.trouble = "NaN or Inf" if first else "exception"
            else:
                going.trouble = "unfinished"
            going = None
        if kind == kinds.HOP:
            going = Hop(seat, position, first, ns, end_ns)
            hops.append(going)
    if going is not None:
        going.trouble = "unfinished"
    return hops


def _match_wakes(wakes: list[Wake], events: Events) -> None:
    by_post = {wake.posted_ns: wake for wake in wakes}
    for ns, _, _, posted, _ in events[events[:, 1] == kinds.WOKEN].tolist():
        if posted in by_post:
            by_post[posted].woken_ns = ns


def _separator_marks(events: Events, seat: int) -> list[Mark]:
    marks = []
    for ns, kind, position, first, _ in events.tolist():
        if kind == kinds.SKIPPED:
            marks.append(Mark("hops", seat, f"{first} hops skipped", ns, position, {"hops": first}, wrong=True))
        elif kind == kinds.STARTED:
            marks.append(Mark("hops", seat, "process started", ns, position, {"pid": first}))
    return marks


_FLAGS = ("input underflow", "input overflow", "output underflow", "output overflow")


def _audio_marks(events: Events) -> list[Mark]:
    marks = []
    for ns, kind, position, first, second in events.tolist():
        if kind == kinds.XRUN:
            told = ", ".join(name for bit, name in enumerate(_FLAGS) if first >> bit & 1)
            marks.append(Mark("callback", None, f"xrun: {told}", ns, position, {"flags": first}, wrong=True))
        elif kind == kinds.MISSED:
            marks.append(Mark("callback", None, f"{first} frames missed", ns, position, {"frames": first}, wrong=True))
        elif kind == kinds.LATE:
            marks.append(Mark("fallback", first, "late hop", ns, position, {"hops": second}, wrong=True))
        elif kind == kinds.STARTED:
            marks.append(Mark("callback", None, "process started", ns, position, {"pid": first}))
    return marks


def _control_marks(events: Events) -> list[Mark]:
    marks = []
    for row in events:
        ns, kind, position, seat, _ = row[:WORDS].tolist()
        if kind == kinds.SAID:
            marks.append(Mark("events", None, text_of(row), ns, position))
        elif kind == kinds.STEP:
            marks.append(Mark("events", seat, f"switch to {text_of(row)}", ns, position))
        elif kind == kinds.STARTED:
            marks.append(Mark("events", None, "process started", ns, position, {"pid": seat}))
    return marks


def _spans(source: Recording, begin_ns: int, end_ns: int) -> list[Span]:
    """What lasts. A fallback or a latch that only ends here has been there from the begin, as has a fallback that sounds at
    the end and began nowhere."""
    names: dict[int, tuple[Track, str]] = {
        kinds.FALLBACK: ("fallback", "fallback"),
        kinds.LATCH: ("fallback", "latched"),
        kinds.SEATED: ("switch", "crossing over"),
    }
    going: dict[tuple[int, int], int] = {}
    spans = []
    for ns, kind, _, first, second in source.events["audio"].tolist():
        if kind not in names:
            continue
        key = (kind, 0 if kind == kinds.SEATED else first)
        if second:
            going.setdefault(key, ns)
        elif key in going or kind != kinds.SEATED:  # a switch may be over within one callback
            spans.append(Span(*_where(names, key), going.pop(key, begin_ns), ns, True))
    told = {span.seat for span in spans if span.name == "fallback"}
    for seat, sounds in enumerate(source.fallback):
        if sounds and seat not in told:
            going.setdefault((kinds.FALLBACK, seat), begin_ns)
    spans += [Span(*_where(names, key), begin, end_ns, False) for key, begin in going.items()]
    return sorted(spans, key=lambda span: (span.begin_ns, -span.end_ns))


def _where(names: dict[int, tuple[Track, str]], key: tuple[int, int]) -> tuple[Track, int, str]:
    track, name = names[key[0]]
    return track, key[1], name


def _changes(control: Events, audio: Events) -> list[Change]:
    """Each with the first time that the callback took over its number or a later one, in its seat."""
    heard = audio[audio[:, 1] == kinds.HEARD]
    changes = []
    for row in control[control[:, 1] == kinds.CHANGED]:
        name, _, origin = text_of(row).partition("\t")
        published = row[4] > 0  # a take or a switch is not the desk's
        taken = heard[published & (heard[:, 3] == row[3]) & (heard[:, 4] >= row[4]) & (heard[:, 0] >= row[0])]
        changes.append(Change(name, origin, int(row[0]), int(taken[0, 0]) if len(taken) else None))
    return changes


def _join(story: Story) -> None:
    """Each hop with the callbacks at its two ends."""
    positions = np.array([callback.position for callback in story.callbacks], dtype=np.int64)

    def at(position: int) -> Callback | None:
        index = int(np.searchsorted(positions, position, side="right")) - 1
        if index < 0 or position >= story.callbacks[index].position + story.callbacks[index].frames:
            return None
        return story.callbacks[index]

    for seat in range(SEATS):
        wakes = [wake for wake in story.wakes if wake.seat == seat]
        posts = np.array([wake.posted_ns for wake in wakes], dtype=np.int64)
        for hop in (hop for hop in story.hops if hop.seat == seat):
            before = int(np.searchsorted(posts, hop.begin_ns, side="right")) - 1
            lag = wakes[before].lag if before >= 0 else story.source.lags[seat]
            hop.posted = at(hop.position + hop.frames - 1)
            hop.played = at(hop.position + lag)
