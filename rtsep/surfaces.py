"""How a host may be controlled: the `[osc]` and `[midi]` tables of its configuration."""

from __future__ import annotations

import ipaddress
from typing import Annotated

import msgspec

from rtsep.errors import ConfigError

OSC_PORT = 9000
"""Where OSC comes in, UDP and TCP, unless it is taken."""
REPLY_PORT = 9001
"""Where subscribers hear, unless they name another port."""
QUERY_PORT = 9002
"""OSCQuery over HTTP and WebSocket, unless it is taken."""

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]


def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """An address or a network such as 192.168.1.0/24. Raises ConfigError if it is neither."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise ConfigError(f"osc.allow has {text!r}; write an address or a network such as 192.168.1.0/24") from None


class OscConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """OSC and OSCQuery."""

    enabled: bool = True
    listen: str = "127.0.0.1"
    """Address to listen at; only this machine by default, 0.0.0.0: every network, which wants an `allow`."""
    allow: tuple[str, ...] = ()
    """Who may send besides this machine: addresses or networks. Empty: nobody."""
    port: Port | None = None
    """UDP and TCP; None: OSC_PORT, or a free one if that is taken."""
    query: bool = True
    """Serve OSCQuery."""
    query_port: Port | None = None
    """None: QUERY_PORT, or a free one if that is taken."""
    advertise: bool = True
    """Announce both by zeroconf, where other machines may send at all."""

    def __post_init__(self) -> None:
        try:
            ipaddress.ip_address(self.listen)
        except ValueError:
            raise ConfigError(
                f"osc.listen is {self.listen!r}, must be an address of this machine; 0.0.0.0 is all of them"
            ) from None
        for entry in self.allow:
            network(entry)


class MidiConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """MIDI controllers."""

    inputs: tuple[str, ...] = ()
    """Ports to hear, by name or a part of it; empty: none."""
    outputs: tuple[str, ...] = ()
    """Ports that get feedback: LEDs, motor faders."""
    map: str | None = None
    """File of assignments, read at the start and written by learning; None: one in the user's configuration folder."""
