"""Where every command writes its JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from rtsep.errors import ConfigError


def write_json(target: str | None, value: Any) -> None:
    """Any of our values as indented JSON, to a file, or to standard output for "-"; NaN becomes null.

    Raises ConfigError if the file cannot be written.
    """
    if target is None:
        return
    raw = msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
    if target == "-":
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
        return
    try:
        Path(target).write_bytes(raw)
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}; name another file after --json") from None
