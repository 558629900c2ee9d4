"""The Max package: every patch loads and round-trips in py2max, is wired to what there is, and overlaps nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from py2max import Patcher

from rtsep.patches.copying import source

PACKAGE = source("max")
FILES = sorted(PACKAGE.rglob("*.max*"))
LEAVES_WINDOW = "W-OFFCANVAS"
"""Patching mode may be larger than the window, which shows the presentation."""
EXTERNAL = "object 'nn~' is not in the Max reference"
"""One example is for an external, and says so."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_patch_loads_and_round_trips(path: Path) -> None:
    loaded = Patcher.from_file(path)
    loaded.render()
    assert json.loads(json.dumps(loaded.to_dict())) == json.loads(path.read_text())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_patch_has_no_bad_cord_no_unknown_object_and_no_overlap(path: Path) -> None:
    found = [fault for fault in Patcher.from_file(path).lint() if fault.code != LEAVES_WINDOW]
    assert [str(fault) for fault in found if not (EXTERNAL in str(fault) and ".example.nn." in path.name)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_patches_within_it_are_in_the_package(path: Path) -> None:
    boxes = [box["box"] for box in json.loads(path.read_text())["patcher"]["boxes"]]
    within = [box["name"] for box in boxes if box["maxclass"] == "bpatcher"]
    assert all((PACKAGE / "patchers" / name).is_file() for name in within)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_heard_never_reaches_what_sends(path: Path) -> None:
    """Every way from a receive to the network passes a widget, and each widget is entered by `set`."""
    patcher = json.loads(path.read_text())["patcher"]
    boxes = {box["box"]["id"]: box["box"] for box in patcher["boxes"]}
    for line in patcher["lines"]:
        start, end = (boxes[line["patchline"][side][0]] for side in ("source", "destination"))
        if str(start.get("text", "")).split(" ")[0] == "receive":
            assert end["text"].startswith(("prepend set", "unpack")), (start["text"], end["text"])


def test_an_argument_is_only_ever_a_whole_word() -> None:
    """Max replaces `#1` only where a word begins with it."""
    for path in FILES:
        for box in json.loads(path.read_text())["patcher"]["boxes"]:
            words = str(box["box"].get("text", "")).split(" ")
            assert all(word == "#1" for word in words if "#1" in word), (path.name, words)


def test_every_patcher_has_help_and_the_package_says_what_it_is() -> None:
    patchers = {path.stem for path in (PACKAGE / "patchers").iterdir()}
    assert patchers == {path.stem for path in (PACKAGE / "help").iterdir()}
    info = json.loads((PACKAGE / "package-info.json").read_text())
    assert info["name"] == PACKAGE.name == "rtsep"
    assert (PACKAGE / "extras" / info["homepatcher"]).is_file()
