"""`rtsep ctl`: a running host from the shell, by its OSC addresses."""

from __future__ import annotations

import ipaddress
import sys
from typing import Annotated

import typer

from rtsep.cli.ctlwatch import watch
from rtsep.cli.ctlwords import described, full_path, parsed, printed, within
from rtsep.cli.output import JsonOption, check_json, console
from rtsep.errors import ConfigError
from rtsep.jsonfile import write_json
from rtsep.osc.client import RemoteEngine
from rtsep.shared.block import attach
from rtsep.shared.hosts import local_hosts
from rtsep.surfaces import OSC_PORT

TIMEOUT_S = 5.0


def ctl(
    path: Annotated[
        str, typer.Argument(metavar="[PATH]", help="An address, with or without /rtsep/ before it; wildcards too.")
    ] = "",
    values: Annotated[
        list[str] | None, typer.Argument(metavar="[VALUE]...", help="What to set; without any, the address is asked.")
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Address of the machine.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option("--port", help="Where it hears OSC; default: as it says itself.")] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Which host on this machine, as 'rtsep hosts' names it.")
    ] = None,
    follow: Annotated[
        bool, typer.Option("--watch", help="Print what changes at PATH and below, until Ctrl-C.")
    ] = False,
    meters: Annotated[
        float, typer.Option("--meters", min=0.0, max=30.0, help="With --watch: meters, times a second.")
    ] = 0.0,
    tree: Annotated[bool, typer.Option("--list", help="Print what addresses there are at PATH and below.")] = False,
    json: JsonOption = None,
) -> None:
    """Set, ask, press, list or watch the controls of a running host."""
    check_json(json)
    if not (path or follow or tree):
        raise ConfigError("name an address, such as stem/vocals/gain_db; 'rtsep ctl --list' shows them all")
    if values and (follow or tree):
        raise ConfigError(f"--{'watch' if follow else 'list'} takes one address and no values")
    with RemoteEngine(host, where(host, port, name), TIMEOUT_S) as engine:
        if follow:
            watch(engine, full_path(path), meters, json)
        elif tree:
            _list(engine, full_path(path), json)
        else:
            _say(engine, full_path(path), values or [], json)


def where(host: str, port: int | None, name: str | None) -> int:
    """The port of the host that is meant: the one named, or the only one here. Raises ConfigError if that is not clear."""
    if port is not None:
        return port
    if name is None and not _is_here(host):
        return OSC_PORT
    if name is not None:
        if not (port := int(attach(name, None).get("osc_port"))):
            raise ConfigError(f"{name} hears no OSC; start it with OSC, or leave out --name")
        return port
    hearing = [each for each in local_hosts() if each.osc_port]
    if len(hearing) > 1:
        names = ", ".join(sorted(each.name for each in hearing))
        raise ConfigError(f"{len(hearing)} hosts run ({names}); choose one by --name")
    return hearing[0].osc_port if hearing else OSC_PORT


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _say(engine: RemoteEngine, path: str, texts: list[str], json: str | None) -> None:
    """Send one message and print what is answered: a lone value by itself, several after their addresses."""
    values = parsed(engine.addresses().get(path), path, texts) if texts else ()
    answers = engine.ask(path, *values)
    write_json(json, dict(answers))
    if json is None:
        for answered, found in answers:
            line = printed(found)
            print(line if [answered] == [path] else f"{answered} {line}")
        sys.stdout.flush()


def _list(engine: RemoteEngine, path: str, json: str | None) -> None:
    addresses = [address for address in engine.addresses().values() if within(address.path, path)]
    if not addresses:
        raise ConfigError(f"there is no address {path}, and nothing below it; 'rtsep ctl --list' shows them all")
    rows = [described(address) for address in addresses]
    write_json(json, rows)
    if json is None:
        out = console(json)
        for row in rows:
            words = " ".join(filter(None, (row["path"], row["arguments"])))
            out.print(f"{words}  ({row['access']})", markup=False, soft_wrap=True, style="bold")
            out.print(f"    {row['about']}", markup=False, soft_wrap=True)
