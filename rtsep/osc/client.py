"""The engine of another process, or another machine: the same protocol as the host's own, spoken by OSC over TCP."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType

from rtsep.changes import Change
from rtsep.control import EngineState
from rtsep.errors import ConfigError, RemoteError, RtsepError
from rtsep.osc.codec import Received, bundle, encode
from rtsep.osc.flat import Flat
from rtsep.osc.hearing import STATE, Published, decoded, short
from rtsep.osc.inverse import Inverse
from rtsep.osc.link import Link
from rtsep.osc.listeners import Listening, Watch
from rtsep.osc.messages import Address, Value
from rtsep.surfaces import OSC_PORT

ERROR = "/rtsep/error"
FENCE = "/rtsep/status/block"
"""Asked for behind what is to be carried out: once it is answered, errors have come before."""


class RemoteEngine:
    """`EngineControl` of the host that hears OSC at `host`, `port`. Thread-safe; connects when it is first used.

    Requests go one at a time over a connection of their own, listeners are told over a second one, which comes back by itself
    when the host does. What the host refuses is a ConfigError with the host's own words; RemoteError: nobody is there, or
    there is no answer within `timeout_s`. Numbers travel with 32 bits.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = OSC_PORT, timeout_s: float = 5.0) -> None:
        self._where = host, port, timeout_s
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._link: Link | None = None
        self._flat = Flat()
        self._inverse = Inverse({})
        self._listening = Listening(host, port, timeout_s)

    def __enter__(self) -> RemoteEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def state(self) -> EngineState:
        """A snapshot. Raises RemoteError."""
        with self._lock:
            return self._state()

    def apply(self, *changes: Change) -> None:
        """Carry out changes, all at once or none of them. Raises ConfigError if one is refused, RemoteError."""
        if not changes:
            return
        with self._lock:
            messages = [encode(*said) for said in self._messages(changes)]
            refused(self._ask(messages[0] if len(messages) == 1 else bundle(messages), FENCE))

    def subscribe(self, listener: Callable[[Change], None]) -> Watch:
        """Call `listener` with every change from now on, whoever made it, on the client's own thread.

        Also with what has changed while the host was gone, once it is back. Raises RemoteError if it is not there now.
        """
        return self._listening.add(change=listener)

    def watch(self, listener: Callable[[str, tuple[Value, ...]], None], meters_hz: float = 0.0) -> Watch:
        """As `subscribe`, with addresses and values: status too, and meters so many times a second."""
        return self._listening.add(value=listener, meters_hz=meters_hz)

    @property
    def live(self) -> bool:
        """Whether listeners hear the host just now; false while it is gone."""
        return self._listening.live

    def addresses(self) -> Mapping[str, Address]:
        """Every address there is, for what plays now. Raises RemoteError."""
        with self._lock:
            return self._flat.at(self._state())

    def ask(self, path: str, *values: Value) -> tuple[Published, ...]:
        """Send one message; what is answered. Without values it is a query, unless the address is a trigger.

        Raises ConfigError with the host's words if it is refused, RemoteError.
        """
        with self._lock:
            answers = self._ask(encode(path, values), FENCE if path == STATE else STATE)
        refused(answers)
        return tuple((m.path, tuple(map(short, m.values))) for m in answers if m.path != ERROR)

    def close(self) -> None:
        """Hang up; listeners hear no more. Any number of times; a later request connects again."""
        self._listening.close()
        with self._lock:
            self._hang_up()

    def _state(self) -> EngineState:
        found: list[Received] = []
        refused(self._ask(None, STATE, found))
        return decoded(found[-1].values)

    def _messages(self, changes: tuple[Change, ...]) -> list[Published]:
        """What to send. If the table that is known does not have it, it may be that of another separator: look again."""
        try:
            return [self._inverse.message(change) for change in changes]
        except ConfigError:
            self._inverse = Inverse(self._flat.at(self._state()))
            return [self._inverse.message(change) for change in changes]

    def _ask(self, packet: bytes | None, fence: str, fenced: list[Received] | None = None) -> list[Received]:
        """Send a packet and a query of `fence`; everything that comes before its answer, which goes to `fenced`."""
        end = time.monotonic() + self._timeout_s
        try:
            link = self._connected()
            link.send(*filter(None, (packet, encode(fence, ()))))
            found: list[Received] = []
            while (left_s := end - time.monotonic()) > 0.0:
                for message in link.receive(left_s):
                    if message.path == fence:
                        if fenced is not None:
                            fenced.append(message)
                        return found
                    found.append(message)
        except RtsepError:
            self._hang_up()
            raise
        self._hang_up()
        raise RemoteError(f"the host at {link.place} does not answer within {self._timeout_s:g} s")

    def _connected(self) -> Link:
        # A connection that has something to say unasked has ended with the host, which may have been started again.
        if self._link is not None and not self._link.silent:
            self._hang_up()
        if self._link is None:
            self._link = Link(*self._where)
        return self._link

    def _hang_up(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()


def refused(answers: list[Received]) -> None:
    """Raise the first error among the answers, if there is one, as ConfigError."""
    for message in answers:
        if message.path == ERROR:
            raise ConfigError(str(message.values[-1]))
