"""Where commands print: a console for people, the option that asks for JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.status import Status
from rich.table import Table

from rtsep.errors import ConfigError

JsonOption = Annotated[
    str | None, typer.Option("--json", metavar="[FILE]", help="Write JSON to FILE, or to standard output without one.")
]

_AUDIO = {".wav", ".flac", ".ogg", ".opus", ".mp3", ".aif", ".aiff"}


def console(json_to: str | None) -> Console:
    """Standard output, or standard error when standard output carries the JSON."""
    return Console(stderr=json_to == "-", highlight=False)


def preparing(out: Console) -> Status:
    """While a host starts. On a terminal alone."""
    return out.status("getting ready; a first start compiles what it plays with, which can take half a minute")


def check_json(json_to: str | None) -> None:
    """Refuse to overwrite a sound file that was meant as an argument. Raises ConfigError."""
    if json_to and Path(json_to).suffix.lower() in _AUDIO:
        raise ConfigError(f"--json would overwrite {json_to}; name a .json file after --json, or put it last")


def check_folders(**files: str | Path | None) -> None:
    """Before what takes long: refuse files, by option, whose folders are not there. Raises ConfigError."""
    for option, file in files.items():
        if file is not None and not Path(file).parent.is_dir():
            raise ConfigError(
                f"{file} cannot be written: there is no folder {Path(file).parent}; name another file after --{option}"
            )


def plain_table(*columns: str) -> Table:
    """A table without lines; columns whose name begins with # are aligned as numbers."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column.startswith("#") else "left")
    return table
