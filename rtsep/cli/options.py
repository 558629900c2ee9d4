"""From command-line options and a TOML file to one `HostConfig`: both say the same things, options win."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from rtsep.changes import Change, Late, StemGain, StemMute, StemOutput, StemSolo, SwitchSeparator
from rtsep.errors import ConfigError
from rtsep.host.config import HostConfig, read_keys
from rtsep.separators.files import whole_name


def build_config(
    path: Path | None,
    base: HostConfig | Mapping[str, Any] | None,
    device: str | None,
    top: Mapping[str, Any],
    tables: Mapping[str, Mapping[str, Any]],
    strips: Mapping[str, Sequence[str]],
    params: Sequence[str],
    settings: Sequence[str],
) -> HostConfig:
    """Options over the file at `path`, that over `base`, that over the defaults. Raises ConfigError, SeparatorError.

    `base` is a whole configuration, or what a file like that at `path` says.
    `top` are keys of the file's top level, `tables` of its tables ([device], [osc] ...); None is not given. `strips` are
    lists of STEM or STEM=VALUE by key, `params` NAME=VALUE, `settings` KEY=VALUE with dotted keys.
    """
    whole: dict[str, Any] = msgspec.to_builtins(base if isinstance(base, HostConfig) else HostConfig())
    if isinstance(base, Mapping):
        _lay(whole, base)
    if path:
        _lay(whole, read_keys(path))
    whole |= {key: value for key, value in top.items() if value is not None}
    if device is not None:
        whole["device"] |= _device(device)
    for table, keys in tables.items():
        for key, value in keys.items():
            if value is not None:
                whole[table][key] = _channels(key, value) if key.endswith("_channels") else value
    for key, entries in strips.items():
        for entry in entries:
            stem, value = (entry, True) if key in ("mute", "solo") else _pair(entry, "STEM")
            whole["stems"].setdefault(stem, {})[key] = value
    for entry in params:
        name, value = _pair(entry, "NAME")
        whole["parameters"][name] = value
    for entry in settings:
        _set(whole, entry)
    try:
        config = msgspec.convert(whole, HostConfig)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{error}; see 'rtsep run --help'") from None
    return msgspec.structs.replace(config, separator=whole_name(config.separator))


def said(strips: Mapping[str, Sequence[str]], separator: str | None = None, policy: str | None = None) -> list[Change]:
    """What the same options ask of a host that plays already, or whose session says otherwise."""
    changes: list[Change] = [StemMute(stem, True) for stem in strips["mute"]]
    changes += [StemSolo(stem, True) for stem in strips["solo"]]
    changes += [StemGain(*_pair(entry, "STEM")) for entry in strips["gain_db"]]
    changes += [StemOutput(stem, int(channel) - 1) for stem, channel in (_pair(e, "STEM") for e in strips["output"])]
    if policy is not None:
        changes.append(Late(policy))  # type: ignore[arg-type] - the desk checks it
    if separator is not None:
        changes.append(SwitchSeparator(separator))
    return changes


def _lay(whole: dict[str, Any], keys: Mapping[str, Any]) -> None:
    """`keys` over `whole`, table by table."""
    for key, value in keys.items():
        if isinstance(value, Mapping) and isinstance(whole.get(key), dict):
            _lay(whole[key], value)
        else:
            whole[key] = value


def _device(text: str) -> dict[str, Any]:
    """What --device says: a name, file:PATH or null."""
    if text == "null":
        return {"kind": "null"}
    if text.startswith("file:"):
        return {"kind": "file", "path": text.removeprefix("file:")}
    return {"kind": "portaudio", "input": text, "output": text}


def _channels(key: str, text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise ConfigError(f"{key} {text!r}: give channel numbers from 1, as 1,2") from None


def _pair(entry: str, what: str) -> tuple[str, float]:
    name, _, value = entry.partition("=")
    try:
        return name, int(value) if value.isdigit() else float(value)
    except ValueError:
        raise ConfigError(f"{entry!r}: give {what}=NUMBER") from None


def _set(whole: dict[str, Any], entry: str) -> None:
    """One --set: the key as in the file, the value as TOML, or as plain text."""
    key, found, text = entry.partition("=")
    if not found:
        raise ConfigError(f"--set {entry!r}: give KEY=VALUE, as device.block=64")
    try:
        value: Any = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *path, last = key.split(".")
    place = whole
    for part in path:
        place = place.setdefault(part, {})
        if not isinstance(place, dict):
            raise ConfigError(f"--set {entry!r}: {part!r} holds a value, not keys")
    place[last] = value
