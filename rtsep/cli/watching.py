"""Watching a running host: its view and keys on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from rich.live import Live

from rtsep.changes import Bypass, Change, Panic, Record, StemGain, StemMute, StemSolo, SwitchSeparator, new_take
from rtsep.cli.events import Events
from rtsep.cli.keys import pressed, raw_keys
from rtsep.cli.output import console
from rtsep.cli.view import screen
from rtsep.control import EngineControl, EngineState, short_name
from rtsep.errors import RtsepError
from rtsep.host.engine import Engine
from rtsep.separators.registry import registered
from rtsep.units import SILENCE_DB

REFRESH_S = 0.1
PLAIN_S = 5.0
SOLO_KEYS = "asdfghjkl"
ENTER = ("\r", "\n")


def watch(engine: Engine, show: EngineControl, events: Events, seconds: float | None, json_to: str | None) -> None:
    """Show the engine until it finishes, `seconds` are over, somebody stops it, or 'q' is pressed."""
    end = None if seconds is None else time.monotonic() + seconds
    out = console(json_to)
    chosen = 0
    offer = ""

    def going() -> bool:
        return not engine.finished() and not engine.block.get("stop") and (end is None or time.monotonic() < end)

    if not out.is_terminal:
        plain(engine, events, going, partial(out.print, soft_wrap=True, markup=False))
        return
    with raw_keys(), Live(console=out, refresh_per_second=1.0 / REFRESH_S, transient=False) as live:
        while going():
            state = engine.state()
            chosen = min(chosen, len(state.strips) - 1)  # another separator may have fewer stems
            live.update(screen(state, chosen, events.recent(), SOLO_KEYS, offer))
            time.sleep(REFRESH_S)
            while (key := pressed()) is not None:
                if key == "q":
                    return
                if key in ("left", "right"):
                    chosen = (chosen + (1 if key == "right" else -1)) % len(state.strips)
                    continue
                if key == "n":
                    offer = following(offer or state.separator_name)
                    continue
                try:
                    now = engine.state()
                    show.apply(*changes_for(key, min(chosen, len(now.strips) - 1), now, offer))
                except RtsepError as error:
                    events.append(str(error))
                offer = "" if key in ENTER else offer


def plain(engine: Engine, events: Events, going: Callable[[], bool], say: Callable[[str], None]) -> None:
    """Without a terminal: one line now and then, and every event."""
    next_line = 0.0
    while going():
        if time.monotonic() >= next_line:
            next_line = time.monotonic() + PLAIN_S
            state = engine.state()
            say(
                f"{state.position / state.sample_rate:.1f} s  {state.device}  {short_name(state.separator_name)}  "
                f"latency {state.budget.total} frames  late hops {state.counters.late_hops}  xruns {state.counters.xruns}  "
                f"mix {state.mix_level.peak_db:.1f} dBFS"
            )
        for event in events.untold():
            say(f"! {event}")
        sys.stdout.flush()
        time.sleep(REFRESH_S)
    for event in events.untold():
        say(f"! {event}")


def following(name: str) -> str:
    """The registered separator after this one, the first after the last."""
    names = list(registered())
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


def changes_for(key: str, chosen: int, state: EngineState, offer: str = "") -> list[Change]:
    """What a key asks for; nothing for a key without meaning. `offer`: the separator that Enter switches to."""
    strips = state.strips
    if key == "0":
        return [change for s in strips for change in (StemMute(s.stem, False), StemSolo(s.stem, False))]
    if key in "123456789" and int(key) <= len(strips):
        strip = strips[int(key) - 1]
        return [StemMute(strip.stem, not strip.mute)]
    if key in SOLO_KEYS and SOLO_KEYS.index(key) < len(strips):
        strip = strips[SOLO_KEYS.index(key)]
        return [StemSolo(strip.stem, not strip.solo)]
    if key in ("up", "down"):
        strip = strips[chosen]
        gain = min(12.0, max(SILENCE_DB, strip.gain_db + (1.0 if key == "up" else -1.0)))
        return [StemGain(strip.stem, gain)]
    if key in ENTER and offer:
        return [SwitchSeparator(offer)]
    if key == "b":
        return [Bypass(not state.bypass)]
    if key == "p":
        return [Panic(not state.panic)]
    if key == "r":
        going = bool(state.recording) and "stopped" not in state.recording
        return [Record(None) if going else new_take()]
    return []
