"""Who wants to hear of changes, for how long, and what each believes already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rtsep.errors import ConfigError
from rtsep.osc.codec import encode
from rtsep.osc.messages import Address
from rtsep.osc.peers import Peer
from rtsep.surfaces import REPLY_PORT

LEASE_S = 10.0
"""A subscription lasts so long unless it is renewed."""
CONTENDED_S = 0.3
"""What a client set so soon after it was told otherwise may have been under way then: it would show what it was told. It is told
what it set after all."""
MOST = 32
"""Subscribers at a time."""


class Belief(NamedTuple):
    """What a client takes an address to be, as it has set it."""

    message: bytes
    """The one that would tell it so; empty: it is mistaken in any case."""
    contended: bool = False
    """Whether it may have been told otherwise since."""


@dataclass(eq=False)
class Subscriber:
    """One subscription. Times in seconds, on the server's clock."""

    target: Peer
    """Where it hears."""
    source: Peer
    """Where it sends from."""
    until: float
    meters_s: float = 0.0
    """Between meters; 0: none."""
    meters_at: float = 0.0
    snapshot_at: float = float("inf")
    """When it was told everything; infinite: not yet."""
    believes: dict[str, Belief] = field(default_factory=dict)
    """By address, what it has set since the last publication."""
    told_at: dict[str, float] = field(default_factory=dict)
    """By address, when it was last told what it had not set."""

    @property
    def fresh(self) -> bool:
        """Whether it is to get a snapshot first."""
        return self.snapshot_at == float("inf")

    def set_now(self, path: str, message: bytes, now: float) -> None:
        """It has set an address to what `message` would tell it."""
        told_at = max(self.told_at.get(path, float("-inf")), self.snapshot_at)
        self.believes[path] = Belief(message, now - told_at < CONTENDED_S)

    def is_to_hear(self, path: str, message: bytes, now: float) -> bool:
        """Whether it is to be told of a change by `message`; if so, that counts as done."""
        belief = self.believes.get(path)
        if belief and belief.message == message:
            return belief.contended
        self.told_at[path] = now
        return True


class Subscribers:
    """All of them, by where they hear. Server's thread; `names` any."""

    def __init__(self) -> None:
        self._by_target: dict[Peer, Subscriber] = {}
        self.names: tuple[str, ...] = ()
        self.news = False
        """Whether one of them has something to hear although nothing changed."""

    def __iter__(self) -> Iterator[Subscriber]:
        return iter(list(self._by_target.values()))

    def __len__(self) -> int:
        return len(self._by_target)

    def meters_at(self) -> float:
        """When the next meters are due; infinite if nobody wants them."""
        return min((each.meters_at for each in self._by_target.values() if each.meters_s), default=float("inf"))

    def of(self, peer: Peer) -> list[Subscriber]:
        """Subscriptions of a client: that it asked for, or that go where it sends from."""
        return [each for each in self._by_target.values() if peer in (each.source, each.target)]

    def subscribe(self, peer: Peer, now: float, port: int = REPLY_PORT, meters_hz: float = 0.0) -> None:
        """Begin anew, or begin. Raises ConfigError if there is no more room, or if that is where we hear ourselves."""
        target = peer.at(port)
        if target.own:  # we would obey what we say, and take back what others have changed meanwhile
            raise ConfigError(f"port {port} is where rtsep itself hears; subscribe with the port that you hear at")
        if target not in self._by_target and len(self) >= MOST:
            raise ConfigError(f"{MOST} clients are subscribed already; unsubscribe one, or wait {LEASE_S:g} s")
        period = 1.0 / meters_hz if meters_hz > 0.0 else 0.0
        self._by_target[target] = Subscriber(target, peer, now + LEASE_S, period, now)
        self._note()

    def renew(self, peer: Peer, now: float, port: int | None = None, meters_hz: float = 0.0) -> None:
        """Go on; whoever is not subscribed is from now on. Raises ConfigError if there is no more room."""
        found = (
            self._meant(peer) if port is None else [e for e in self._by_target.values() if e.target == peer.at(port)]
        )
        for each in found:
            each.until = now + LEASE_S
        if not found:
            self.subscribe(peer, now, REPLY_PORT if port is None else port, meters_hz)

    def unsubscribe(self, peer: Peer) -> None:
        """End what this client has."""
        self._drop(self._meant(peer))

    def end(self, now: float, gone: Sequence[Peer]) -> None:
        """End what nobody has renewed, and what went to peers that are gone."""
        self._drop([each for each in self._by_target.values() if each.until <= now or each.target in gone])

    def believe(self, peer: Peer, sets: Iterable[tuple[Address, tuple[object, ...]]], now: float) -> None:
        """A client has set addresses to values."""
        for each in self.of(peer):
            for address, values in sets:
                each.set_now(address.path, encode(address.path, address.accept(values)), now)

    def correct(self, peer: Peer, paths: Iterable[str]) -> None:
        """A client has asked for what cannot be: it is to hear what is."""
        for each in self.of(peer):
            each.believes |= dict.fromkeys(paths, Belief(b""))
            self.news = True

    def _meant(self, peer: Peer) -> list[Subscriber]:
        """What is meant by a client that names no port: its own, or else what one without a port would have got."""
        found = self.of(peer)
        usual = self._by_target.get(peer.at(REPLY_PORT))
        return found or ([usual] if usual else [])

    def _drop(self, over: list[Subscriber]) -> None:
        for each in over:
            del self._by_target[each.target]
        if over:
            self._note()

    def _note(self) -> None:
        self.news = True
        self.names = tuple(target.name for target in self._by_target)
