"""Wakes a loop that waits for sockets."""

from __future__ import annotations

import contextlib
import socket


class Waker:
    """A socket that is ready to be read once somebody has called `wake`."""

    def __init__(self) -> None:
        self._far, self.socket = socket.socketpair()
        for one in (self._far, self.socket):
            one.setblocking(False)

    def wake(self) -> None:
        """Wake the loop. Any thread, at any time."""
        with contextlib.suppress(OSError):  # it has been woken often enough, or is over
            self._far.send(b"!")

    def woken(self) -> None:
        """The loop's answer: it is awake."""
        self.socket.recv(4096)

    def close(self) -> None:
        """End it."""
        self._far.close()
        self.socket.close()
