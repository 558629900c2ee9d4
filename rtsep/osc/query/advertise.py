"""Zeroconf: other machines find this host by itself. The query server's thread."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Sequence

import psutil
from zeroconf import Error, IPVersion, ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from rtsep.surfaces import OscConfig

GOODBYE_S = 3.0
"""How long taking the announcement back may last."""


def reachable(listen: str) -> list[str]:
    """Addresses beyond loopback under which a server that listens at `listen` is reached.

    >>> reachable("127.0.0.1"), reachable("192.168.1.7")
    ([], ['192.168.1.7'])
    """
    asked = ipaddress.ip_address(listen)
    if not asked.is_unspecified:
        return [] if asked.is_loopback else [listen]
    family = socket.AF_INET if asked.version == 4 else socket.AF_INET6
    every = (entry for entries in psutil.net_if_addrs().values() for entry in entries if entry.family == family)
    found = [entry.address for entry in every]
    return [address for address in found if "%" not in address and not ipaddress.ip_address(address).is_loopback]


def announced(config: OscConfig) -> list[str]:
    """Addresses to announce; none where nobody else may send at all."""
    return reachable(config.listen) if config.advertise and config.allow else []


class Advertisement:
    """Announces `_oscjson._tcp`, `_osc._udp` and `_osc._tcp` at `addresses`. What fails is one message, never an error."""

    def __init__(
        self, name: str, addresses: Sequence[str], query_port: int, osc_port: int, say: Callable[[str], None]
    ) -> None:
        own = socket.gethostname().partition(".")[0] or "rtsep"
        kinds = (("_oscjson._tcp", query_port), ("_osc._udp", osc_port), ("_osc._tcp", osc_port))
        self._services = [
            ServiceInfo(
                f"{kind}.local.",
                f"{name}.{kind}.local.",
                port,
                properties={"txtvers": "1"},
                server=f"{own}.local.",
                parsed_addresses=list(addresses),
            )
            for kind, port in kinds
        ]
        self._addresses = list(addresses)
        self._say = say
        self._zeroconf: AsyncZeroconf | None = None

    async def start(self) -> None:
        """Announce."""
        try:
            self._zeroconf = AsyncZeroconf(interfaces=self._addresses, ip_version=IPVersion.All)
            for service in self._services:
                # First other machines are asked for objections, then everyone is told.
                await (await self._zeroconf.async_register_service(service, allow_name_change=True))
        except (OSError, Error, ValueError, TimeoutError, RuntimeError) as error:
            self._say(
                f"OSCQuery cannot be announced by zeroconf ({error or type(error).__name__}); it serves all the same"
            )
            await self.stop()

    async def stop(self) -> None:
        """Take it back."""
        zeroconf, self._zeroconf = self._zeroconf, None
        if zeroconf is None:
            return
        try:
            await asyncio.wait_for(zeroconf.async_unregister_all_services(), GOODBYE_S)
            await asyncio.wait_for(zeroconf.async_close(), GOODBYE_S)
        except (OSError, Error, TimeoutError) as error:
            self._say(f"OSCQuery's announcement may stay for a while ({error or type(error).__name__})")
