"""The TCP side: SLIP-framed connections, bounded in number, input and output."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable

from rtsep.osc import slip
from rtsep.osc.codec import MAX_PACKET

MOST = 32
"""Connections at a time."""
OUTPUT = 1 << 20
"""Bytes that wait for a client to read them; one that lets more pile up is dropped."""
_INPUT = 16384
_BEGINNINGS = (slip.END, b"/", b"#")
"""A stream of packets begins with one of these. HTTP does not: else any web page in the performer's browser could post a body to
this port in which packets lie between its lines."""


class Connection:
    """A TCP client; its subscription goes to itself, whatever port it names. Server's thread."""

    def __init__(self, sock: socket.socket, name: str) -> None:
        self.socket = sock
        self.name = name
        self.ended = ""
        """Why it is over; empty: it is not."""
        self.decoder = slip.Decoder(2 * MAX_PACKET)
        self._output = bytearray()
        self._begun = False

    @property
    def waiting(self) -> bool:
        """Whether output waits for the client."""
        return bool(self._output)

    def send(self, packet: bytes) -> None:
        """Send, now or as soon as the client reads."""
        if self.ended:
            return
        self._output += slip.encode(packet)
        self.flush()
        if len(self._output) > OUTPUT:
            self.ended = f"it does not read: {OUTPUT >> 20} MiB wait for it"

    def at(self, port: int) -> Connection:
        """Itself."""
        return self

    @property
    def own(self) -> bool:
        """Never."""
        return False

    def flush(self) -> None:
        """Send what waits, as far as the client takes it."""
        try:
            while self._output:
                del self._output[: self.socket.send(self._output)]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self.ended = error.strerror or "lost"

    def read(self) -> list[bytes]:
        """Packets that have come."""
        try:
            data = self.socket.recv(_INPUT)
        except (BlockingIOError, InterruptedError):
            return []
        except OSError as error:
            self.ended = error.strerror or "lost"
            return []
        if not data:
            self.ended = "closed"
        elif not self._begun and data[:1] not in _BEGINNINGS:
            self.ended = "it does not speak OSC"
            return []
        self._begun = True
        return self.decoder.feed(data)


class Streams:
    """The listener and its connections, in a selector whose keys' data they are. Server's thread."""

    def __init__(
        self,
        listener: socket.socket,
        selector: selectors.BaseSelector,
        complain: Callable[[str, str], None],
    ) -> None:
        """`complain(about, text)` says what people should know, once."""
        self._listener = listener
        self._selector = selector
        self._complain = complain
        self._connections: list[Connection] = []

    def accept(self, admits: Callable[[str], bool]) -> None:
        """Take a new connection, if it may come in and there is room."""
        try:
            sock, address = self._listener.accept()
        except OSError:
            return
        name = f"{address[0]}:{address[1]}"
        if not admits(address[0]):
            sock.close()
        elif len(self._connections) >= MOST:
            self._complain("room", f"OSC client {name} is turned away: {MOST} are connected by TCP")
            sock.close()
        else:
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = Connection(sock, name)
            self._connections.append(connection)
            self._selector.register(sock, selectors.EVENT_READ, connection)

    def tidy(self) -> list[Connection]:
        """Close what is over, and listen for room where output waits. The connections that were closed."""
        over = [connection for connection in self._connections if connection.ended]
        for connection in over:
            if connection.waiting:
                self._complain(connection.name, f"OSC client {connection.name} is dropped: {connection.ended}")
            self._close(connection)
        for connection in self._connections:
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if connection.waiting else 0)
            if self._selector.get_key(connection.socket).events != wanted:
                self._selector.modify(connection.socket, wanted, connection)
        return over

    def close(self) -> None:
        """End all."""
        for connection in list(self._connections):
            self._close(connection)
        self._listener.close()

    def _close(self, connection: Connection) -> None:
        self._selector.unregister(connection.socket)
        connection.socket.close()
        self._connections.remove(connection)
