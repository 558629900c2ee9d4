"""Answers and errors to those who asked, and what people are told: all of it within limits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from rtsep.errors import RtsepError
from rtsep.osc.codec import OscError, encode
from rtsep.osc.limits import Bucket, Buckets, Sayings
from rtsep.osc.peers import Counts, Peer
from rtsep.osc.subscribers import Subscribers

ERRORS = 10.0
"""That a client is told a second, on average; twice as many at once."""
ALL_ERRORS = 100.0
"""That all clients together are told a second."""
HINTS = 5.0
"""Hints at the nearest address a second: each takes milliseconds."""
LONGEST = 400
"""Characters of an error's message."""


class Replies:
    """Sends to a client where it sends from, and where it has subscribed to hear. Server's thread."""

    def __init__(self, subscribers: Subscribers, counts: Counts, say: Callable[[str], None]) -> None:
        self._subscribers = subscribers
        self._counts = counts
        self._errors = Buckets(ERRORS, 2 * ERRORS)
        self._all = Bucket(ALL_ERRORS, 2 * ALL_ERRORS)
        self._hints = Bucket(HINTS, 2)
        self._sayings = Sayings(say)

    def answer(self, peer: Peer, packets: Iterable[bytes]) -> None:
        """Send packets to a client."""
        targets = {peer} | {each.target for each in self._subscribers.of(peer)}
        for packet in packets:
            for target in targets:
                target.send(packet)

    def refuse(self, peer: Peer, path: str, code: str, text: str, hint: Callable[[], str] | None = None) -> None:
        """Tell a client what was wrong. `hint` is only made if there is time for it."""
        now = time.monotonic()
        self._counts.errors += 1
        if not self._errors.take(peer, now) or not self._all.take(now):
            return
        hinted = hint() if hint and self._hints.take(now) else ""
        message = "; ".join(part for part in (text[:LONGEST], hinted) if part)
        try:
            self.answer(peer, [encode("/rtsep/error", [path[:LONGEST], code, message])])
        except OscError:
            self.answer(peer, [encode("/rtsep/error", ["", code, "the message cannot be shown"])])

    def failed(self, peer: Peer, path: str, error: Exception) -> None:
        """Tell a client why its message was not carried out."""
        if isinstance(error, RtsepError):
            self.refuse(peer, path, "refused", str(error))
        else:
            self.fault(path or "a packet", error)
            self.refuse(peer, path, "failed", f"an error inside rtsep: {type(error).__name__}: {error}")

    def fault(self, where: str, error: Exception) -> None:
        """Count an error of our own, and say so once."""
        self._counts.faults += 1
        self.say(type(error), f"OSC: {where}: {type(error).__name__}: {error}; this message is lost, others go on")

    def say(self, about: object, text: str) -> None:
        """Tell people, unless they were told of that within the last minute."""
        self._sayings.once(about, text, time.monotonic())
