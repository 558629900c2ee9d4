"""A whole host as its user starts it, `rtsep run` in a process of its own, and an OSC client of few words."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from types import TracebackType

import psutil

from benchmarks.report import ROOT
from rtsep.host.stopping import stop_host
from rtsep.osc.codec import decode, encode
from rtsep.osc.messages import Value
from rtsep.shared.block import Block, attach

START_S = 60.0


def free_port() -> int:
    """A UDP port that nobody has just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Surface:
    """A UDP client at a host."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.connect(("127.0.0.1", port))

    def send(self, path: str, *values: Value) -> None:
        """One message."""
        self.send_raw(encode(path, values))

    def send_raw(self, packet: bytes) -> None:
        """Any bytes."""
        self._socket.send(packet)

    def ask(self, path: str, limit_s: float = 1.0) -> tuple[Value, ...] | None:
        """The answer to a query; None if it does not come in time. Other messages that come meanwhile are dropped."""
        self.send(path)
        end = time.monotonic() + limit_s
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                packet = self._socket.recv(65536)
            except (TimeoutError, ConnectionRefusedError):
                return None
            for message in decode(packet):
                if message.path == path:
                    return message.values  # type: ignore[return-value]
        return None

    def hear(self, seconds: float) -> dict[str, tuple[Value, ...]]:
        """Whatever comes within that time; the last of each address."""
        heard: dict[str, tuple[Value, ...]] = {}
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                packet = self._socket.recv(65536)
            except (TimeoutError, ConnectionRefusedError):
                continue
            heard |= {message.path: message.values for message in decode(packet)}  # type: ignore[dict-item]
        return heard

    def empty(self) -> None:
        """Throw away what has come."""
        self._socket.setblocking(False)
        try:
            while True:
                self._socket.recv(65536)
        except (BlockingIOError, ConnectionRefusedError):
            pass

    def close(self) -> None:
        """No more."""
        self._socket.close()


class LiveHost:
    """`rtsep run` with these arguments; `with` waits until it plays and answers, and ends it."""

    def __init__(self, *arguments: str) -> None:
        self.name = f"bench-{secrets.token_hex(3)}"
        self.port = free_port()
        self.arguments = arguments
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this
        self._process: subprocess.Popen[bytes] | None = None
        self._block: Block | None = None

    @property
    def block(self) -> Block:
        """Its shared block, to look at."""
        if self._block is None:
            self._block = attach(self.name, "control")
        return self._block

    def memory_mib(self) -> float:
        """Resident memory of the control process."""
        assert self._process is not None
        return psutil.Process(self._process.pid).memory_info().rss / (1 << 20)

    def start(self, *instead: str) -> None:
        """Start it and wait; `instead` of the arguments, if given."""
        arguments = instead or ("--name", self.name, *self.arguments)
        command = [sys.executable, "-c", "from rtsep.cli.main import main; main()", "run", *arguments]
        self._process = subprocess.Popen(
            [*command, "--osc-port", str(self.port)],
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        surface, end = Surface(self.port), time.monotonic() + START_S
        try:
            while not surface.ask("/rtsep/status/block", 0.1):
                if self._process.poll() is not None or time.monotonic() > end:
                    self._log.seek(0)
                    raise RuntimeError(f"the host does not answer: {self._log.read().decode(errors='replace')[-2000:]}")
                time.sleep(0.02)
        finally:
            surface.close()

    def forget(self) -> None:
        """The next one has another block."""
        self._block = None

    def kill(self) -> None:
        """kill -9 of the control process."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> LiveHost:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(15.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            stop_host(self.name)
        self._log.close()
