"""The file of assignments: JSON, an assignment a line, to be edited by hand. What is damaged is set aside, not lost."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from rtsep.errors import ConfigError
from rtsep.midi.assignments import Assignment, MidiMap


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file, with its assignments not looked at yet."""

    version: int = 1
    assignments: tuple[Any, ...] = ()


def map_path(named: str | None) -> Path:
    """The file that `midi.map` names, or the user's own."""
    return Path(named).expanduser() if named else platformdirs.user_config_path("rtsep") / "midi.json"


def encoded(midi_map: MidiMap) -> bytes:
    """A map as it stands in its file."""
    lines = b",\n    ".join(msgspec.json.format(msgspec.json.encode(a), indent=0) for a in midi_map.assignments)
    body = b"\n    " + lines + b"\n  " if lines else b""
    return b'{\n  "version": %d,\n  "assignments": [%b]\n}\n' % (midi_map.version, body)


def read_map(path: Path, say: Callable[[str], None]) -> MidiMap:
    """The map in a file; an empty one if there is none. Raises nothing.

    A file with something wrong in it is set aside and `say` hears what; the assignments that are right go on, in a new one.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return MidiMap()
    except OSError as error:
        say(f"MIDI: {path} cannot be read: {error.strerror}; no control plays anything until one is learned")
        return MidiMap()
    midi_map, wrong = decoded(raw)
    if wrong:
        try:
            aside = _set_aside(path)
            if midi_map.assignments:
                write_map(path, midi_map)
            where = f"it is kept as {aside.name}"
        except (OSError, ConfigError) as error:
            where = f"it could not be set aside: {error}"
        count = len(midi_map.assignments)
        say(f"MIDI: {path} is damaged, {count} of its assignments are in use, {where}; {'; '.join(wrong)}")
    return midi_map


def decoded(raw: bytes) -> tuple[MidiMap, list[str]]:
    """The map in `raw` as far as it is right, and what is wrong with the rest."""
    try:
        whole = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return MidiMap(), [str(error)]
    if whole.version != 1:
        return MidiMap(), [f"its version is {whole.version}, this rtsep knows 1; update rtsep"]
    right: list[Assignment] = []
    wrong: list[str] = []
    for place, entry in enumerate(whole.assignments, start=1):
        try:
            right.append(msgspec.convert(entry, Assignment))
        except (msgspec.ValidationError, ConfigError) as error:
            wrong.append(f"assignment {place}: {error}")
    return MidiMap(assignments=tuple(right)), wrong


def write_map(path: Path, midi_map: MidiMap) -> None:
    """Put a map in place of what was there, whole or not at all. Raises ConfigError if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with open(handle, "wb") as file:
                file.write(encoded(midi_map))
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; name another file by midi.map") from None


def _set_aside(path: Path) -> Path:
    """Rename a damaged file; where to. Raises OSError."""
    return path.rename(path.with_name(f"{path.name}.damaged-{time.time_ns()}"))
