"""The OSC server: UDP and TCP on one port, one thread, one loop."""

from __future__ import annotations

import selectors
import threading
import time
from collections.abc import Callable, Mapping

from rtsep.changes import Change
from rtsep.control import EngineControl, Subscription
from rtsep.errors import ConfigError
from rtsep.osc.allow import Allowed
from rtsep.osc.carrier import Carrier, Service
from rtsep.osc.inbox import Inbox
from rtsep.osc.intake import Intake
from rtsep.osc.peers import Counts, UdpLink, UdpPeer
from rtsep.osc.publisher import Publisher
from rtsep.osc.replies import Replies
from rtsep.osc.sockets import bound
from rtsep.osc.streams import Connection, Streams
from rtsep.osc.subscribers import Subscribers
from rtsep.osc.view import View
from rtsep.osc.waker import Waker
from rtsep.surfaces import OscConfig

DATAGRAMS = 2048
"""Read from the socket at a time, which costs little; they wait in the inbox."""
PACKETS = 128
"""In one round, at most: between rounds changes are applied and subscribers told."""
MESSAGES = 512
"""In one round: no further datagram is looked at once there are so many."""
PACE_S = 0.01
"""Between publications, at least."""
LOOK_S = 0.1
"""Between looks at the engine, for what changes by itself; without subscribers, five times as much."""
BEAT_S = 1.0
STOP_S = 5.0


class OscServer:
    """Serves an engine by OSC, from `start` to `stop`.

    `say` hears what people should know, from the server's thread. `services` has, by address, who serves the table's rows
    that are not the engine's.
    """

    def __init__(
        self,
        engine: EngineControl,
        config: OscConfig,
        say: Callable[[str], None] = lambda text: None,
        services: Mapping[str, Service] | None = None,
    ) -> None:
        self._engine = engine
        self._config = config
        self._say = say
        self._allowed = Allowed(config)
        self.counts = Counts()
        self._subscribers = Subscribers()
        self._replies = Replies(self._subscribers, self.counts, say)
        self._view = View(engine)
        self._intake = Intake(self._view, self._subscribers, self._replies, self.counts)
        self._carrier = Carrier(engine, self._view, self._subscribers, self._replies, services or {})
        self._publisher = Publisher(self._subscribers, self._replies.fault)
        self._inbox: Inbox[UdpPeer] = Inbox()
        self._news = True
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._listening: Subscription | None = None
        self._look_at = self._pace_at = self._beat_at = 0.0
        self.port = 0
        """Where it listens, UDP and TCP; 0: it does not."""

    def start(self) -> None:
        """Listen. Raises ConfigError if port or address cannot be had, or if it has been started before."""
        if self._thread is not None:
            raise ConfigError("this OSC server has been started before; make another")
        udp, tcp = bound(self._config, self._say)
        self._selector = selectors.DefaultSelector()
        self._udp = udp
        self._link = UdpLink(udp, self.counts)
        self._streams = Streams(tcp, self._selector, self._replies.say)
        self._waker = Waker()
        for key in (udp, tcp, self._waker.socket):
            self._selector.register(key, selectors.EVENT_READ)
        self._tcp = tcp
        self.port = udp.getsockname()[1]
        self._listening = self._engine.subscribe(self._changed)
        self._thread = threading.Thread(target=self._run, name="osc", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, and free the port. May be called at any time, more than once."""
        if self._thread is None or self._stopping:
            return
        self._stopping = True
        if self._listening is not None:
            self._listening.cancel()
        self._waker.wake()
        self._thread.join(STOP_S)
        self.port = 0

    def subscribers(self) -> tuple[str, ...]:
        """Who is subscribed: addresses and ports. Any thread."""
        return self._subscribers.names

    def _changed(self, change: Change) -> None:
        """The engine's listener. Any thread."""
        if not self._news:
            self._news = True
            if self._thread is not None and threading.get_ident() != self._thread.ident:
                self._waker.wake()

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._turn()
            except Exception as error:
                self._replies.fault("the server's loop", error)
                time.sleep(PACE_S)
        self._streams.close()
        self._selector.close()
        self._udp.close()
        self._waker.close()

    def _turn(self) -> None:
        """What has come, what it asks for, and what subscribers are to hear."""
        for key, events in self._selector.select(self._wait_s()):
            self._ready(key, events)
        self._look_into_inbox()
        self._carrier.carry_out(self._intake.take_round())
        now = time.monotonic()
        self._publish(now)
        self._subscribers.end(now, self._streams.tidy())

    def _ready(self, key: selectors.SelectorKey, events: int) -> None:
        if key.fileobj is self._udp:
            self._receive()
        elif isinstance(key.data, Connection):
            if events & selectors.EVENT_WRITE:
                key.data.flush()
            if events & selectors.EVENT_READ:
                for packet in key.data.read():
                    self._intake.packet(key.data, packet)
                if key.data.decoder.overlong:
                    key.data.decoder.overlong = 0
                    self._intake.overlong(key.data)
        elif key.fileobj is self._tcp:
            self._streams.accept(self._admits)
        else:
            self._waker.woken()

    def _receive(self) -> None:
        for peer, data in self._link.received(DATAGRAMS):
            if self._admits(peer.host):
                self._inbox.put(peer, data)
        self.counts.lost = self._inbox.lost

    def _look_into_inbox(self) -> None:
        for peer, data in self._inbox.take(PACKETS):
            self._intake.packet(peer, data)
            if self._intake.messages >= MESSAGES:
                return

    def _admits(self, host: str) -> bool:
        admitted = self._allowed.admits(host)
        if not admitted:
            self.counts.refused += 1
            self._replies.say(host, f"OSC from {host} is refused; [osc] allow lets it in")
        return admitted

    def _wait_s(self) -> float:
        """Until something is to be done that nobody asks for."""
        if self._inbox:
            return 0.0
        at = min(self._look_at, self._beat_at, self._intake.next_due(), self._subscribers.meters_at())
        if self._has_news():
            at = min(at, self._pace_at)
        return max(0.0, at - time.monotonic())

    def _has_news(self) -> bool:
        return len(self._subscribers) > 0 and (self._news or self._subscribers.news)

    def _publish(self, now: float) -> None:
        """Tell subscribers what they are to hear by now."""
        news = self._has_news() and now >= self._pace_at
        if news or now >= min(self._look_at, self._subscribers.meters_at()):
            self._news = self._subscribers.news = False
            self._pace_at = now + PACE_S
            self._look_at = now + (LOOK_S if len(self._subscribers) else 5 * LOOK_S)
            state = self._view.look()
            self._publisher.publish(self._view.index, state, now)
            self._publisher.meters(self._view.index, state, now)
        if now >= self._beat_at:
            self._beat_at = now + BEAT_S
            self._publisher.heartbeat()
