"""`rtsep trace`: what a running host did when, as a picture for Perfetto."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from rtsep.cli.output import JsonOption, check_folders, check_json, console, plain_table
from rtsep.errors import ConfigError, RtsepError
from rtsep.jsonfile import write_json
from rtsep.shared.block import Block, attach
from rtsep.shared.hosts import running

if TYPE_CHECKING:
    from rtsep.lab.trace.figures import Figures

LONGEST_S = 600.0


def trace(
    name: Annotated[
        str | None, typer.Argument(help="Which host, as 'rtsep hosts' names it; default: the only one.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.05, max=LONGEST_S, help="How much to record.")] = 10.0,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.json[.gz]", help="Where to write it.")] = Path(
        "trace.json"
    ),
    last: Annotated[
        bool, typer.Option("--last", help="What has just been: the last seconds that are still in memory.")
    ] = False,
    on_late: Annotated[
        bool,
        typer.Option("--on-late", help="Wait for the next late hop or xrun; half the seconds before it, half after."),
    ] = False,
    json: JsonOption = None,
) -> None:
    """Record a running host's timing: callbacks, wake-ups, hops, what was late, changes. Opens in ui.perfetto.dev."""
    # Not above: numba takes half a second to import.
    from rtsep.lab.trace import chrome, figures, recording, telling

    check_json(json)
    if last and on_late:
        raise ConfigError("--last looks back, --on-late waits; give one of them")
    if not {".json", ".gz"} & {output.suffix}:
        raise ConfigError(f"{output} is to hold JSON; name it .json, or .json.gz for a tenth of the size")
    check_folders(output=output, json=json)
    block = _block(name)
    out = console(json)
    if last:
        found = recording.last(block)
    elif on_late:
        with out.status(f"waiting for {block.name} to be late; Ctrl-C gives up"):
            found = recording.around_trouble(block, seconds)
        if found is None:
            raise RtsepError(f"host {block.name!r} has ended and nothing went wrong; nothing was written")
    else:
        with out.status(f"recording {block.name}"):
            found = recording.live(block, seconds)
    story = telling.tell(found)
    try:
        entries = chrome.write(story, output)
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error.strerror}; name another file after -o") from None
    result = figures.figures(story)
    write_json(json, {"file": str(output), "entries": entries, "figures": result})
    show(out, result)
    out.print(f"{output}: {entries} entries. Open it in ui.perfetto.dev or chrome://tracing.", soft_wrap=True)


def _block(name: str | None) -> Block:
    """The host that is meant, to look at only. Raises RtsepError."""
    names = [name] if name else running()
    if len(names) != 1:
        raise ConfigError(f"{len(names)} hosts run ({', '.join(names) or 'none'}); name the one to trace")
    block = attach(names[0], None)
    if not block.get("events_on"):
        raise ConfigError(f"host {block.name!r} notes no timing events; start it without trace = false")
    return block


def show(out: Console, found: Figures) -> None:
    """Durations as a table, and what was counted."""
    table = plain_table("", "# count", "# p50 us", "# p99 us", "# worst us", "# at s")
    for row in found.rows:
        cells = [f"{value:.1f}" for value in (row.p50_us, row.p99_us, row.worst_us)]
        table.add_row(row.name, str(row.count), *cells, f"{row.worst_s:.3f}")
    out.print(table)
    wrong = {name: count for name, count in found.counts.items() if name not in ("callbacks", "hops", "changes")}
    counted = "  ".join(f"[red]{name} {count}[/red]" if count else f"{name} 0" for name, count in wrong.items())
    out.print(f"{found.seconds:.2f} s  {counted}  fallback {found.fallback_ms:.0f} ms", soft_wrap=True)
    if found.lost:
        out.print(f"[yellow]{found.lost} events were overwritten before they could be read[/yellow]")
