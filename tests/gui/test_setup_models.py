"""What the setup page offers, without a display: devices, separators, the command, a switch followed to its end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakeengine import FakeEngine

from rtsep.changes import SwitchSeparator
from rtsep.control import ShowState
from rtsep.shared.hosts import LocalHost
from rtsep_gui.models.setup import (
    FILE,
    Switch,
    Wish,
    command_line,
    host_apis,
    names,
    restart_arguments,
    separator_rows,
)
from rtsep_gui.models.standing import standing


def device(host_api: str, name: str, inputs: int, outputs: int, default: bool = False) -> dict[str, object]:
    return {"host_api": host_api, "name": name, "inputs": inputs, "outputs": outputs, "default": default}


DEVICES = [
    device("ALSA", "mic", 1, 0),
    device("ALSA", "interface", 8, 8, default=True),
    device("JACK", "system", 2, 2),
]


def told(*names: str) -> dict[str, object]:
    spec = {"stems": ["a", "b"], "exact_sum": True}
    entries = [{"name": n, "tier": "stage", "latency_ms": 5.8, "default": False, "spec": spec} for n in names]
    return {"separators": entries, "broken": [{"name": "bad", "error": "no such library"}]}


def test_devices_are_listed_by_host_api_and_way_defaults_first() -> None:
    assert host_apis(DEVICES) == ["ALSA", "JACK", FILE]
    assert names(DEVICES, "ALSA", "inputs") == ["interface", "mic"]
    assert names(DEVICES, "ALSA", "outputs") == ["interface"]
    assert host_apis([]) == [FILE]


def test_a_wish_without_a_file_is_not_ready() -> None:
    assert Wish(FILE).problem
    assert not Wish(FILE, path="song.wav").problem
    assert not Wish().problem


def test_a_restart_keeps_separator_and_session() -> None:
    state = replace(FakeEngine().state(), separator_name="classic", show=ShowState(session="tour 2026"))
    arguments = restart_arguments(Wish("ALSA", block=64), state)
    assert arguments == ("--host-api", "ALSA", "--block", "64", "--separator", "classic", "--session", "tour 2026")
    assert command_line(arguments).endswith("--session 'tour 2026'")


def test_rows_say_what_each_separator_does_now() -> None:
    state = replace(FakeEngine().state(), separator_name="one", next_separator="two")
    rows = {row.name: row for row in separator_rows(told("one", "two", "three"), state)}
    assert [rows[name].status for name in ("one", "two", "three", "bad")] == ["", "gets ready", "", "broken"]
    assert rows["one"].choosable  # calls the switch off
    assert not rows["two"].choosable
    assert "no such library" in rows["bad"].about


def test_before_the_list_has_come_the_one_that_plays_is_there() -> None:
    (row,) = separator_rows(None, FakeEngine().state())
    assert (row.name, row.status) == ("delay", "plays")


def test_a_switch_that_comes_to_nothing_is_told_of() -> None:
    state, switch = replace(FakeEngine().state(), separator_name="one"), Switch()
    assert switch.choose("two", state) == SwitchSeparator("two")
    assert "gets ready" in switch.follow(replace(state, next_separator="two"))
    assert switch.follow(state) == "two did not come to play; one plays on"
    assert switch.follow(state), "it stays until something else is asked for"


def test_a_file_is_called_by_its_own_name() -> None:
    state, switch = replace(FakeEngine().state(), separator_name="/models/rave.ts"), Switch()
    coming = replace(state, next_separator="/models/drums.nm")
    assert switch.follow(coming) == "drums.nm gets ready; rave.ts plays on until then"
    assert switch.follow(state) == "drums.nm did not come to play; rave.ts plays on"


def test_a_switch_that_succeeds_or_is_called_off_leaves_no_note() -> None:
    state, switch = replace(FakeEngine().state(), separator_name="one"), Switch()
    switch.follow(replace(state, next_separator="two"))
    assert switch.follow(replace(state, separator_name="two")) == ""
    switch.follow(replace(state, next_separator="two"))
    switch.choose("one", state)
    assert switch.follow(state) == ""


@pytest.mark.parametrize(
    ("hosts", "starting", "problem", "offers"),
    [
        ([], False, "", ("demo", "device")),
        ([], True, "", ()),
        ([], False, "no such device", ("demo", "device")),
        ([LocalHost("pa", 0, True)], False, "", ()),
        ([LocalHost("pa", 9000, False)], False, "", ("take over",)),
        ([LocalHost("another", 9000, False)], False, "", ("take over", "demo", "device")),
        ([LocalHost("pa", 9000, False)], True, "", ()),
    ],
)
def test_what_is_offered_while_no_host_answers(
    hosts: list[LocalHost], starting: bool, problem: str, offers: tuple[str, ...]
) -> None:
    now = standing("pa", "", starting, problem, hosts)
    assert now.offers == offers
    assert problem in now.words


def test_of_a_host_elsewhere_nothing_is_offered() -> None:
    now = standing("pa", "10.0.0.5:9000", False, "", [])
    assert now.offers == ()
    assert "10.0.0.5:9000" in now.words
