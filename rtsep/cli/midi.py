"""`rtsep midi`: which ports there are, what the controls play, learning, and what a controller sends."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from rtsep.cli.ctl import where
from rtsep.cli.output import JsonOption, console
from rtsep.errors import ConfigError
from rtsep.host.config import default_separator
from rtsep.jsonfile import write_json
from rtsep.midi.assignments import MidiMap
from rtsep.midi.decode import Decoder
from rtsep.midi.mapfile import decoded, map_path, write_map
from rtsep.midi.ports import MidoPorts, chosen
from rtsep.midi.starter import starter
from rtsep.separators.registry import create

midi = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="MIDI controllers: ports, map, learning, monitor.")

HostOption = Annotated[str, typer.Option("--host", help="Where the host runs.")]
PortOption = Annotated[int | None, typer.Option("--port", help="Where it hears OSC; default: as it says itself.")]


@midi.command("ports")
def ports(json: JsonOption = None) -> None:
    """List the MIDI ports; their names, or parts of them, are what `rtsep run --midi` takes."""
    there = MidoPorts()
    inputs, outputs = there.inputs(), there.outputs()
    write_json(json, {"inputs": inputs, "outputs": outputs})
    if json is None:
        out = console(json)
        for name in dict.fromkeys([*inputs, *outputs]):
            ways = " and ".join(way for way, names in (("in", inputs), ("out", outputs)) if name in names)
            out.print(f"{escape(name)}  ({ways})", soft_wrap=True)
        if not inputs and not outputs:
            out.print("No MIDI port found: connect a controller.")


@midi.command("map")
def show_map(
    file: Annotated[Path | None, typer.Option(help="The map; default: the one in your configuration folder.")] = None,
    write_starter: Annotated[
        bool, typer.Option("--starter", help="Write a map to start from: faders, pans, mutes, solos, kills, scenes.")
    ] = False,
    separator: Annotated[str | None, typer.Option(help="Whose stems the starter is for.")] = None,
    json: JsonOption = None,
) -> None:
    """Show which control plays what, or write a map to start from."""
    path = map_path(str(file) if file else None)
    out = console(json)
    if write_starter:
        if path.exists():
            raise ConfigError(f"{path} is there already; move it away, or name another with --file")
        write_map(path, starter(create(separator or default_separator()).spec.stems))
    if not path.exists():
        raise ConfigError(f"{path} is not there; --starter writes it, and so does learning")
    midi_map, wrong = decoded(_read(path))
    write_json(json, midi_map)
    if json is None:
        out.print(f"{path}:", soft_wrap=True)
        out.print(_table(midi_map))
    for words in wrong:
        out.print(f"[red]wrong:[/red] {escape(words)}", soft_wrap=True)


@midi.command("learn")
def learn(
    path: Annotated[str, typer.Argument(help="The OSC address to be played, such as /rtsep/stem/vocals/fader.")],
    host: HostOption = "127.0.0.1",
    port: PortOption = None,
) -> None:
    """Have the running host assign the control that moves next to an address."""
    _ask(host, where(host, port, None), "learn", path)
    typer.echo(f"Move the control that shall play {path}.")


@midi.command("forget")
def forget(
    path: Annotated[str, typer.Argument(help="The OSC address.")],
    host: HostOption = "127.0.0.1",
    port: PortOption = None,
) -> None:
    """Have the running host let no control play an address any longer."""
    _ask(host, where(host, port, None), "forget", path)
    typer.echo(f"No control plays {path} any longer.")


@midi.command("monitor")
def monitor(
    port: Annotated[str, typer.Argument(help="Name of the port, or a part of it.")],
    seconds: Annotated[float | None, typer.Option(help="Stop after this time.")] = None,
) -> None:
    """Print what a controller sends, until Ctrl-C."""
    there = MidoPorts()
    names = there.inputs()
    found = chosen(port, names)
    if not found:
        raise ConfigError(f"no MIDI input {port!r}; there are: {', '.join(map(repr, names)) or 'none'}")
    opened = [there.open_input(name, lambda raw, name=name: typer.echo(described(name, raw))) for name in found]
    try:
        threading.Event().wait(seconds)
    finally:
        for one in opened:
            one.close()


def described(port: str, raw: bytes) -> str:
    """A message as one line.

    >>> described("nano", bytes((0xB0, 7, 100)))
    'nano  b0 07 64  cc 7 channel 1 value 100'
    """
    touches = [
        f"{touch.kind}{'' if touch.kind == 'pitch' else f' {touch.number}'} channel {touch.channel} value {touch.value}"
        for touch in Decoder().feed(port, raw, 0.0)
    ]
    return "  ".join([port, raw.hex(" "), *touches])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None


def _table(midi_map: MidiMap) -> Table:
    table = Table("control", "plays", "mode", "", box=None, header_style="bold", pad_edge=False)
    for entry in midi_map.assignments:
        ends = "" if entry.low is entry.high is None else f"{_end(entry.low)}..{_end(entry.high)}"
        table.add_row(escape(str(entry.source)), entry.path, entry.mode, ends)
    return table


def _end(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _ask(host: str, port: int, service: str, path: str) -> None:
    """Send to the host. Raises ConfigError with its words, RemoteError if it is not there."""
    from rtsep.osc.client import RemoteEngine  # here: only two of the commands talk to a host

    with RemoteEngine(host, port) as engine:
        engine.ask(f"/rtsep/midi/{service}", path)
