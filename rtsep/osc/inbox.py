"""Datagrams that wait to be looked at: each sender's in a queue of its own, so that a flood from one does not drown another."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Generic, TypeVar

EACH = 1024
"""Datagrams of one sender that wait; of more, the oldest are lost: the last value is the one that counts."""
EACH_BYTES = 1 << 18
SENDERS = 256
"""Senders of whom something waits; what others send then is lost."""

Sender = TypeVar("Sender")


class _Queue:
    def __init__(self) -> None:
        self.packets: deque[bytes] = deque()
        self.size = 0

    def take(self) -> bytes:
        packet = self.packets.popleft()
        self.size -= len(packet)
        return packet


class Inbox(Generic[Sender]):
    """Bounded; one thread. `lost` counts what there was no room for."""

    def __init__(self) -> None:
        self._queues: OrderedDict[Sender, _Queue] = OrderedDict()
        self.lost = 0

    def __bool__(self) -> bool:
        return bool(self._queues)

    def put(self, sender: Sender, packet: bytes) -> None:
        """Keep a packet."""
        queue = self._queues.get(sender)
        if queue is None:
            if len(self._queues) >= SENDERS:
                self.lost += 1
                return
            queue = self._queues[sender] = _Queue()
        queue.packets.append(packet)
        queue.size += len(packet)
        while len(queue.packets) > EACH or (queue.size > EACH_BYTES and len(queue.packets) > 1):
            queue.take()
            self.lost += 1

    def take(self, most: int) -> Iterator[tuple[Sender, bytes]]:
        """At most so many, one of each sender in turn, each sender's in order."""
        for _ in range(most):
            if not self._queues:
                return
            sender, queue = next(iter(self._queues.items()))
            packet = queue.take()
            if queue.packets:
                self._queues.move_to_end(sender)
            else:
                del self._queues[sender]
            yield sender, packet
