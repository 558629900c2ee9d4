"""Where commands print: a console for people, JSON for programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console

from rtsep.errors import ConfigError

JsonOption = Annotated[
    str | None, typer.Option("--json", metavar="[FILE]", help="Write JSON to FILE, or to standard output without one.")
]

_AUDIO = {".wav", ".flac", ".ogg", ".opus", ".mp3", ".aif", ".aiff"}


def console(json_to: str | None) -> Console:
    """Standard output, or standard error when standard output carries the JSON."""
    return Console(stderr=json_to == "-", highlight=False)


def check_json(json_to: str | None) -> None:
    """Refuse to overwrite a sound file that was meant as an argument. Raises ConfigError."""
    if json_to and Path(json_to).suffix.lower() in _AUDIO:
        raise ConfigError(f"--json would overwrite {json_to}; name a .json file after --json, or put it last")


def write_json(json_to: str | None, value: Any) -> None:
    """Any of our values as indented JSON. Raises ConfigError if the file cannot be written."""
    if json_to is None:
        return
    raw = msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
    if json_to == "-":
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
        return
    try:
        Path(json_to).write_bytes(raw)
    except OSError as error:
        raise ConfigError(f"{json_to} cannot be written: {error.strerror}; name another file after --json") from None
