"""From packets to a round of units: decoded, sorted by time, understood."""

from __future__ import annotations

import time
from collections.abc import Sequence

from rtsep.errors import ConfigError
from rtsep.osc.codec import MAX_PACKET, OscError, Received, decode
from rtsep.osc.index import UnknownAddressError
from rtsep.osc.peers import Counts, Peer
from rtsep.osc.pending import Pending
from rtsep.osc.replies import Replies
from rtsep.osc.subscribers import Subscribers
from rtsep.osc.units import Round, Unit, understood
from rtsep.osc.view import View


class Intake:
    """Takes packets in. Nothing that is wrong with one ever gets out of here but as an answer. Server's thread."""

    def __init__(self, view: View, subscribers: Subscribers, replies: Replies, counts: Counts) -> None:
        self._view = view
        self._subscribers = subscribers
        self._replies = replies
        self._counts = counts
        self._pending: Pending[tuple[Peer, list[Received]]] = Pending()
        self._round = Round()

    @property
    def messages(self) -> int:
        """In this round, so far."""
        return self._round.messages

    def take_round(self) -> list[Unit]:
        """What has come in, what has waited for its time included; the next round begins."""
        for peer, messages in self._pending.due(time.monotonic()):
            self._understand(peer, messages)
        done, self._round = self._round, Round()
        return done.units()

    def next_due(self) -> float:
        """When something has waited long enough, monotonic seconds."""
        return self._pending.next()

    def overlong(self, peer: Peer) -> None:
        """A packet that was too long to be taken in."""
        self._counts.malformed += 1
        self._replies.refuse(peer, "", "malformed", f"a packet has more than {MAX_PACKET} bytes; send several")

    def packet(self, peer: Peer, data: bytes) -> None:
        """One packet."""
        self._counts.packets += 1
        try:
            received = decode(data)
        except OscError as error:
            self._counts.malformed += 1
            self._replies.refuse(peer, "", "malformed", str(error))
            return
        except Exception as error:
            self._replies.failed(peer, "", error)
            return
        if len(received) == 1 and received[0].time is None:
            self._understand(peer, received)
            return
        for tag in dict.fromkeys(message.time for message in received):
            self._at_its_time(peer, tag, [message for message in received if message.time == tag])

    def _at_its_time(self, peer: Peer, tag: float | None, messages: list[Received]) -> None:
        wait_s = 0.0 if tag is None else tag - time.time()
        if wait_s <= 0.0:
            self._understand(peer, messages)
            return
        try:
            self._pending.put(wait_s, time.monotonic(), len(messages), (peer, messages))
        except ConfigError as error:
            self._replies.refuse(peer, messages[0].path, "time", str(error))

    def _understand(self, peer: Peer, messages: list[Received]) -> None:
        """Add to the round what messages that belong together ask for, or tell the sender what is wrong with them."""
        path = messages[0].path
        try:
            self._round.add(self._unit(peer, messages), len(messages))
        except UnknownAddressError as error:
            self._replies.refuse(peer, path, "unknown", str(error), lambda: self._view.index.suggestion(path))
        except ConfigError as error:
            self._replies.refuse(peer, path, "refused", str(error))
            self._subscribers.correct(peer, [message.path for message in messages])
        except Exception as error:
            self._replies.failed(peer, path, error)

    def _unit(self, peer: Peer, messages: Sequence[Received]) -> Unit:
        try:
            return understood(peer, messages, self._view.index)
        except UnknownAddressError:
            if not self._view.look_again():
                raise
            return understood(peer, messages, self._view.index)
