"""`rtsep run`: the live host, started from options or taken over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rtsep.cli.ending import undisturbed
from rtsep.cli.events import Events
from rtsep.cli.options import build_config
from rtsep.cli.output import JsonOption, check_json
from rtsep.cli.watching import watch
from rtsep.host.engine import Engine
from rtsep.jsonfile import write_json

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
