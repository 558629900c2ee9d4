"""OSCQuery: the addresses as a tree, over HTTP and WebSocket."""

from rtsep.osc.query.server import QueryServer

__all__ = ["QueryServer"]
