"""From a host's timing events to a story, a picture and figures."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import traceformat
from support import Scripted, noise, offline

from rtsep.changes import StemGain, StemMute
from rtsep.host.journal import Journal
from rtsep.host.offline import OfflineHost
from rtsep.lab.trace import chrome
from rtsep.lab.trace.figures import figures
from rtsep.lab.trace.recording import Recording, first_trouble, last
from rtsep.lab.trace.story import Story
from rtsep.lab.trace.telling import tell
from rtsep.origin import speaking_for
from rtsep.shared.events import FALLBACK, HOP, SEATED, STARTED, WOKEN, now_ns

BLOCK, HOP_FRAMES = 65, 128


def shown(story: Story, folder: Path) -> list[traceformat.Entry]:
    """The picture of a story, checked against the format."""
    assert chrome.write(story, folder / "trace.json") > 0
    return traceformat.read((folder / "trace.json").read_text())


def played(separate: list[bool], misbehave=lambda index, out: None, trace: bool = True) -> Recording:
    """What a host notes that plays noise in stretches of 20 blocks, with its separator or while that stalls."""
    with OfflineHost(Scripted(misbehave, HOP_FRAMES), 48000, BLOCK, offline(trace=trace)) as host:
        for going in separate:
            host.run(noise(20 * BLOCK), separate=going)
        return last(host.control)


def test_every_callback_is_there_once(tmp_path: Path) -> None:
    story = tell(played([True]))
    assert [callback.position for callback in story.callbacks] == [BLOCK * index for index in range(20)]
    assert {callback.frames for callback in story.callbacks} == {BLOCK}
    entries = [entry for entry in shown(story, tmp_path) if entry["name"] == "callback"]
    assert [entry["args"]["position"] for entry in entries] == [BLOCK * index for index in range(20)]


def test_a_hop_is_joined_to_the_callbacks_at_its_two_ends() -> None:
    source = played([True])
    story = tell(source)
    assert len(story.hops) == 20 * BLOCK // HOP_FRAMES
    for hop in story.hops:
        assert hop.published
        assert hop.posted is not None
        # The callback that brought the hop's last frame, and no other, could post.
        assert hop.posted.position < hop.position + HOP_FRAMES <= hop.posted.position + BLOCK
        due = hop.position + source.lags[0]
        if due < 20 * BLOCK:
            assert hop.played is not None
            assert hop.played.position <= due < hop.played.position + BLOCK
            assert hop.margin_ns == hop.played.begin_ns - hop.end_ns >= 0
        else:
            assert hop.played is None
    assert 0 < story.hops[0].compute_ns <= story.hops[0].end_ns - story.hops[0].begin_ns


def test_arrows_run_through_every_hop_that_was_played(tmp_path: Path) -> None:
    story = tell(played([True]))
    entries = shown(story, tmp_path)
    wanted = sum(hop.played is not None for hop in story.hops)
    assert sum(entry["ph"] == "s" for entry in entries) == wanted > 5


def test_a_stall_shows_as_late_hops_and_as_a_fallback_that_ends(tmp_path: Path) -> None:
    source = played([True, False, True, True])
    story = tell(source)
    late = [mark for mark in story.marks if mark.name == "late hop"]
    (span,) = [span for span in story.spans if span.name == "fallback"]
    assert late
    assert all(mark.wrong and mark.position % HOP_FRAMES == 0 for mark in late)
    assert span.ends
    assert span.begin_ns <= late[0].time_ns <= span.end_ns
    found = figures(story)
    assert found.counts["late hops"] == sum(int(mark.facts["hops"]) for mark in late) > 1
    assert found.counts["fallbacks"] == 1
    assert found.fallback_ms == pytest.approx((span.end_ns - span.begin_ns) / 1e6)
    assert first_trouble([source.events["audio"]], 0) == span.begin_ns
    assert first_trouble([source.events["audio"]], span.end_ns + 1) is None
    entries = shown(story, tmp_path)
    assert [e["args"]["hops"] for e in entries if e["ph"] == "C" and e["name"] == "late hops"][-1] == found.counts[
        "late hops"
    ]
    scopes = [entry["s"] for entry in entries if entry["name"] == "late hop"]
    assert scopes == ["g"] + ["t"] * (len(late) - 1)  # one line across everything, not a hundred
    # What was computed too late is called so, and no arrow runs back in time.
    assert any(entry["name"] == "hop (late)" for entry in entries)


def test_a_fallback_that_ends_in_a_recording_has_been_there_from_its_begin(tmp_path: Path) -> None:
    whole = played([True, False, True, True])
    (span,) = [span for span in tell(whole).spans if span.name == "fallback"]
    part = whole.between(span.begin_ns + 1, now_ns())
    assert first_trouble([events_of(part, FALLBACK)], 0) is None  # an end is not when something goes wrong
    story = tell(part)
    (rest,) = [span for span in story.spans if span.name == "fallback"]
    assert (rest.begin_ns, rest.end_ns, rest.ends) == (story.begin_ns, span.end_ns, True)
    shown(story, tmp_path)


def test_a_fallback_that_sounds_all_the_time_is_shown_though_nothing_noted_it(tmp_path: Path) -> None:
    whole = played([True, False, False])
    (span,) = [span for span in tell(whole).spans if span.name == "fallback"]
    part = whole.between(span.begin_ns + 1, now_ns())
    assert len(events_of(part, FALLBACK)) == 0
    story = tell(part)
    (rest,) = [span for span in story.spans if span.name == "fallback"]
    assert (rest.begin_ns, rest.end_ns, rest.ends) == (story.begin_ns, story.end_ns, False)
    assert figures(story).fallback_ms == pytest.approx((story.end_ns - story.begin_ns) / 1e6)
    shown(story, tmp_path)


def events_of(source: Recording, kind: int) -> np.ndarray:
    audio = source.events["audio"]
    return audio[audio[:, 1] == kind]


def test_a_fallback_that_goes_on_at_the_end_is_shown_to_the_end(tmp_path: Path) -> None:
    story = tell(played([True, False]))
    (span,) = [span for span in story.spans if span.name == "fallback"]
    assert not span.ends
    assert span.end_ns == story.end_ns
    (entry,) = [entry for entry in shown(story, tmp_path) if entry["name"] == "fallback"]
    assert "goes_on" in entry["args"]


def test_hops_that_fail_say_how(tmp_path: Path) -> None:
    def misbehave(index: int, out: np.ndarray) -> None:
        if index == 2:
            raise ValueError("broken")
        if index == 4:
            out[0, 0, 5] = np.nan

    story = tell(played([True], misbehave))
    assert [hop.trouble for hop in story.hops[:6]] == ["", "", "exception", "", "NaN or Inf", ""]
    assert figures(story).counts["failed hops"] == 2
    names = {entry["name"] for entry in shown(story, tmp_path)}
    assert {"hop (exception)", "hop (NaN or Inf)"} <= names


def test_a_change_lasts_from_the_asking_to_the_callback_that_takes_it_over(tmp_path: Path) -> None:
    with OfflineHost(Scripted(lambda index, out: None), 48000, BLOCK, offline()) as host:
        host.run(noise(10 * BLOCK))
        changes = (StemMute("a", True), StemGain("b", -6.0))
        asked = now_ns()
        host.desk.apply(*changes)
        with speaking_for("osc 127.0.0.1:5000"):
            Journal(host.control).changes(host.control, changes, asked)
        host.run(noise(10 * BLOCK))
        source = last(host.control)
    story = tell(source)
    tenth = story.callbacks[10]
    assert [(change.name, change.origin) for change in story.changes] == [
        ("StemMute a True", "osc 127.0.0.1:5000"),
        ("StemGain b -6", "osc 127.0.0.1:5000"),
    ]
    for change in story.changes:
        assert change.asked_ns == asked
        assert change.heard_ns is not None
        assert tenth.begin_ns <= change.heard_ns <= tenth.begin_ns + tenth.spent_ns
    entries = shown(story, tmp_path)
    assert [e["args"]["from"] for e in entries if e["ph"] == "b"] == ["osc 127.0.0.1:5000"] * 2
    assert figures(story).counts["changes"] == 2


def test_a_switch_of_separators_is_a_span() -> None:
    with OfflineHost(Scripted(lambda index, out: None), 48000, 512, offline()) as host:
        host.run(noise(512 * 10))
        host.switch(Scripted(lambda index, out: None, HOP_FRAMES, delay=64))
        host.run(noise(512 * 120))
        assert host.control.seat == 1
        story = tell(last(host.control))
    (span,) = [span for span in story.spans if span.track == "switch"]
    assert span.ends
    frames = sum(c.frames for c in story.callbacks if span.begin_ns <= c.begin_ns < span.end_ns)
    assert abs(frames - 0.030 * 48000) <= 512
    assert {hop.seat for hop in story.hops} == {0, 1}


def separator_events(*rows: tuple[int, int, int, int, int]) -> Recording:
    source = played([True])
    empty = {name: events[:0] for name, events in source.events.items()}
    return replace(source, events=empty | {"separator 0": np.array(rows, dtype=np.int64)}, pids=dict.fromkeys(empty, 7))


def test_a_process_that_is_killed_leaves_an_unfinished_hop_and_another_pid(tmp_path: Path) -> None:
    source = separator_events(
        (1000, HOP, 0, 128, 0), (5000, STARTED, 0, 7, 6), (9000, WOKEN, 256, 8000, 0), (9100, HOP, 256, 128, 0)
    )
    story = tell(source)
    assert [(hop.trouble, hop.begin_ns, hop.end_ns) for hop in story.hops] == [
        ("unfinished", 1000, 5000),
        ("unfinished", 9100, 9100),
    ]
    hops = [entry for entry in shown(story, tmp_path) if entry["name"] == "hop (unfinished)"]
    assert [entry["pid"] for entry in hops] == [6, 7]


def test_only_what_lies_between_two_times_is_kept() -> None:
    source = played([True, True])
    times = source.events["audio"][:, 0]
    middle = int(np.median(times))
    part = source.between(middle, int(times.max()))
    assert 0 < len(part.events["audio"]) < len(times)
    assert part.events["audio"][:, 0].min() >= middle
    tell(part)


def test_a_host_that_was_told_so_notes_nothing() -> None:
    source = played([True, False], trace=False)
    assert {name: len(events) for name, events in source.events.items()} == dict.fromkeys(source.events, 0)
    story = tell(source)
    assert figures(story).rows == ()


def test_a_host_that_plays_well_notes_no_trouble() -> None:
    kinds = played([True]).events["audio"][:, 1]
    assert not np.isin(kinds, (FALLBACK, SEATED)).any()


def test_a_name_that_ends_with_gz_is_compressed(tmp_path: Path) -> None:
    chrome.write(tell(played([True])), tmp_path / "t.json.gz")
    traceformat.read(gzip.decompress((tmp_path / "t.json.gz").read_bytes()).decode())


SLICE = {"name": "a", "ph": "X", "ts": 0, "dur": 5, "pid": 1, "tid": 1, "cat": "c", "args": {}}
ARROW = {"name": "w", "ph": "s", "ts": 2, "pid": 1, "tid": 1, "cat": "c", "id": 1}


@pytest.mark.parametrize(
    ("check", "entries"),
    [
        (traceformat.check_nesting, [SLICE, SLICE | {"ts": 3}]),
        (traceformat.check_arrows, [SLICE, ARROW]),
        (traceformat.check_arrows, [SLICE, ARROW | {"ts": 9}]),
        (traceformat.check_pairs, [ARROW | {"ph": "b"}]),
        (traceformat.check_names, [SLICE]),
    ],
)
def test_the_check_of_the_format_rejects_what_is_wrong(check, entries: list[traceformat.Entry]) -> None:
    with pytest.raises(AssertionError):
        check(entries)
