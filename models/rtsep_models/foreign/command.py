"""`rtsep inspect FILE`: what a file is, and whether it can play live on this machine. Imports nothing heavy."""

from __future__ import annotations

from typing import Annotated

import typer


def inspect(
    files: Annotated[
        list[str],
        typer.Argument(
            help="nn~ (.ts), Neutone (.nm), ONNX with a TOML; FILE.ts:METHOD@RATE says what of a file to play."
        ),
    ],
    block: Annotated[
        int | None, typer.Option(min=8, max=8192, help="Frames in a callback; default: the usual ones.")
    ] = None,
    rate: Annotated[int, typer.Option(min=8000, max=384000, help="The device's, Hz.")] = 48000,
    again: Annotated[bool, typer.Option("--again", help="Measure anew what is known already.")] = False,
    json: Annotated[
        str | None, typer.Option("--json", metavar="[FILE]", help="Write JSON to FILE, or to standard output.")
    ] = None,
) -> None:
    """Say what a foreign model is, hear it in a sandbox, and tell whether it can play live on this machine.

    The exit status is the number of files that cannot.
    """
    from rtsep.errors import SeparatorError
    from rtsep.jsonfile import write_json
    from rtsep.separators.files import whole_name
    from rtsep_models.foreign.inspection import as_json, inspected, lines

    found, failed = [], 0
    for name in files:
        try:
            seen = inspected(whole_name(name), rate, (block,) if block else None, again)
        except SeparatorError as error:
            failed += 1
            found.append({"file": name, "problem": str(error)})
            if json is None:
                typer.echo(str(error), err=True)
            continue
        failed += not seen.live
        found.append(as_json(seen))
        if json is None:
            typer.echo("\n".join(lines(seen)))
    write_json(json, found)
    raise typer.Exit(min(failed, 125))
