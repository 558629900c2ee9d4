"""MIDI ports: what we need of them, and how mido gives it. The libraries are loaded by the first look, and only then."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from rtsep.errors import RtsepError

Hear = Callable[[bytes], None]
_APIS = {"linux": "LINUX_ALSA", "darwin": "MACOSX_CORE", "win32": "WINDOWS_MM"}
"""Named, so that rtmidi does not go on to JACK: a look a second would come and go in the graph that plays our sound."""
_SEQUENCER = Path("/dev/snd/seq")
_COUNTED = re.compile(r"\s\d+$" if sys.platform == "win32" else r"\s\d+:\d+$")


class MidiUnavailableError(RtsepError):
    """There is no MIDI here: a library, the system's part of it, or a port is missing."""


class Input(Protocol):
    """An open input."""

    def close(self) -> None:
        """Hear no more."""
        ...


class Output(Protocol):
    """An open output."""

    def send(self, raw: bytes) -> None:
        """One message. Raises MidiUnavailableError if the port is gone."""
        ...

    def close(self) -> None:
        """Send no more."""
        ...


class Ports(Protocol):
    """The machine's ports, by name. Everything raises MidiUnavailableError."""

    def inputs(self) -> Sequence[str]:
        """Those that can be heard now."""
        ...

    def outputs(self) -> Sequence[str]:
        """Those that can be sent to now."""
        ...

    def open_input(self, name: str, hear: Hear) -> Input:
        """Hear a port: `hear` gets every message, on the library's own thread."""
        ...

    def open_output(self, name: str) -> Output:
        """Send to a port."""
        ...


class _MidoOutput:
    def __init__(self, mido: Any, port: Any) -> None:
        self._mido, self._port = mido, port

    def send(self, raw: bytes) -> None:
        try:
            self._port.send(self._mido.Message.from_bytes(raw))
        except Exception as error:
            raise MidiUnavailableError(f"a MIDI port takes nothing more: {error}") from error

    def close(self) -> None:
        self._port.close()


class MidoPorts:
    """Ports by way of mido, with python-rtmidi behind it unless another of its backends is named. Raises nothing here."""

    def __init__(self, backend: str | None = None) -> None:
        api = _APIS.get(sys.platform)
        self._named = backend or "mido.backends.rtmidi" + (f"/{api}" if api else "")
        self._sequencer = backend is None and sys.platform == "linux"

    def inputs(self) -> Sequence[str]:
        return _unique(self._ask(lambda backend: backend.get_input_names()))

    def outputs(self) -> Sequence[str]:
        return _unique(self._ask(lambda backend: backend.get_output_names()))

    def open_input(self, name: str, hear: Hear) -> Input:
        return self._ask(lambda b: b.open_input(name, callback=lambda message: hear(bytes(message.bytes()))))

    def open_output(self, name: str) -> Output:
        return _MidoOutput(importlib.import_module("mido"), self._ask(lambda backend: backend.open_output(name)))

    def _ask(self, question: Callable[[Any], Any]) -> Any:
        try:
            backend = importlib.import_module("mido").Backend(self._named, use_environ=False)
            backend.load()
            if self._sequencer and not _SEQUENCER.exists():  # the C library would print about it, at every look
                raise MidiUnavailableError(f"there is no {_SEQUENCER}; load it with 'modprobe snd-seq'")
            return question(backend)
        except ImportError as error:
            missing = error.name or str(error)
            raise MidiUnavailableError(f"no MIDI: {missing!r} is not installed; pip install 'rtsep[midi]'") from None
        except Exception as error:  # rtmidi has its own, mido raises OSError, ValueError and more
            raise MidiUnavailableError(f"no MIDI: {error}") from error


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def steady(name: str) -> str:
    """A port's name without the number that may be another when the plug comes back.

    >>> steady("nanoKONTROL2:nanoKONTROL2 MIDI 1 20:0")
    'nanoKONTROL2:nanoKONTROL2 MIDI 1'
    """
    return _COUNTED.sub("", name)


def chosen(wanted: str, names: Iterable[str]) -> list[str]:
    """The ports that `wanted` names: the very one, else all whose names contain it, in any case of letters.

    >>> chosen("nano", ["Midi Through:0 14:0", "nanoKONTROL2 20:0"])
    ['nanoKONTROL2 20:0']
    """
    names = list(names)
    exact = [name for name in names if wanted in (name, steady(name))]
    return exact or [name for name in names if wanted.lower() in name.lower()]
