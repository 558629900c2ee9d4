"""Commands that look and tell: devices, separators, doctor, hosts, stop."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from rtsep.cli.output import JsonOption, console, plain_table
from rtsep.errors import BlockError, RtsepError
from rtsep.host.config import default_separator
from rtsep.host.devices.probe import all_devices
from rtsep.host.doctor import examine
from rtsep.host.latency import algorithmic_ms, tier
from rtsep.host.stopping import stop_host
from rtsep.jsonfile import write_json
from rtsep.separators.registry import create, registered
from rtsep.shared.block import attach
from rtsep.shared.hosts import owners, running, sweep
from rtsep.show.sessions import SessionStore, moment_of


def devices(json: JsonOption = None) -> None:
    """List audio devices by host API; names are what --input and --output take."""
    found = all_devices()
    write_json(json, found)
    if json is None:
        table = plain_table("host API", "device", "# in", "# out", "# Hz", "# in ms", "# out ms", "")
        for device in found:
            table.add_row(
                device["host_api"],
                escape(device["name"]),
                str(device["inputs"]),
                str(device["outputs"]),
                f"{device['sample_rate']:.0f}",
                f"{device['input_latency_ms']:.1f}",
                f"{device['output_latency_ms']:.1f}",
                "default" if device["default"] else "",
            )
        out = console(json)
        out.print(table if found else "No audio device found: connect one, or start a JACK server.")
        out.print("Besides these: --device file:PATH plays a file, --device null plays silence.")


def sessions(json: JsonOption = None) -> None:
    """List the saved shows; 'rtsep run --session NAME' goes on with one."""
    found = SessionStore().list()
    write_json(json, found)
    if json is None:
        table = plain_table("session", "saved", "separator", "# scenes", "")
        for info in found:
            state = "in use" if info.in_use else "" if info.clean else "cut off"
            saved = moment_of(info.saved_s) if info.saved_s else ""
            table.add_row(
                escape(info.name), saved, escape(info.separator), str(info.scenes), escape(info.problem) or state
            )
        console(json).print(table if found else "No session yet: 'rtsep run' saves every show.")


def separators(json: JsonOption = None) -> None:
    """List the installed separators with what they promise."""
    specs, broken = {}, []
    for name in registered():
        try:
            specs[name] = create(name).spec
        except RtsepError as error:
            broken.append({"name": name, "error": str(error)})
    found = [
        {
            "name": name,
            "tier": tier(algorithmic_ms(spec)),
            "latency_ms": algorithmic_ms(spec),
            "default": name == default_separator(),
            "spec": spec,
        }
        for name, spec in specs.items()
    ]
    write_json(json, {"separators": found, "broken": broken})
    if json is None:
        out = console(json)
        for name, spec in specs.items():
            latency, exact = algorithmic_ms(spec), "stems add up exactly" if spec.exact_sum else "stems need not add up"
            out.print(
                f"[bold]{name}[/bold]  {tier(latency)} tier, {latency:.1f} ms (hop {spec.hop} + delay {spec.delay}), "
                f"{exact}{'; plays when none is named' if name == default_separator() else ''}",
                soft_wrap=True,
            )
            out.print(f"    {' '.join(spec.stems)}; {' '.join(map(str, spec.sample_rates))} Hz")
            for knob in spec.parameters:
                limits = f"{knob.minimum:g}..{knob.maximum:g} {knob.unit}".strip()
                out.print(f"    {knob.name}: {limits}, default {knob.default:g}")
        for failure in broken:
            out.print(f"[red]{failure['name']}[/red]: {escape(failure['error'])}")


def doctor(json: JsonOption = None) -> None:
    """Examine this machine: what stands in the way of audio without dropouts, and how to grant it."""
    findings = examine()
    write_json(json, [asdict(finding) for finding in findings])
    if json is None:
        out = console(json)
        colours = {"ok": "green", "warn": "yellow", "fail": "red"}
        for finding in findings:
            colour = colours[finding.status]
            out.print(f"[{colour}]{finding.status:>4}[/{colour}]  {finding.name}: {escape(finding.detail)}")
            if finding.remedy and finding.status != "ok":
                out.print(f"      [dim]->[/dim] {escape(finding.remedy)}")
    if any(finding.status == "fail" for finding in findings):
        raise typer.Exit(1)


def hosts(json: JsonOption = None) -> None:
    """List the hosts that run on this machine; clean up after any that crashed."""
    swept, blocks, foreign = sweep(), {}, {}
    for name in running():
        try:
            blocks[name] = attach(name, None)
        except BlockError as error:
            foreign[name] = str(error)
    found = {name: owners(block) for name, block in blocks.items()}
    plays = {
        name: {
            "separator": block.text("separator"),
            "runtime": block.text("runtime"),
            "osc_port": int(block.get("osc_port")),
        }
        for name, block in blocks.items()
    }
    write_json(json, {"hosts": found, "plays": plays, "foreign": foreign, "swept": swept})
    if json is None:
        out = console(json)
        for name, pids in found.items():
            playing = " on ".join(filter(None, (plays[name]["separator"], plays[name]["runtime"])))
            osc = f"  OSC {plays[name]['osc_port']}" if plays[name]["osc_port"] else ""
            orphan = "" if "control" in pids else "  (its control process is gone: 'rtsep run --attach' takes it over)"
            line = f"{name}  {playing}{osc}  " + "  ".join(f"{role} {pid}" for role, pid in pids.items()) + orphan
            out.print(line, soft_wrap=True)
        for words in foreign.values():
            out.print(words, soft_wrap=True, markup=False)
        if not found and not foreign:
            out.print("No host runs.")


def stop(
    name: Annotated[
        str | None, typer.Argument(help="Which host, as 'rtsep hosts' names it; default: the only one.")
    ] = None,
    json: JsonOption = None,
) -> None:
    """End a running host, also one whose control process is gone."""
    names = running()
    if name is None and len(names) != 1:
        raise RtsepError(f"{len(names)} hosts run ({', '.join(names) or 'none'}); name the one to stop")
    stopped = name or names[0]
    stop_host(stopped)
    write_json(json, {"stopped": stopped})
    if json is None:
        console(json).print(f"{stopped} has ended.")
