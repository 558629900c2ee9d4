"""Tells subscribers what changed, whoever changed it: by looking at everything, and sending what is not as it was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rtsep.control import EngineState
from rtsep.osc.codec import bundle, bundles, encode
from rtsep.osc.index import Index
from rtsep.osc.messages import Address, Value
from rtsep.osc.subscribers import Subscriber, Subscribers

Told = tuple[tuple[Value, ...], bytes]


class Publisher:
    """Knows what subscribers were sent. Server's thread."""

    def __init__(self, subscribers: Subscribers, fault: Callable[[str, Exception], None]) -> None:
        """`fault` is called with an address and why it cannot be read."""
        self._subscribers = subscribers
        self._fault = fault
        self._told: dict[str, Told] = {}
        self._beats = 0

    def publish(self, index: Index, state: EngineState, now: float) -> None:
        """A snapshot to new subscribers, to the others what changed.

        A subscriber that has set an address to what it is now is not told so; one that set it to what it is not, is.
        """
        if not len(self._subscribers):
            return
        before, self._told = self._told, self._read(index.published, state, self._told)
        changed = {path for path, told in self._told.items() if path not in before or before[path][1] != told[1]}
        for subscriber in self._subscribers:
            if subscriber.fresh:
                subscriber.snapshot_at = now
                wanted = [message for _, message in self._told.values()]
            else:
                looked_at = changed | (subscriber.believes.keys() & self._told.keys())
                messages = ((path, self._told[path][1]) for path in self._told if path in looked_at)
                wanted = [message for path, message in messages if subscriber.is_to_hear(path, message, now)]
            subscriber.believes.clear()
            self._send([subscriber], wanted)

    def meters(self, index: Index, state: EngineState, now: float) -> None:
        """Levels, in one bundle, to those whose time it is."""
        due = [each for each in self._subscribers if each.meters_s and each.meters_at <= now]
        if due:
            packet = bundle([told[1] for told in self._read(index.meters, state, {}).values()])
            for each in due:
                each.target.send(packet)
                each.meters_at = max(each.meters_at, now - each.meters_s) + each.meters_s

    def heartbeat(self) -> None:
        """A count, to everybody."""
        self._beats += 1
        self._send(self._subscribers, [encode("/rtsep/heartbeat", [self._beats])])

    def _read(self, addresses: Iterable[Address], state: EngineState, before: dict[str, Told]) -> dict[str, Told]:
        """What is to be told of each address; one that cannot be read is left out."""
        found: dict[str, Told] = {}
        for address in addresses:
            try:
                values = address.read(state)
                old = before.get(address.path)
                found[address.path] = old if old and old[0] == values else (values, encode(address.path, values))
            except Exception as error:  # a row's fault must not keep the others from being told
                self._fault(address.path, error)
        return found

    @staticmethod
    def _send(subscribers: Iterable[Subscriber], messages: list[bytes]) -> None:
        packets = messages if len(messages) == 1 else list(bundles(messages))
        for subscriber in subscribers:
            for packet in packets:
                subscriber.target.send(packet)
