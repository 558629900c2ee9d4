"""Which host the window speaks with: the one it was told, else one that runs on this machine."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

from rtsep.errors import RemoteError
from rtsep.osc.client import RemoteEngine
from rtsep.shared.hosts import local_hosts
from rtsep.surfaces import OSC_PORT
from rtsep_gui.models.hosts import choose

TIMEOUT_S = 2.0


@dataclass(frozen=True)
class Place:
    """Where a host hears OSC."""

    address: str
    port: int = OSC_PORT

    @property
    def here(self) -> bool:
        """Whether that is this machine, so that the host's block can be looked into."""
        try:
            return ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            return self.address == "localhost"

    def __str__(self) -> str:
        return f"{self.address}:{self.port}"


def engine_at(place: Place) -> RemoteEngine:
    """A host that answers. Raises RemoteError if nobody does, ConfigError."""
    engine = RemoteEngine(place.address, place.port, TIMEOUT_S)
    try:
        engine.state()
    except BaseException:
        engine.close()
        raise
    return engine


class Connector:
    """Reaches the host; what a `Link` calls, on its thread, until it succeeds."""

    def __init__(self, place: Place | None, preferred: Callable[[], str]) -> None:
        """`preferred`: name of the host to choose where several run on this machine."""
        self.place = place
        self._preferred = preferred

    def __call__(self) -> RemoteEngine:
        """Raises RemoteError if there is none."""
        if self.place is not None:
            return engine_at(self.place)
        host = choose(local_hosts(), self._preferred())
        if host is None:
            raise RemoteError("no host runs on this machine")
        return engine_at(Place("127.0.0.1", host.osc_port))
