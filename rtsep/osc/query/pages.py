"""What is answered to HTTP: the tree, one attribute of it, or who is here."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from rtsep.osc.query.hub import Hub
from rtsep.osc.query.tree import ATTRIBUTES

EXTENSIONS = {
    "ACCESS": True,
    "VALUE": True,
    "RANGE": True,
    "DESCRIPTION": True,
    "UNIT": True,
    "CLIPMODE": True,
    "TAGS": False,
    "EXTENDED_TYPE": False,
    "CRITICAL": False,
    "LISTEN": True,
    "PATH_CHANGED": True,
    "PATH_ADDED": True,
    "PATH_REMOVED": True,
    "PATH_RENAMED": False,
}
HOST_INFO = "HOST_INFO"


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")


class Pages:
    """The handler of every GET. The query server's thread."""

    def __init__(self, hub: Hub, osc_port: int) -> None:
        self._hub = hub
        self._osc_port = osc_port

    async def get(self, request: web.Request) -> web.StreamResponse:
        """A WebSocket's handshake, or a page: 404 for an unknown path, 400 for an unknown attribute, 204 for one that the
        node does not have."""
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._hub.serve(request)
        # A query may come as ?VALUE or as ?VALUE=, never with a value.
        asked = list(request.query)
        if len(asked) > 1 or any(request.query.values()) or not set(asked) <= {HOST_INFO, *ATTRIBUTES}:
            raise web.HTTPBadRequest(text=f"ask for one of {HOST_INFO}, {', '.join(ATTRIBUTES)}\n")
        if asked == [HOST_INFO]:
            return _json(self._host_info(request))
        now = self._hub.snapshot()
        node = now.tree.describe(request.path, now.state)
        if node is None:
            raise web.HTTPNotFound(text=f"{request.path} is no address of this host\n")
        if not asked:
            return _json(node)
        if asked[0] not in node:
            return web.Response(status=204)
        return _json({asked[0]: node[asked[0]]})

    def _host_info(self, request: web.Request) -> dict[str, Any]:
        """Addresses are those that this client has reached us at: a host may have several."""
        assert request.transport is not None
        address, port, *_ = request.transport.get_extra_info("sockname")
        return {
            "NAME": f"rtsep {self._hub.snapshot().state.name}",
            "EXTENSIONS": EXTENSIONS,
            "OSC_IP": address,
            "OSC_PORT": self._osc_port,
            "OSC_TRANSPORT": "UDP",
            "WS_IP": address,
            "WS_PORT": port,
        }
