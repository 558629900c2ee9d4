"""The trace-event format as its document ("Trace Event Format", Google, 2016) states it, as a check of a whole file."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

Entry = dict[str, Any]
EVERY = {"name", "ph", "ts", "pid"}
NEEDED: dict[str, set[str]] = {
    "X": {"tid", "dur", "cat", "args"},
    "i": {"tid", "s"},
    "C": {"args"},
    "M": {"args"},
    "s": {"tid", "id", "cat"},
    "t": {"tid", "id", "cat"},
    "f": {"tid", "id", "cat"},
    "b": {"tid", "id", "cat"},
    "e": {"tid", "id", "cat"},
}
METADATA = {"process_name": str, "thread_name": str, "process_sort_index": int, "thread_sort_index": int}


def read(text: str) -> list[Entry]:
    """The entries of a file in JSON object form, each checked by itself and all together."""
    whole = json.loads(text)
    assert set(whole) == {"traceEvents", "displayTimeUnit", "otherData"}
    assert whole["displayTimeUnit"] in ("ms", "ns")
    entries: list[Entry] = whole["traceEvents"]
    for entry in entries:
        check(entry)
    check_nesting(entries)
    check_arrows(entries)
    check_pairs(entries)
    check_names(entries)
    return entries


def check(entry: Entry) -> None:
    """One entry has what its phase needs, of the right types."""
    phase = entry["ph"]
    assert set(entry) >= EVERY | NEEDED[phase], entry
    assert isinstance(entry["name"], str)
    assert isinstance(entry["pid"], int)
    assert isinstance(entry.get("tid", 0), int)
    assert isinstance(entry["ts"], int | float)
    assert entry["ts"] >= 0, entry
    if phase == "X":
        assert entry["dur"] >= 0, entry
    if phase == "i":
        assert entry["s"] in ("g", "p", "t")
    if phase == "C":
        assert entry["args"]
        assert all(isinstance(value, int | float) for value in entry["args"].values())
    if phase == "M":
        kind = METADATA[entry["name"]]
        assert all(isinstance(value, kind) for value in entry["args"].values())
    if phase == "f":
        assert entry["bp"] == "e"


def slices(entries: list[Entry]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Begin and end in ns of complete slices, by process and thread, outer ones first."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for entry in entries:
        if entry["ph"] == "X":
            begin = round(1000 * entry["ts"])
            found[entry["pid"], entry["tid"]].append((begin, begin + round(1000 * entry["dur"])))
    return {place: sorted(spans, key=lambda span: (span[0], -span[1])) for place, spans in found.items()}


def check_nesting(entries: list[Entry]) -> None:
    """Slices of one thread lie side by side or one within the other."""
    for place, spans in slices(entries).items():
        around: list[int] = []
        for begin, end in spans:
            while around and around[-1] <= begin:
                around.pop()
            assert not around or end <= around[-1], (place, begin, end, around)
            around.append(end)


def check_arrows(entries: list[Entry]) -> None:
    """Each arrow has a begin, a step and an end, in this order, each within a slice."""
    there = slices(entries)
    arrows: dict[Any, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry["ph"] in "stf":
            arrows[entry["cat"], entry["name"], entry["id"]].append(entry)
            at = round(1000 * entry["ts"])
            assert any(begin <= at <= end for begin, end in there[entry["pid"], entry["tid"]]), entry
    for points in arrows.values():
        assert [point["ph"] for point in points] == ["s", "t", "f"]
        assert [point["ts"] for point in points] == sorted(point["ts"] for point in points)


def check_pairs(entries: list[Entry]) -> None:
    """Asynchronous slices begin once and end once, not before."""
    going: dict[Any, Entry] = {}
    for entry in entries:
        key = (entry.get("cat"), entry.get("id"))
        if entry["ph"] == "b":
            assert key not in going
            going[key] = entry
        elif entry["ph"] == "e":
            assert entry["ts"] >= going.pop(key)["ts"]
    assert not going


def check_names(entries: list[Entry]) -> None:
    """Every process and thread that anything happens on has a name."""
    named = {(e["name"], e["pid"], e.get("tid", 0)) for e in entries if e["ph"] == "M"}
    for entry in entries:
        if entry["ph"] not in "MC":
            assert ("process_name", entry["pid"], 0) in named, entry
            assert ("thread_name", entry["pid"], entry["tid"]) in named, entry
