"""`rtsep latency`: the round trip of a loop, measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console

from rtsep.cli.latencytables import show_acceptance, show_every, show_rows, show_through
from rtsep.cli.options import build_config
from rtsep.cli.output import JsonOption, check_json, console
from rtsep.errors import ConfigError
from rtsep.jsonfile import write_json
from rtsep.lab import selftest
from rtsep.lab.everyseparator import every_acceptance, every_separator
from rtsep.lab.grid import rows as measured_rows
from rtsep.lab.loops import write_pattern
from rtsep.lab.machine import this_machine
from rtsep.lab.plot import plot as write_plot
from rtsep.lab.synthetic import SyntheticLoop, parse_loop
from rtsep.lab.takes import LoopConfig, Request
from rtsep.lab.through import measure_through

_where = "Device"
_how = "Measurement"
DEFAULT_RATE = 48000
ALL = "all"


def latency(
    device: Annotated[
        str | None,
        typer.Option(
            "--device",
            "-d",
            help="Name for input and output; file:PATH: a recording of --write-probe's file; null: --loop.",
            rich_help_panel=_where,
        ),
    ] = None,
    host_api: Annotated[
        str | None, typer.Option(help="JACK, ALSA, Core Audio, WASAPI, ASIO ...", rich_help_panel=_where)
    ] = None,
    input: Annotated[str | None, typer.Option(help="Input device, by name.", rich_help_panel=_where)] = None,
    output: Annotated[str | None, typer.Option(help="Output device, by name.", rich_help_panel=_where)] = None,
    input_channel: Annotated[
        str | None, typer.Option(help="Where the cable ends; default 1.", rich_help_panel=_where)
    ] = None,
    output_channel: Annotated[
        str | None, typer.Option(help="Where the cable begins; default 1.", rich_help_panel=_where)
    ] = None,
    rate: Annotated[int | None, typer.Option(help="Hz; default: the device's.", rich_help_panel=_where)] = None,
    block: Annotated[int | None, typer.Option(help="Frames in a callback.", rich_help_panel=_where)] = None,
    exclusive: Annotated[
        bool | None, typer.Option("--exclusive", help="WASAPI exclusive mode.", rich_help_panel=_where)
    ] = None,
    connect: Annotated[
        list[str] | None,
        typer.Option(help="JACK cable SOURCE=TARGET; 'out' and 'in' are ours: out=in.", rich_help_panel=_where),
    ] = None,
    loop: Annotated[
        str | None,
        typer.Option(help="Null device: delay=100.25,snr_db=20,inverted=true ...", rich_help_panel=_where),
    ] = None,
    blocks: Annotated[str | None, typer.Option(help="Measure each, as 32,64,128.", rich_help_panel=_how)] = None,
    rates: Annotated[str | None, typer.Option(help="Measure each, as 44100,48000.", rich_help_panel=_how)] = None,
    host_apis: Annotated[str | None, typer.Option(help="Measure each, as ALSA,JACK.", rich_help_panel=_how)] = None,
    shots: Annotated[int, typer.Option(help="How many times the probe sounds.", rich_help_panel=_how)] = 10,
    probe: Annotated[str, typer.Option(help="sweep or mls.", rich_help_panel=_how)] = "sweep",
    level_db: Annotated[float, typer.Option(help="Peak of the probe, dBFS.", rich_help_panel=_how)] = -12.0,
    longest_ms: Annotated[float, typer.Option(help="Longest delay looked for.", rich_help_panel=_how)] = 500.0,
    through: Annotated[
        str | None,
        typer.Option(help="Measure a host with this separator, or all, against its budget.", rich_help_panel=_how),
    ] = None,
    write_probe: Annotated[
        Path | None, typer.Option(help="Only write the probe as a sound file.", rich_help_panel=_how)
    ] = None,
    self_test: Annotated[
        bool, typer.Option("--self-test", help="Measure loops whose delay is known.", rich_help_panel=_how)
    ] = False,
    plot: Annotated[str | None, typer.Option(metavar="FILE.png", help="Draw it.", rich_help_panel=_how)] = None,
    json: JsonOption = None,
) -> None:
    """Measure the latency from an output to an input that a cable joins: frames, ms, jitter, drift."""
    check_json(json)
    if self_test:
        return _self_test(json)
    keys = {
        "host_api": host_api,
        "input": input,
        "output": output,
        "sample_rate": rate,
        "block": block,
        "exclusive": exclusive,
        "input_channels": input_channel,
        "output_channels": output_channel,
    }
    chosen = build_config(None, None, device, {}, {"device": keys}, {}, [], []).device
    if loop is not None and chosen.kind != "null":
        raise ConfigError("--loop describes a synthetic loop; give --device null with it")
    synthetic = parse_loop(loop) if loop else SyntheticLoop()
    config = LoopConfig(device=chosen, connect=tuple(connect or ()), loop=synthetic)
    request = _request(probe=probe, shots=shots, level_db=level_db, longest_ms=longest_ms)
    out = console(json)
    if write_probe is not None:
        write_pattern(str(write_probe), request, rate or DEFAULT_RATE)
        out.print(f"{write_probe}: play it, record the input from its first sample on, then --device file:RECORDING")
        return None
    if through is not None:
        return _every(out, config, request, json) if through == ALL else _through(out, through, config, request, json)
    with out.status("measuring"):
        settings = (_words(host_apis), _numbers("rates", rates), _numbers("blocks", blocks))
        rows = list(measured_rows(config, request, *settings))
    write_json(json, {"request": request, "rows": [row.plain() for row in rows]})
    show_rows(out, rows)
    if plot is not None:
        write_plot(plot, rows)
    if not any(row.found and row.found.verdict == "found" for row in rows):
        raise typer.Exit(1)
    return None


def _through(out: Console, separator: str, config: LoopConfig, request: Request, json: str | None) -> None:
    found = measure_through(separator, config, request)
    write_json(json, {"through": found, "errors": found.errors})
    show_through(out, found)


def _every(out: Console, config: LoopConfig, request: Request, json: str | None) -> None:
    """Exit status 1 if a separator is not where it says it is."""
    with out.status("measuring every separator"):
        rows = list(every_separator(config, request))
    entries = every_acceptance(rows)
    write_json(json, {"acceptance": entries, "machine": this_machine(), "separators": rows})
    show_every(out, rows)
    if not all(entry["holds"] for entry in entries):
        raise typer.Exit(1)


def _request(**values: Any) -> Request:
    try:
        return msgspec.convert(values, Request)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{error}; see 'rtsep latency --help'") from None


def _words(text: str | None) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()] if text else []


def _numbers(option: str, text: str | None) -> list[int]:
    try:
        return [int(part) for part in _words(text)]
    except ValueError:
        raise ConfigError(f"--{option} {text!r}: give whole numbers, as 64,128") from None


def _self_test(json: str | None) -> None:
    """Exit status 1 if a bound does not hold."""
    out = console(json)
    with out.status("measuring loops whose delay is known"):
        rows = selftest.synthetic()
        iodelay = selftest.iodelay_rows() if selftest.can_ask_jack() else None
    entries = selftest.acceptance(rows, iodelay)
    write_json(json, {"acceptance": entries, "machine": this_machine(), "synthetic": rows, "jack_iodelay": iodelay})
    show_acceptance(out, entries)
    if iodelay is None:
        out.print("jackd or jack_iodelay is not installed: not compared with it.")
    if not all(entry["holds"] for entry in entries):
        raise typer.Exit(1)
