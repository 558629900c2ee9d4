"""What the setup page offers: devices, separators, and the command that a host is started with."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rtsep.changes import SwitchSeparator
from rtsep.control import EngineState, short_name

RATES = (44100, 48000, 88200, 96000)
BLOCKS = (32, 64, 128, 256, 512, 1024)
FILE = "A file"
"""In place of a host API."""

Devices = Sequence[Mapping[str, Any]]
"""As `rtsep devices --json` tells of them."""


def host_apis(devices: Devices) -> list[str]:
    """The choices: host APIs in the order they are told of, those that are there; and a file."""
    return [*dict.fromkeys(str(device["host_api"]) for device in devices), FILE]


def names(devices: Devices, host_api: str, way: str) -> list[str]:
    """Devices of a host API with channels in (`way` "inputs") or out ("outputs"); its default first."""
    there = [d for d in devices if d["host_api"] == host_api and d[way]]
    return [str(d["name"]) for d in sorted(there, key=lambda d: not d["default"])]


@dataclass(frozen=True)
class Wish:
    """What a host is to be started on. Empty and 0: as the device has it."""

    host_api: str = ""
    input: str = ""
    output: str = ""
    rate: int = 0
    block: int = 0
    path: str = ""
    """Of the file, with `FILE`."""

    @property
    def problem(self) -> str:
        """What is missing; empty if nothing is."""
        return "choose a file to play" if self.host_api == FILE and not self.path else ""

    def arguments(self) -> tuple[str, ...]:
        """Options of `rtsep run`.

        >>> Wish("ALSA", "mic", "hw:1", 48000).arguments()
        ('--host-api', 'ALSA', '--input', 'mic', '--output', 'hw:1', '--rate', '48000')
        >>> Wish(FILE, path="song.wav", block=64).arguments()
        ('--device', 'file:song.wav', '--loop', '--block', '64')
        """
        if self.host_api == FILE:
            place: tuple[str, ...] = ("--device", f"file:{self.path}", "--loop")
        else:
            pairs = (("--host-api", self.host_api), ("--input", self.input), ("--output", self.output))
            place = tuple(part for option, value in pairs if value for part in (option, value))
        numbers = (("--rate", self.rate), ("--block", self.block))
        return place + tuple(part for option, value in numbers if value for part in (option, str(value)))


def restart_arguments(wish: Wish, state: EngineState | None) -> tuple[str, ...]:
    """To start a host anew on another device: with the separator and the session of the one that ran."""
    kept: tuple[str, ...] = ()
    if state is not None:
        kept = ("--separator", state.separator_name)
        kept += ("--session", state.show.session) if state.show.session else ()
    return wish.arguments() + kept


def command_line(arguments: Sequence[str]) -> str:
    """What to type for that in a shell.

    >>> command_line(["--input", "Built-in mic"])
    "rtsep run --input 'Built-in mic'"
    """
    return shlex.join(["rtsep", "run", *arguments])


@dataclass(frozen=True)
class SeparatorRow:
    """One line of the list of separators."""

    name: str
    about: str
    status: str = ""
    """`plays`, `gets ready`, or why it cannot be chosen; empty: it may be."""

    @property
    def choosable(self) -> bool:
        """Whether pressing it asks for something: one that gets ready is called off by choosing the one that plays."""
        return self.status == ""


def separator_rows(told: Mapping[str, Any] | None, state: EngineState | None) -> list[SeparatorRow]:
    """Of what `rtsep separators --json` told; while it has not, the one that plays."""
    playing = state.separator_name if state else ""
    coming = state.next_separator if state else ""
    rows = []
    for entry in told["separators"] if told else ():
        stems = entry["spec"]["stems"]
        about = f"{entry['tier']}   {entry['latency_ms']:.1f} ms   {len(stems)} stems"
        about += "   exact sum" if entry["spec"]["exact_sum"] else ""
        about += "   default" if entry["default"] else ""
        rows.append(SeparatorRow(entry["name"], about, _status(entry["name"], playing, coming)))
    if coming and coming not in [row.name for row in rows]:
        rows.insert(0, SeparatorRow(coming, "a file", _status(coming, playing, coming)))
    if state and playing not in [row.name for row in rows]:
        about = f"{len(state.separator.stems)} stems"
        rows.insert(0, SeparatorRow(playing, about, _status(playing, playing, coming)))
    rows += [SeparatorRow(entry["name"], entry["error"], "broken") for entry in (told["broken"] if told else ())]
    return rows


def _status(name: str, playing: str, coming: str) -> str:
    if name == playing:
        # While another gets ready, choosing this one calls that off.
        return "plays" if not coming else ""
    return "gets ready" if name == coming else ""


class Switch:
    """Follows a switch of separators to its end, so that one that came to nothing is told of."""

    def __init__(self) -> None:
        self._coming = ""
        self._called_off = False
        self.note = ""
        """How the last one went; empty: it plays, or there was none."""

    def choose(self, name: str, state: EngineState) -> SwitchSeparator:
        """What to ask for."""
        self._called_off = name == state.separator_name
        self.note = ""
        return SwitchSeparator(name)

    def follow(self, state: EngineState) -> str:
        """The line below the list, for a new state."""
        before, self._coming = self._coming, state.next_separator
        playing = short_name(state.separator_name)
        if state.next_separator:
            self.note = ""
            return f"{short_name(state.next_separator)} gets ready; {playing} plays on until then"
        if before and before != state.separator_name and not self._called_off:
            self.note = f"{short_name(before)} did not come to play; {playing} plays on"
        elif before:
            self.note, self._called_off = "", False
        return self.note
