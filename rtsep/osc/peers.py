"""Who speaks OSC with us, and the UDP side of it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from rtsep.osc.codec import MAX_PACKET


@dataclass
class Counts:
    """What happened to packets since the server began."""

    packets: int = 0
    refused: int = 0
    """From addresses that are not allowed."""
    lost: int = 0
    """Datagrams that came faster than they could be looked at."""
    malformed: int = 0
    errors: int = 0
    """Messages that could not be carried out."""
    faults: int = 0
    """Errors of our own that were contained."""
    unsent: int = 0
    """Packets that the network did not take."""


class Peer(Protocol):
    """A client, by where it sends from. Hashable; equal if the same."""

    @property
    def name(self) -> str:
        """For people."""
        ...

    def send(self, packet: bytes) -> None:
        """Send it a packet, or count that this failed. Never waits, never raises."""
        ...

    def at(self, port: int) -> Peer:
        """Where it hears, if it says this port; 0: where it sends from."""
        ...

    @property
    def own(self) -> bool:
        """Whether what it is sent comes in here again."""
        ...


class UdpLink:
    """The UDP socket. Server's thread."""

    def __init__(self, sock: socket.socket, counts: Counts) -> None:
        self._socket = sock
        self._counts = counts

    def received(self, most: int) -> Iterator[tuple[UdpPeer, bytes]]:
        """At most so many of the datagrams that are there."""
        for _ in range(most):
            try:
                data, address = self._socket.recvfrom(MAX_PACKET)
            except (BlockingIOError, InterruptedError):
                return
            except OSError:  # a peer that is gone, as Windows tells it
                continue
            yield UdpPeer(address, self), data

    def is_own(self, address: tuple[Any, ...]) -> bool:
        """Whether what is sent there comes in here."""
        own = self._socket.getsockname()
        return address[1] == own[1] and (address[0] == own[0] or ipaddress.ip_address(address[0]).is_loopback)

    def send(self, packet: bytes, address: Any) -> None:
        """Send, or count that this failed."""
        try:
            self._socket.sendto(packet, address)
        except OSError:
            self._counts.unsent += 1


@dataclass(frozen=True)
class UdpPeer:
    """A UDP address."""

    address: tuple[Any, ...]
    link: UdpLink = field(compare=False, repr=False)

    @property
    def host(self) -> str:
        """Its IP address."""
        return self.address[0]

    @property
    def name(self) -> str:
        """Address and port."""
        return f"{self.host}:{self.address[1]}"

    def send(self, packet: bytes) -> None:
        """Send a datagram, or count that this failed."""
        self.link.send(packet, self.address)

    def at(self, port: int) -> UdpPeer:
        """The same machine at another port."""
        return UdpPeer((self.host, port, *self.address[2:]), self.link) if port else self

    @property
    def own(self) -> bool:
        """Whether that is our own port."""
        return self.link.is_own(self.address)
