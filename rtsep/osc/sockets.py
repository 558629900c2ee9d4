"""One port for both: a UDP socket and a TCP listener under the same number."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Callable

from rtsep.errors import ConfigError
from rtsep.surfaces import OSC_PORT, OscConfig

RECEIVE_BYTES = 1 << 20
"""Asked for the UDP socket, so that a flood finds room while a switch of separators is being begun."""
_TRIES = 20
Pair = tuple[socket.socket, socket.socket]


def bound(config: OscConfig, say: Callable[[str], None]) -> Pair:
    """Sockets as `config` asks for, not blocking. Raises ConfigError if its port or address cannot be had."""
    try:
        return _pair(config.listen, config.port or OSC_PORT)
    except OSError as error:
        if config.port is not None or error.errno != errno.EADDRINUSE:
            raise ConfigError(_reason(config, error)) from None
    pair = _free_pair(config)
    say(f"OSC port {OSC_PORT} is taken; listening on {pair[0].getsockname()[1]} instead; [osc] port chooses one")
    return pair


def _free_pair(config: OscConfig) -> Pair:
    for _ in range(_TRIES):
        try:
            return _pair(config.listen, 0)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise ConfigError(_reason(config, error)) from None
    raise ConfigError(f"no port is free for OSC on {config.listen}; free one and name it as osc.port")


def _reason(config: OscConfig, error: OSError) -> str:
    place = f"{config.port or OSC_PORT} of {config.listen}"
    if error.errno == errno.EADDRINUSE:
        return f"osc.port {place} is taken by another program; choose another, or leave it out for a free one"
    return f"OSC cannot listen on port {place} ({error.strerror}); check osc.listen and osc.port"


def _pair(listen: str, port: int) -> Pair:
    """Both on `port`; 0: on one that is free for both, or OSError."""
    family = socket.AF_INET6 if ipaddress.ip_address(listen).version == 6 else socket.AF_INET
    tcp = socket.socket(family, socket.SOCK_STREAM)
    udp = socket.socket(family, socket.SOCK_DGRAM)
    try:
        for one in (tcp, udp):
            one.setblocking(False)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        if sys.platform != "win32":  # where it would mean: share the port with whoever has it
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tcp.bind((listen, port))
        udp.bind((listen, tcp.getsockname()[1]))
        udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        tcp.listen()
    except OSError:
        tcp.close()
        udp.close()
        raise
    return udp, tcp
