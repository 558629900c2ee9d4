"""Who may speak to the HTTP server: the allow-list, and no web page but our own.

A page in the performer's browser speaks from this machine, so that the allow-list lets it in; two headers, which a page cannot
change, tell it apart. `Origin` names where the page comes from. `Host` names where the browser believes to be: a page whose
own name was made to resolve to 127.0.0.1 (DNS rebinding) passes for same-origin, but under that name.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from rtsep.osc.allow import Allowed


def host_is_ours(host: str | None) -> bool:
    """Whether a Host header names this machine by an address or by its own name; none at all is no browser.

    >>> host_is_ours("127.0.0.1:9002"), host_is_ours("localhost"), host_is_ours("[::1]:9002"), host_is_ours("evil.example")
    (True, True, True, False)
    """
    if host is None:
        return True
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        own = socket.gethostname().lower()
        return name in {"localhost", own, f"{own}.local"}
    return True


def origin_is_ours(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from no web page, or from one that this very server gave out.

    >>> origin_is_ours({"Origin": "http://evil.example", "Host": "127.0.0.1:9002"}), origin_is_ours({})
    (False, True)
    """
    origin = headers.get("Origin")
    return origin is None or origin == f"http://{headers.get('Host')}"


def guard(allowed: Allowed) -> Middleware:
    """A middleware that answers 403 to whoever may not speak."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        peer = request.transport.get_extra_info("peername") if request.transport else None
        if peer is None or not allowed.admits(peer[0]):
            raise web.HTTPForbidden(text="this address is not in osc.allow\n")
        if not host_is_ours(request.headers.get("Host")) or not origin_is_ours(request.headers):
            raise web.HTTPForbidden(text="web pages from elsewhere may not control this host\n")
        return await handler(request)

    return check
