"""Ports that come and go: opened when they are there, given up when they are not. A thread of its own: looking may block."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from rtsep.errors import RtsepError
from rtsep.midi.ports import Input, MidiUnavailableError, Output, Ports, chosen
from rtsep.surfaces import MidiConfig

PATIENCE = 30
"""Looks are up to so many times rarer while the system has no MIDI at all."""


class Audience(Protocol):
    """Who is told of ports, and hears them."""

    def heard(self, port: str, raw: bytes, now: float) -> None:
        """A message came. The MIDI library's thread."""
        ...

    def input_opened(self, port: str) -> None: ...

    def input_lost(self, port: str) -> None: ...

    def output_opened(self, port: str, output: Output) -> None: ...

    def output_lost(self, port: str) -> None: ...


class Watch:
    """Looks for the wanted ports every `look_s` seconds. Every complaint is made once, until there is none."""

    def __init__(
        self, ports: Ports, config: MidiConfig, audience: Audience, say: Callable[[str], None], look_s: float = 1.0
    ) -> None:
        self._ports, self._config, self._audience, self._say, self._look_s = ports, config, audience, say, look_s
        self._inputs: dict[str, Input] = {}
        self._outputs: dict[str, Output] = {}
        self._broken: set[str] = set()
        self._told: set[str] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="midi ports", daemon=True)

    def start(self) -> None:
        """Look, and go on looking."""
        self._thread.start()

    def stop(self) -> None:
        """Close everything."""
        self._over.set()
        self._thread.join(timeout=5.0)
        self._drop([], [])

    def broken(self, port: str) -> None:
        """An output took nothing more: close it, and try again. Any thread."""
        self._broken.add(port)

    def look(self) -> bool:
        """Once: whether the system has MIDI."""
        try:
            inputs = self._ports.inputs() if self._config.inputs else []
            outputs = self._ports.outputs() if self._config.outputs else []
        except MidiUnavailableError as error:
            self._drop([], [])
            self._complain({str(error)})
            return False
        self._drop(inputs, [port for port in outputs if port not in self._broken])
        self._broken.clear()
        complaints = set(self._open(self._config.inputs, inputs, self._open_input, "input"))
        complaints |= set(self._open(self._config.outputs, outputs, self._open_output, "output"))
        self._complain(complaints)
        return True

    def _run(self) -> None:
        wait = 1
        while not self._over.is_set():
            try:
                there = self.look()
            except Exception as error:  # a driver's whim must not end the looking
                self._complain({f"{type(error).__name__} while looking for ports: {error}"})
                there = False
            wait = 1 if there else min(2 * wait, PATIENCE)
            self._over.wait(wait * self._look_s)

    def _open(self, wanted: Sequence[str], names: Sequence[str], opened: Callable[[str], bool], what: str) -> list[str]:
        """Open what is wanted and there; the complaints about the rest."""
        complaints: list[str] = []
        for part in wanted:
            found = chosen(part, names)
            if not found:
                there = ", ".join(repr(name) for name in names) or "none"
                complaints.append(f"no {what} {part!r}; there are: {there}. It is taken up when it comes")
            for name in found:
                try:
                    if opened(name):
                        self._say(f"MIDI: {what} {name!r} is open")
                except RtsepError as error:
                    complaints.append(f"{what} {name!r} cannot be opened: {error}")
        return complaints

    def _open_input(self, name: str) -> bool:
        if name in self._inputs:
            return False
        # Told before it is heard, so that nothing comes from a port that nobody knows.
        self._audience.input_opened(name)
        try:
            self._inputs[name] = self._ports.open_input(
                name, lambda raw: self._audience.heard(name, raw, time.monotonic())
            )
        except MidiUnavailableError:
            self._audience.input_lost(name)
            raise
        return True

    def _open_output(self, name: str) -> bool:
        if name in self._outputs:
            return False
        self._outputs[name] = output = self._ports.open_output(name)
        self._audience.output_opened(name, output)
        return True

    def _drop(self, inputs: Sequence[str], outputs: Sequence[str]) -> None:
        """Close what is open and not among these."""
        ended = self._over.is_set()
        for kind, open_ports, names, lost in (
            ("input", self._inputs, inputs, self._audience.input_lost),
            ("output", self._outputs, outputs, self._audience.output_lost),
        ):
            for name in [name for name in open_ports if name not in names]:
                port = open_ports.pop(name)
                try:
                    port.close()
                except Exception as error:  # it is gone anyway
                    self._complain({f"{kind} {name!r} did not close: {error}"})
                lost(name)
                if not ended:
                    self._say(f"MIDI: {kind} {name!r} is gone; it is taken up again when it comes back")

    def _complain(self, complaints: set[str]) -> None:
        for words in sorted(complaints - self._told):
            self._say(f"MIDI: {words}")
        self._told = complaints
