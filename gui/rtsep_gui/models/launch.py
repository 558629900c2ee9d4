"""The host that the window starts: `rtsep run` as a subprocess, which outlives the window if it is to."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rtsep_gui.models.asking import RTSEP, last_line

ENDING_S = 20.0
"""For a host to close its takes and its device; after that it is killed."""
EVENT = "! "
"""What the lines of a host's output begin with that tell of something."""


def name_in(arguments: Sequence[str]) -> str:
    """What the options of `rtsep run` call the host; empty if they do not.

    >>> name_in(["-s", "classic", "--name", "pa"]), name_in(["--name=pa"]), name_in(["--loop"])
    ('pa', 'pa', '')
    """
    for index, argument in enumerate(arguments):
        if argument == "--name":
            return "".join(arguments[index + 1 : index + 2])
        if argument.startswith("--name="):
            return argument.removeprefix("--name=")
    return ""


class Launcher:
    """Starts, watches and ends one host at a time. The window's thread; nothing here waits but `end`."""

    def __init__(self, command: Sequence[str] = RTSEP) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted: tuple[str, tuple[str, ...]] | None = None
        self._count = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._read_to = 0
        self.name = ""
        """Of the host that was started last; empty before."""
        self.arguments: tuple[str, ...] = ()
        """What it was told, without its name."""
        self.problem = ""
        """Why it ended by itself; empty while it runs, and after it ended as it should."""

    @property
    def running(self) -> bool:
        """Whether the host's control process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def busy(self) -> bool:
        """Whether a host runs, or is to be started when the one before it has gone."""
        return self.running or self._wanted is not None

    def start(self, arguments: Sequence[str]) -> None:
        """Start a host with these options of `rtsep run`, in place of the one that runs, if one does."""
        name = name_in(arguments)
        told = arguments if name else (*arguments, "--name", f"gui-{os.getpid()}-{self._count + 1}")
        self._want(name_in(told), tuple(arguments), ("run", *told))

    def take_over(self, name: str) -> None:
        """Bring a host whose control process is gone under control again; its sound goes on."""
        self._want(name, self.arguments if name == self.name else (), ("run", "--attach", name))

    def _want(self, name: str, arguments: tuple[str, ...], command: tuple[str, ...]) -> None:
        self._wanted = (name, command)
        self.arguments = arguments
        self.problem = ""
        if self.running:
            self._ask_to_end()
        else:
            self._begin()

    def poll(self) -> list[str]:
        """Now and then: starts what waits, notices an end. What the host has reported since, a line each."""
        said = self._said()
        if self._process is not None and self._process.poll() is not None:
            code, self._process = self._process.returncode, None
            if self._wanted is None and code:
                told = self._path("errors").read_text(errors="replace")
                self.problem = last_line(told, f"it ended with status {code}")
        if self._process is None and self._wanted is not None:
            self._begin()
        return said

    def _begin(self) -> None:
        assert self._wanted is not None
        (self.name, command), self._wanted = self._wanted, None
        self._count += 1
        self._read_to = 0
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="rtsep-gui-", ignore_cleanup_errors=True)
        try:
            with self._path("log").open("wb") as log, self._path("errors").open("wb") as errors:
                # A session of its own: Ctrl-C in the window's terminal is the window's.
                self._process = subprocess.Popen(
                    [*self._command, *command],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=errors,
                    start_new_session=True,
                )
        except OSError as error:
            self.problem = str(error)

    def _ask_to_end(self) -> None:
        assert self._process is not None
        if os.name == "posix":
            self._process.terminate()
        else:  # there, that would not let it close its takes
            subprocess.Popen([*self._command, "stop", self.name], stdin=subprocess.DEVNULL)

    def end(self) -> None:
        """End the host and wait until it has gone; kill it if it does not."""
        self._wanted = None
        if self.running and self._process is not None:
            self._ask_to_end()
            try:
                self._process.wait(ENDING_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self.leave()

    def leave(self) -> None:
        """Let the host play on without the window, if one does."""
        self._process = self._wanted = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _said(self) -> list[str]:
        """Whole lines that the host has printed since, of those that tell an event."""
        if self._folder is None:
            return []
        with contextlib.suppress(OSError), self._path("log").open("rb") as log:
            log.seek(self._read_to)
            whole, newline, _ = log.read().rpartition(b"\n")
            self._read_to += len(whole) + len(newline)
            lines = whole.decode(errors="replace").splitlines()
            return [line.removeprefix(EVENT) for line in lines if line.startswith(EVENT)]
        return []

    def _path(self, kind: str) -> Path:
        assert self._folder is not None
        return Path(self._folder.name) / f"{kind}-{self._count}"
