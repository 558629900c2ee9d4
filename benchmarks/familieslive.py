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


def changes(names: list[str], rate: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """From HOME to each of them, and back, in one host that plays steady tones: what was heard and counted."""
    signal, lines = tones(rate), list[str]()
    with (
        JackServer(rate, BLOCK),
        host(jack_config(HOME), on_event=lines.append) as engine,
    ):
        for name in names:
            yield name, (row := _change(engine, signal, name, lines))
            say(f"{HOME} to {name}: {row}")
            if "failed" not in row:
                _change(engine, signal, HOME, lines)


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
            return {"failed": lines[-1] if lines else f"{name} was not heard within {LIMIT_S:g} s"}
        deck.wait(deck.position + int(AFTER_S * rate))
        counts = (Tally.of(engine.block) - before).counts
        heard = deck.captured()[:, begin:]
    return {
        "took_s": took_s,
        "fade_frames": int(engine.block.get("switch_frames")),
        "click_ratio": largest_step(heard) / largest_step(signal.sound),
        "dead_frames": int(dead_frames(heard, signal.looped(signal.sound, heard.shape[1], 0)).sum()),
        "missed_positions": counts["missed_positions"],
        "late_hops": counts["late_hops"],
    }


def changed_over(row: dict[str, Any]) -> bool:
    """Whether it came to be heard by way of a crossfade, without a gap or a click."""
    whole = "failed" not in row and row["fade_frames"] > 0
    return whole and not (row["dead_frames"] or row["missed_positions"]) and row["click_ratio"] <= CLICK
