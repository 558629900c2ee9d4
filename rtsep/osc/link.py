"""A client's end of OSC by TCP: packets framed by SLIP, in order, none lost."""

from __future__ import annotations

import socket
from contextlib import suppress

from rtsep.errors import RemoteError
from rtsep.osc import slip
from rtsep.osc.codec import MAX_PACKET, Received, decode

_BYTES = 65536


class Link:
    """A connection. One thread sends and receives; any may close it.

    Every method raises RemoteError if nobody is there, or no longer.
    """

    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        self.place = f"{host}:{port}"
        try:
            self._socket = socket.create_connection((host, port), timeout_s)
        except OSError as error:
            reason = error.strerror or str(error) or type(error).__name__
            raise RemoteError(
                f"no host hears OSC at {self.place} ({reason}); start 'rtsep run', or name its address and port"
            ) from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._timeout_s = timeout_s
        self._decoder = slip.Decoder(2 * MAX_PACKET)

    def send(self, *packets: bytes) -> None:
        """Send packets."""
        try:
            self._socket.settimeout(self._timeout_s)
            self._socket.sendall(b"".join(map(slip.encode, packets)))
        except OSError as error:
            raise self._gone(error) from None

    def receive(self, timeout_s: float) -> list[Received]:
        """Messages that have come, or come within `timeout_s`, or none. Whoever does not speak OSC raises OscError."""
        try:
            self._socket.settimeout(timeout_s)
            data = self._socket.recv(_BYTES)
        except (TimeoutError, BlockingIOError):
            return []
        except OSError as error:
            raise self._gone(error) from None
        if not data:
            raise RemoteError(f"the host at {self.place} has closed the connection")
        return [message for packet in self._decoder.feed(data) for message in decode(packet)]

    @property
    def silent(self) -> bool:
        """Whether it stands and nothing waits to be read: false also once the other side is gone."""
        try:
            self._socket.settimeout(0.0)
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            pass
        return False

    def close(self) -> None:
        """Hang up; a `receive` that waits ends. Any thread, any number of times."""
        with suppress(OSError):  # it is down already
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _gone(self, error: OSError) -> RemoteError:
        reason = error.strerror or str(error) or type(error).__name__
        return RemoteError(f"the host at {self.place} is gone ({reason})")
