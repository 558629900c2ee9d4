"""A control surface for the server's tests: a plain socket, UDP or TCP, and everything that it hears."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from types import TracebackType

from support import PATIENCE_S

from rtsep.osc import codec, slip
from rtsep.osc.codec import Received


class Surface:
    """Sends to a server on this machine and keeps what comes back in `heard`, in order."""

    def __init__(self, port: int, tcp: bool = False) -> None:
        self._server = ("127.0.0.1", port)
        self._tcp = tcp
        self._decoder = slip.Decoder(1 << 20)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
        if tcp:
            self.socket.connect(self._server)
        else:
            self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.heard: list[Received] = []
        self.packets = 0

    @property
    def port(self) -> int:
        return self.socket.getsockname()[1]

    def send(self, path: str, *values: str | int | float) -> None:
        self.send_packet(codec.encode(path, values))

    def send_packet(self, packet: bytes) -> None:
        if self._tcp:
            self.socket.sendall(slip.encode(packet))
        else:
            self.socket.sendto(packet, self._server)

    def send_bundle(self, *messages: tuple[object, ...], time: float | None = None) -> None:
        self.send_packet(codec.bundle([codec.encode(path, values) for path, *values in messages], time))  # type: ignore[arg-type]

    def listen(self) -> None:
        """Take in what has come."""
        try:
            data = self.socket.recv(1 << 16)
        except TimeoutError:
            return
        packets = self._decoder.feed(data) if self._tcp else [data]
        self.packets += len(packets)
        self.heard += [message for packet in packets for message in codec.decode(packet)]

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Listen until `condition` holds."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, f"{what}: never, but {self.heard[-5:]}"
            self.listen()

    def values(self, path: str) -> list[tuple[object, ...]]:
        """What was heard on an address."""
        return [message.values for message in self.heard if message.path == path]

    def hears(self, path: str, *values: object) -> None:
        """Listen until this has been heard."""
        self.until(lambda: tuple(values) in self.values(path), f"{path} {values}")

    def asks(self, path: str) -> tuple[object, ...]:
        """Ask for an address, and wait for the answer."""
        before = len(self.values(path))
        self.send(path)
        self.until(lambda: len(self.values(path)) > before, f"an answer to {path}")
        return self.values(path)[-1]

    def settles(self) -> None:
        """Listen to everything that was under way: the answer to a query comes after what was sent before it."""
        self.asks("/rtsep/status/block")
        time.sleep(0.05)
        self.asks("/rtsep/status/block")

    def forget(self) -> None:
        self.heard.clear()

    def __enter__(self) -> Surface:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.socket.close()
