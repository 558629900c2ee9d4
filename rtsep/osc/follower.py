"""Stays subscribed to a host, whatever happens to it, and tells of what changes there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from rtsep.errors import RemoteError, RtsepError
from rtsep.osc.codec import Received, bundle, encode
from rtsep.osc.hearing import RESHAPING, STATE, Hearing, Published, decoded
from rtsep.osc.link import Link

RENEW_S = 3.0
"""Of a lease of ten."""
TURN_S = 0.2
"""Between looks at whether anything else is to be done than to listen."""
DEAD_S = 5.0
"""Without a heartbeat, of which one comes each second."""
AGAIN_S = 0.25
"""Between attempts to find a host that is gone."""
HEARTBEAT = "/rtsep/heartbeat"
ERROR = "/rtsep/error"


class Follower:
    """A subscription by a connection of its own, in a thread of its own, from construction to `stop`.

    `tell(published, hearing)` is called on that thread, in order.
    """

    def __init__(
        self, host: str, port: int, timeout_s: float, tell: Callable[[Published, Hearing], None], meters_hz: float
    ) -> None:
        self._where = host, port, timeout_s
        self._tell = tell
        self.meters_hz = meters_hz
        """How often meters are wanted; may be set at any time."""
        self._hearing = Hearing()
        self._link: Link | None = None
        self._asked = False
        self._live = threading.Event()
        self._stopping = threading.Event()
        self._failure: RtsepError | None = None
        self._thread = threading.Thread(target=self._run, name="rtsep-follow", daemon=True)
        self._thread.start()

    @property
    def live(self) -> bool:
        """Whether it hears the host just now."""
        return self._live.is_set()

    def wait(self, timeout_s: float) -> None:
        """Until it hears the host. Raises RemoteError, with the reason, if it does not in time."""
        end = time.monotonic() + timeout_s
        while not self._live.wait(0.01):
            if self._failure or time.monotonic() >= end:
                raise self._failure or RemoteError(f"the host at {self._where[0]}:{self._where[1]} does not answer")

    def stop(self) -> None:
        """Hear no more. Any thread, its own too."""
        self._stopping.set()
        link = self._link
        if link is not None:
            link.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(DEAD_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._link = link = Link(*self._where)
                try:
                    self._follow(link)
                finally:
                    self._live.clear()
                    link.close()
            except RtsepError as error:
                self._failure = error
            self._stopping.wait(AGAIN_S)

    def _follow(self, link: Link) -> None:
        """Until it is stopped; raises RemoteError if the host goes."""
        meters_hz = self.meters_hz
        self._begin(link)
        heard = renewed = time.monotonic()
        while not self._stopping.is_set():
            messages = link.receive(TURN_S)
            now = time.monotonic()
            if messages:
                heard = now
            elif now - heard > DEAD_S:
                raise RemoteError(f"the host at {link.place} has not been heard for {DEAD_S:g} s")
            if self.meters_hz != meters_hz:
                meters_hz, renewed = self.meters_hz, now
                self._begin(link)
            elif now - renewed > RENEW_S:
                renewed = now
                link.send(encode("/rtsep/renew", (0, meters_hz)))
            for message in messages:
                if not self._stopping.is_set():
                    self._hear(link, message)

    def _begin(self, link: Link) -> None:
        """Subscribe and ask for the state, in one bundle.

        So the answer comes first and the snapshot after it, which is needed: a value that goes there and back between two
        publications, and is asked for in between, is published by nothing else.
        """
        link.send(bundle([encode("/rtsep/subscribe", (0, self.meters_hz)), encode(STATE, ())]))
        self._asked = True

    def _hear(self, link: Link, message: Received) -> None:
        if message.path in (HEARTBEAT, ERROR):
            return
        if message.path == STATE:
            self._asked = False
            for published in self._hearing.state(decoded(message.values)):
                self._tell(published, self._hearing)
            self._failure = None
            self._live.set()
        elif message.path not in self._hearing.addresses:
            self._reshape(link)
        elif self._live.is_set():
            published = self._hearing.value(message.path, message.values)
            if published is not None:
                self._tell(published, self._hearing)
                if message.path == RESHAPING:
                    self._reshape(link)

    def _reshape(self, link: Link) -> None:
        """Other addresses are there than before."""
        if not self._asked:
            self._begin(link)
