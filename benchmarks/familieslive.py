"""Whether a separator keeps time in the live host at small blocks, and whether a playing host can change over to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.capture import Signal, dead_frames, largest_step, tones
from benchmarks.feeds import Song
from benchmarks.report import say
from benchmarks.rig import await_true, host, jack_config
from benchmarks.separators import in_host
from rtsep.changes import SwitchSeparator
from rtsep.errors import RtsepError
from rtsep.host.engine import Engine
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.lab.tally import Tally

BLOCK = 64
HOME = "stage"
"""Plays before each change, and after it again."""
LEAD_S, AFTER_S, LIMIT_S = 0.5, 1.0, 60.0
CLICK = 1.5
"""Largest step of the output while it changes over, against the largest that went in."""


def tries(name: str, song: Song, seconds: float, limit: int) -> list[dict[str, Any]]:
    """One live run after the other until one is clean, `limit` at most: other work on the machine can spoil one."""
    rows: list[dict[str, Any]] = []
    while len(rows) < limit and not keeps_time(rows):
        try:
            with JackServer(song.rate, BLOCK) as server:
                rows.append(in_host(name, "", song, seconds, server))
        except RtsepError as error:
            return [*rows, {"failed": str(error)}]
    return rows


def keeps_time(rows: list[dict[str, Any]]) -> bool:
    """Whether a run had no late hop and no position without stems."""
    counts = ("late_hops", "missed_positions")
    return any("failed" not in row and not any(row[name] for name in counts) for row in rows)


def changes(names: list[str], rate: int, limit: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """From HOME to each of them, and back, in one host that plays steady tones: what was heard and counted.

    Again until one change is clean, `limit` times at most; the last one is told.
    """
    signal, lines = tones(rate), list[str]()
    with JackServer(rate, BLOCK) as server, host(jack_config(HOME), on_event=lines.append) as engine:
        for name in names:
            row: dict[str, Any] = {}
            for attempt in range(1, limit + 1):
                began = time.monotonic()
                row = _change(engine, signal, name, lines) | {"tries": attempt}
                row["server_xruns"] = server.xruns_between(began, time.monotonic())
                _change(engine, signal, HOME, lines)
                if changed_over(row):
                    break
            say(f"{HOME} to {name}: {row}")
            yield name, row


def _change(engine: Engine, signal: Signal, name: str, lines: list[str]) -> dict[str, Any]:
    """Nothing is muted, so that what should come out is what went in, later."""
    rate = signal.rate
    with Deck("tones", signal.sound, int((LEAD_S + LIMIT_S + AFTER_S) * rate), loop=True) as deck:
        deck.wire()
        deck.arm()
        deck.wait(int(LEAD_S * rate))
        begin, before, since = deck.position, Tally.of(engine.block), time.monotonic()
        try:
            engine.apply(SwitchSeparator(name))
        except RtsepError as error:
            return {"failed": str(error)}
        await_true(lambda: not engine.state().next_separator, LIMIT_S)
        took_s = time.monotonic() - since
        if engine.state().separator_name != name:
            return {"failed": _why_not(engine, name, lines)}
        deck.wait(deck.position + int(AFTER_S * rate))
        missed = (Tally.of(engine.block) - before).counts["missed_positions"]
        heard = deck.captured()[:, begin:]
    return {
        "took_s": took_s,
        "fade_frames": int(engine.block.get("switch_frames")),
        "click_ratio": largest_step(heard) / largest_step(signal.sound),
        "dead_frames": int(dead_frames(heard, signal.looped(signal.sound, heard.shape[1], 0)).sum()),
        "missed_positions": missed,
    }


def _why_not(engine: Engine, name: str, lines: list[str]) -> str:
    """What the host said; a change that is still under way is called off."""
    if engine.state().next_separator:
        engine.apply(SwitchSeparator(engine.state().separator_name))
        await_true(lambda: not engine.state().next_separator, LIMIT_S)
        return f"not heard within {LIMIT_S:g} s"
    return next((line for line in reversed(lines) if line.startswith(f"switch to {name}")), "it was not heard")


def changed_over(row: dict[str, Any]) -> bool:
    """Whether it came to be heard by way of a crossfade, without a gap or a click."""
    whole = "failed" not in row and row["fade_frames"] > 0
    return whole and not (row["dead_frames"] or row["missed_positions"]) and row["click_ratio"] <= CLICK
