"""Keys and the terminal view, without a terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from rtsep.changes import Bypass, Panic, Record, StemGain, StemMute, StemSolo, SwitchSeparator
from rtsep.cli import watching
from rtsep.cli.events import KEPT, Events
from rtsep.cli.view import screen
from rtsep.cli.watching import SOLO_KEYS, changes_for, following, plain
from rtsep.control import Counters, EngineState, Level, Load, Strip
from rtsep.separators.builtin import Delay
from rtsep.separators.registry import registered
from rtsep.spec import LatencyBudget

QUIET = Level(-144.0, -144.0, -144.0, 0)
LOUD = Level(-3.0, -1.0, -12.0, 0)
STATE = EngineState(
    name="show",
    separator=Delay().spec,
    separator_name="delay",
    runtime="numpy float32",
    next_separator="",
    knobs=(0.25, 0.25, 0.25),
    strips=(
        Strip("vocals", mute=True),
        Strip("drums", solo=True),
        Strip("bass", gain_db=12.0),
        Strip("other", gain_db=-144.0),
    ),
    mix_gain_db=0.0,
    dry_wet=1.0,
    bypass=False,
    panic=False,
    crossfade=0.0,
    policy="dry",
    device="null",
    sample_rate=48000.0,
    block=64,
    position=480000,
    budget=LatencyBudget(64, 64, 0, 128, 64, 64),
    audio="running",
    separator_status="running",
    latched=False,
    recording="",
    levels=(QUIET, LOUD, LOUD, QUIET),
    mix_level=LOUD,
    input_level=LOUD,
    counters=Counters(*([0] * 14)),
    load=Load(300.0, 500.0, 700.0, 0.1, 5.0, 20.0, 20.0, 60.0),
)


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("1", [StemMute("vocals", False)]),
        ("2", [StemMute("drums", True)]),
        ("9", []),
        (SOLO_KEYS[1], [StemSolo("drums", False)]),
        (SOLO_KEYS[0], [StemSolo("vocals", True)]),
        ("up", [StemGain("bass", 12.0)]),
        ("down", [StemGain("bass", 11.0)]),
        ("b", [Bypass(True)]),
        ("p", [Panic(True)]),
        ("?", []),
    ],
)
def test_a_key_asks_for_one_change(key: str, changes: list[object]) -> None:
    assert changes_for(key, 2, STATE) == changes


def test_zero_brings_every_stem_back() -> None:
    changes = changes_for("0", 0, STATE)
    assert len(changes) == 2 * len(STATE.strips)
    assert not any(change.mute if isinstance(change, StemMute) else change.solo for change in changes)  # type: ignore[union-attr]


def test_the_record_key_starts_and_stops() -> None:
    (start,) = changes_for("r", 0, STATE)
    (stop,) = changes_for("r", 0, replace(STATE, recording="takes 12 s"))
    assert isinstance(start, Record)
    assert start.folder
    assert stop == Record(None)


def test_enter_switches_to_the_separator_on_offer() -> None:
    assert changes_for("\n", 0, STATE, "classic") == changes_for("\r", 0, STATE, "classic")
    assert changes_for("\n", 0, STATE, "classic") == [SwitchSeparator("classic")]
    assert changes_for("\n", 0, STATE) == []


def test_every_registered_separator_is_on_offer_in_turn() -> None:
    names = list(registered())
    offered = [names[0]]
    for _ in names:
        offered.append(following(offered[-1]))
    assert offered == [*names, names[0]]
    assert following("gone") == names[0]


def test_the_view_says_what_plays_what_comes_and_what_is_on_offer() -> None:
    text = drawn(replace(STATE, next_separator="classic"), [], "passthrough")
    for expected in ("delay", "numpy float32", "classic gets ready", "Enter: switch to passthrough"):
        assert expected in text
    assert "n next separator" in drawn(STATE, [])


def drawn(state: EngineState, events: list[str], offer: str = "") -> str:
    """The view as plain text, 120 columns wide."""
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(screen(state, 0, events, SOLO_KEYS, offer))
    return console.export_text()


def test_the_view_names_every_part_of_the_latency_and_every_fault() -> None:
    troubled = replace(STATE, latched=True, counters=replace(STATE.counters, late_hops=7), panic=True)
    text = drawn(troubled, ["separator: hung; restarting it"])
    for expected in ("device in 64", "adaptation 64", "separator 128", "slack 64", "384 frames = 8.0 ms"):
        assert expected in text
    for expected in ("late hops 7", "LATCHED TO DRY", "PANIC", "separator: hung", "vocals", "-inf dB", "+12.0 dB"):
        assert expected in text


@pytest.mark.parametrize(
    ("load", "deadline"),
    [(STATE.load, "0.50 p99.9 of 3.00"), (replace(STATE.load, hop_us_p50=0.0, hop_share_p50=0.0), "of 2.67")],
)
def test_the_deadline_is_the_one_that_the_load_is_measured_by(load: Load, deadline: str) -> None:
    assert deadline in drawn(replace(STATE, load=load), [])


def rounds(count: int, then: Callable[[], None] = lambda: None) -> Callable[[], bool]:
    """True `count` times, calling `then` each time."""
    left = iter(range(count))

    def going() -> bool:
        if next(left, None) is None:
            return False
        then()
        return True

    return going


def test_without_a_terminal_every_event_is_told_once_however_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "REFRESH_S", 0.0)
    events, said = Events(), []
    engine: Any = SimpleNamespace(state=lambda: STATE)
    count = iter(range(1000))
    plain(engine, events, rounds(30, lambda: events.append(f"event {next(count)}")), said.append)
    events.append("event 30")
    plain(engine, events, rounds(0), said.append)
    assert [line for line in said if line.startswith("!")] == [f"! event {index}" for index in range(31)]
    assert events.all() == [f"event {index}" for index in range(31)]
    assert events.recent() == ["event 28", "event 29", "event 30"]


def test_events_have_a_bound() -> None:
    events = Events()
    for index in range(KEPT + 7):
        events.append(str(index))
    assert (len(events.all()), events.all()[0]) == (KEPT, "7")
    assert len(list(events.untold())) == KEPT
