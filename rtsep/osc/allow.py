"""Who may control this host: this machine always, others by the list in the configuration."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from rtsep.surfaces import OscConfig, network

REMEMBERED = 1024
"""Addresses whose answer is kept: every datagram asks."""


class Allowed:
    """The allow-list of a configuration. Any thread."""

    def __init__(self, config: OscConfig) -> None:
        self._networks = tuple(network(entry) for entry in config.allow)
        self.admits = lru_cache(REMEMBERED)(self._admits)

    def _admits(self, address: str) -> bool:
        """Whether a peer at `address` may send; what is no address at all may not.

        >>> Allowed(OscConfig(allow=("192.168.1.0/24",))).admits("192.168.1.7"), Allowed(OscConfig()).admits("10.0.0.1")
        (True, False)
        """
        try:
            peer = ipaddress.ip_address(address.split("%")[0])
        except ValueError:
            return False
        if isinstance(peer, ipaddress.IPv6Address) and peer.ipv4_mapped:
            peer = peer.ipv4_mapped
        return peer.is_loopback or any(peer in allowed for allowed in self._networks)
