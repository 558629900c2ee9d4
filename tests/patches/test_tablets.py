"""The layouts for Open Stage Control and TouchOSC: well formed, and every control is in the table with its range."""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as Xml

from rtsep.patches.copying import PACKAGE
from rtsep.patches.generate.reference import STEMS, flat

SESSION = json.loads((PACKAGE / "openstagecontrol" / "rtsep.json").read_text())
LAYOUT = Xml.fromstring(zlib.decompress((PACKAGE / "touchosc" / "rtsep.tosc").read_bytes()))


def widgets(of: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every widget below another."""
    for one in (*of.get("widgets", ()), *of.get("tabs", ())):
        yield one
        yield from widgets(one)


def test_stage_controls_are_in_the_table_with_their_ranges() -> None:
    controls = [one for one in widgets(SESSION["content"]) if one.get("address", "auto") != "auto"]
    assert {f"/rtsep/stem/{stem}/mute" for stem in STEMS} <= {one["address"] for one in controls}
    for one in controls:
        address = flat()[one["address"]]
        argument = next(iter(address.arguments), None)
        if one["type"] == "fader" and argument and argument.minimum is not None:
            assert one["range"] == {"min": argument.minimum, "max": argument.maximum}
        assert one["bypass"] or address.message.access & 2


def test_stage_controls_have_each_their_own_name() -> None:
    names = [one["id"] for one in widgets(SESSION["content"])]
    assert len(set(names)) == len(names)


def test_touch_controls_are_in_the_table_with_their_ranges() -> None:
    seen = set()
    for node in LAYOUT.iter("node"):
        for message in node.findall("messages/osc"):
            path = message.findtext("path/partial/value", "")
            address = flat()[path]
            seen.add(path)
            assert message.findtext("send") == "0" or address.message.access & 2
            part = message.find("arguments/partial")
            argument = next(iter(address.arguments), None)
            if node.get("type") == "FADER" and argument and argument.minimum is not None and part is not None:
                limits = (float(part.findtext("scaleMin", "")), float(part.findtext("scaleMax", "")))
                assert limits == (argument.minimum, argument.maximum)
    assert {f"/rtsep/stem/{stem}/fader" for stem in STEMS} <= seen


def test_touch_controls_have_each_their_own_identity() -> None:
    identities = [node.get("ID") for node in LAYOUT.iter("node")]
    assert len(set(identities)) == len(identities)


def test_what_a_menu_button_sends_is_one_of_its_words() -> None:
    constants = [
        (osc.findtext("path/partial/value", ""), part.findtext("value"))
        for osc in LAYOUT.iter("osc")
        for part in osc.findall("arguments/partial")
        if part.findtext("type") == "CONSTANT"
    ]
    assert constants
    assert all(flat()[path].accept([word]) == (word,) for path, word in constants)


def test_table_of_controls_names_addresses_of_the_table() -> None:
    with (PACKAGE / "touchosc" / "controls.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert row["types"] == flat()[row["address"]].kinds
