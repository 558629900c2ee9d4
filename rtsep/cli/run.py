"""`rtsep run`: the live host with its terminal view."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.live import Live

from rtsep.cli.ending import undisturbed
from rtsep.cli.events import Events
from rtsep.cli.keys import pressed, raw_keys
from rtsep.cli.options import build_config
from rtsep.cli.output import JsonOption, check_json, console, write_json
from rtsep.cli.view import screen
from rtsep.control import Bypass, Change, EngineState, Panic, Record, StemGain, StemMute, StemSolo
from rtsep.errors import RtsepError
from rtsep.host.engine import Engine
from rtsep.units import SILENCE_DB

REFRESH_S = 0.1
PLAIN_S = 5.0
SOLO_KEYS = "asdfghjkl"

_device = "Device"
_mixing = "Mixing"


def run(
    config: Annotated[Path | None, typer.Option("--config", "-c", help="TOML file; options below override it.")] = None,
    separator: Annotated[str | None, typer.Option("--separator", "-s", help="See 'rtsep separators'.")] = None,
    device: Annotated[
        str | None,
        typer.Option(
            "--device", "-d", help="Name for input and output; or file:PATH; or null.", rich_help_panel=_device
        ),
    ] = None,
    host_api: Annotated[
        str | None, typer.Option(help="JACK, ALSA, Core Audio, WASAPI, ASIO ...", rich_help_panel=_device)
    ] = None,
    input: Annotated[str | None, typer.Option(help="Input device, by name.", rich_help_panel=_device)] = None,
    output: Annotated[str | None, typer.Option(help="Output device, by name.", rich_help_panel=_device)] = None,
    rate: Annotated[int | None, typer.Option(help="Hz; default: the device's.", rich_help_panel=_device)] = None,
    block: Annotated[int | None, typer.Option(help="Frames in a callback.", rich_help_panel=_device)] = None,
    inputs: Annotated[
        str | None, typer.Option(help="Device channels to separate, as 1,2.", rich_help_panel=_device)
    ] = None,
    outputs: Annotated[
        str | None, typer.Option(help="Device channels for the mix, as 1,2.", rich_help_panel=_device)
    ] = None,
    exclusive: Annotated[
        bool | None, typer.Option("--exclusive", help="WASAPI exclusive mode.", rich_help_panel=_device)
    ] = None,
    write: Annotated[
        str | None, typer.Option(help="File device: write its output here.", rich_help_panel=_device)
    ] = None,
    loop: Annotated[
        bool | None, typer.Option("--loop", help="File device: start over at the end.", rich_help_panel=_device)
    ] = None,
    flat_out: Annotated[
        bool, typer.Option("--flat-out", help="File device: not in real time.", rich_help_panel=_device)
    ] = False,
    mute: Annotated[list[str] | None, typer.Option(help="Stem to mute at the start.", rich_help_panel=_mixing)] = None,
    solo: Annotated[list[str] | None, typer.Option(help="Stem to solo at the start.", rich_help_panel=_mixing)] = None,
    gain: Annotated[list[str] | None, typer.Option(help="STEM=dB at the start.", rich_help_panel=_mixing)] = None,
    feed: Annotated[
        list[str] | None, typer.Option(help="STEM=CHANNEL: the stem's own outputs.", rich_help_panel=_mixing)
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE for the separator.", rich_help_panel=_mixing)
    ] = None,
    policy: Annotated[
        str | None, typer.Option(help="When stems are late: dry, or mute-safe.", rich_help_panel=_mixing)
    ] = None,
    slack: Annotated[int | None, typer.Option(help="Frames granted for a hop; default: measured.")] = None,
    record: Annotated[str | None, typer.Option(help="Record mix and stems into this folder.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="Any key of the TOML file: KEY=VALUE.")] = None,
    name: Annotated[str | None, typer.Option(help="Name this host, for 'rtsep hosts' and 'rtsep stop'.")] = None,
    attach: Annotated[str | None, typer.Option(help="Take over a host whose control process is gone.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Stop after this time.")] = None,
    json: JsonOption = None,
) -> None:
    """Separate live: device in, stems, mixer, device out. Keys mute and solo while it plays."""
    check_json(json)
    events = Events()
    if attach is not None:
        engine = Engine.adopt(attach, events.append)
    else:
        top = {"separator": separator, "policy": policy, "slack": slack, "record": record}
        below = {
            "host_api": host_api,
            "input": input,
            "output": output,
            "sample_rate": rate,
            "block": block,
            "input_channels": inputs,
            "output_channels": outputs,
            "exclusive": exclusive,
            "write": write,
            "loop": loop,
            "paced": False if flat_out else None,
        }
        strips = {"mute": mute or [], "solo": solo or [], "gain_db": gain or [], "output": feed or []}
        engine = Engine.start(
            build_config(config, device, top, below, strips, param or [], set_ or []), events.append, name
        )
    try:
        watch(engine, events, seconds, json)
    finally:
        with undisturbed():
            last = engine.stop()
        write_json(json, {"state": last, "events": events.all()})


def watch(engine: Engine, events: Events, seconds: float | None, json_to: str | None) -> None:
    """Show the engine until it finishes, `seconds` are over, somebody stops it, or 'q' is pressed."""
    end = None if seconds is None else time.monotonic() + seconds
    out = console(json_to)
    chosen = 0

    def going() -> bool:
        return not engine.finished() and not engine.block.get("stop") and (end is None or time.monotonic() < end)

    if not out.is_terminal:
        plain(engine, events, going, partial(out.print, soft_wrap=True))
        return
    with raw_keys(), Live(console=out, refresh_per_second=1.0 / REFRESH_S, transient=False) as live:
        while going():
            state = engine.state()
            live.update(screen(state, chosen, events.recent(), SOLO_KEYS))
            time.sleep(REFRESH_S)
            while (key := pressed()) is not None:
                if key == "q":
                    return
                if key in ("left", "right"):
                    chosen = (chosen + (1 if key == "right" else -1)) % len(state.strips)
                    continue
                try:
                    engine.apply(*changes_for(key, chosen, engine.state()))
                except RtsepError as error:
                    events.append(str(error))


def plain(engine: Engine, events: Events, going: Callable[[], bool], say: Callable[[str], None]) -> None:
    """Without a terminal: one line now and then, and every event."""
    next_line = 0.0
    while going():
        if time.monotonic() >= next_line:
            next_line = time.monotonic() + PLAIN_S
            state = engine.state()
            say(
                f"{state.position / state.sample_rate:.1f} s  {state.device}  {state.separator.name}  "
                f"latency {state.budget.total} frames  late hops {state.counters.late_hops}  xruns {state.counters.xruns}  "
                f"mix {state.mix_level.peak_db:.1f} dBFS"
            )
        for event in events.untold():
            say(f"! {event}")
        sys.stdout.flush()
        time.sleep(REFRESH_S)
    for event in events.untold():
        say(f"! {event}")


def changes_for(key: str, chosen: int, state: EngineState) -> list[Change]:
    """What a key asks for; nothing for a key without meaning."""
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
    if key == "b":
        return [Bypass(not state.bypass)]
    if key == "p":
        return [Panic(not state.panic)]
    if key == "r":
        going = bool(state.recording) and "stopped" not in state.recording
        return [Record(None if going else time.strftime("recording-%Y-%m-%d-%H-%M-%S"))]
    return []
