"""`rtsep run`: the live host, started from options or taken over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from rtsep.cli.ending import undisturbed
from rtsep.cli.events import Events
from rtsep.cli.options import build_config, said
from rtsep.cli.output import JsonOption, check_json, console, preparing
from rtsep.cli.resume import open_session, session_of
from rtsep.cli.surfaces import controlled
from rtsep.cli.watching import watch
from rtsep.errors import RtsepError
from rtsep.host.engine import Engine
from rtsep.host.machinefile import read_machine
from rtsep.jsonfile import write_json

_device = "Device"
_mixing = "Mixing"
_control = "Control"


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
    osc_port: Annotated[
        int | None, typer.Option(help="OSC, UDP and TCP; default 9000.", rich_help_panel=_control)
    ] = None,
    osc_listen: Annotated[
        str | None,
        typer.Option(help="Address to hear OSC at; 0.0.0.0: every network.", rich_help_panel=_control),
    ] = None,
    osc_allow: Annotated[
        list[str] | None,
        typer.Option(help="Who may send besides this machine: ADDRESS or NETWORK/BITS.", rich_help_panel=_control),
    ] = None,
    osc: Annotated[bool | None, typer.Option("--osc/--no-osc", rich_help_panel=_control)] = None,
    midi: Annotated[
        list[str] | None, typer.Option(help="MIDI port to hear and to light.", rich_help_panel=_control)
    ] = None,
    session: Annotated[
        str | None, typer.Option(help="Restore this session and autosave to it.", rich_help_panel=_control)
    ] = None,
    no_session: Annotated[
        bool, typer.Option("--no-session", help="Restore and save nothing.", rich_help_panel=_control)
    ] = False,
    attach: Annotated[str | None, typer.Option(help="Take over a host whose control process is gone.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Stop after this time.")] = None,
    json: JsonOption = None,
) -> None:
    """Separate live: device in, stems, mixer, device out. Keys mute and solo while it plays."""
    check_json(json)
    events = Events()
    top = {"separator": separator, "policy": policy, "slack": slack, "record": record}
    tables = {
        "device": {
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
        },
        "osc": {"port": osc_port, "listen": osc_listen, "allow": osc_allow, "enabled": osc},
        "midi": {"inputs": midi, "outputs": midi},
    }
    strips = {"mute": mute or [], "solo": solo or [], "gain_db": gain or [], "output": feed or []}
    opening = (
        session_of(attach, session, not no_session, events.append)
        if attach
        else open_session(session, not no_session, events.append)
    )
    if attach is None and opening.host is not None:
        attach = opening.host
        events.append(f"host {attach!r} has played on; taking it over ('rtsep stop {attach}' would end it)")
    if attach is not None:
        engine = Engine.adopt(attach, events.append)
    else:
        base = opening.config if session is not None and config is None else None
        settings = build_config(
            config, base or _machine(events.append), device, top, tables, strips, param or [], set_ or []
        )
        with preparing(console(json)):
            engine = Engine.start(settings, events.append, name)
    in_hand, left = attach is None, False
    try:
        with controlled(engine, opening, events.append) as show:
            show.apply(*said(strips, separator, policy))
            in_hand = True
            watch(engine, show, events, seconds, json)
    except RtsepError:
        left = not in_hand  # a port that is taken, or a wrong option, does not end a sound that outlived a crash
        raise
    finally:
        with undisturbed():
            last = engine.leave() if left else engine.stop()
        write_json(json, {"state": last, "events": events.all()})


def _machine(say: Callable[[str], None]) -> dict[str, Any] | None:
    """What 'rtsep bench --apply' found best here, if it was asked to."""
    found = read_machine()
    if found is not None:
        say(f"begins with {found.said}")
    return found.keys if found else None
