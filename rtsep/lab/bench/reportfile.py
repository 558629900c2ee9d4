"""A report's file, which `rtsep.jsonfile` writes. One of another version is refused rather than guessed at."""

from __future__ import annotations

from pathlib import Path

import msgspec

from rtsep.errors import ConfigError
from rtsep.lab.bench.report import FORMAT, VERSION, Report


class _Head(msgspec.Struct):
    format: str = ""
    version: int = 0


def read_report(path: str | Path) -> Report:
    """A report's file. Raises ConfigError if it cannot be read, is something else, or of another version."""
    try:
        raw = Path(path).read_bytes()
        head = msgspec.json.decode(raw, type=_Head)
        if head.format != FORMAT:
            raise ConfigError(f"{path} is no report of 'rtsep bench'; write one with 'rtsep bench --json FILE'")
        if head.version != VERSION:
            raise ConfigError(f"{path} is of version {head.version}, this rtsep reads {VERSION}; measure again")
        return msgspec.json.decode(raw, type=Report)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no report of 'rtsep bench': {error}") from None
