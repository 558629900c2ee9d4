"""`rtsep patches`: copies the Max package, Pure Data patches and tablet layouts to where their programs find them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rtsep.patches.copying import KINDS, copy_out


def patches(
    folder: Annotated[Path, typer.Argument(help='Where to, such as "~/Documents/Max 9/Packages".')],
    only: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(KINDS)}; may be repeated.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what an earlier version left there.")] = False,
) -> None:
    """Copy patches and layouts for Max, Pure Data, Open Stage Control and TouchOSC into a folder."""
    for made in copy_out(folder.expanduser(), tuple(only) if only else KINDS, replace):
        typer.echo(made)
