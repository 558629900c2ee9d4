"""Keeps the WebSocket clients in step with the engine. The query server's thread, but for `wake`."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import web

from rtsep.changes import Change
from rtsep.control import EngineControl
from rtsep.osc.codec import MAX_PACKET
from rtsep.osc.flat import Flat
from rtsep.osc.query.faults import Faults
from rtsep.osc.query.session import METERS_S, Session, Snapshot
from rtsep.osc.query.tree import Tree

REST_S = 0.01
"""Between two looks at the engine, however much changes."""
POLL_S = 0.1
"""For what changes without anyone asking for it: status, counters."""
ALIVE_S = 20.0
"""A client that answers no ping for so long is gone."""
MAX_SESSIONS = 64


class Hub:
    """The clients, and the latest snapshot."""

    def __init__(self, engine: EngineControl, faults: Faults) -> None:
        self._engine = engine
        self._faults = faults
        self._flat = Flat()
        self._tree = Tree({}, faults)
        self._sessions: set[Session] = set()
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._woken = False

    def wake(self, change: Change) -> None:
        """Look again soon. Any thread: the engine's listener."""
        if not self._woken:
            self._woken = True
            with suppress(RuntimeError):  # the loop has just ended
                self._loop.call_soon_threadsafe(self._changed.set)

    def snapshot(self) -> Snapshot:
        """How things stand now."""
        state = self._engine.state()
        flat = self._flat.at(state)
        if flat is not self._tree.flat:
            self._tree = Tree(flat, self._faults)
        return Snapshot(self._tree, state)

    async def run(self) -> None:
        """Tell the clients of changes, until cancelled."""
        while True:
            poll_s = METERS_S if any(session.wants_meters for session in self._sessions) else POLL_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), poll_s)
            self._changed.clear()
            # Before the look: a change during it wakes once more.
            self._woken = False
            try:
                self._offer()
            except Exception as error:
                self._faults.note("the engine's state", error)
            await asyncio.sleep(REST_S)

    def _offer(self) -> None:
        if self._sessions:
            now = self.snapshot()
            for session in self._sessions:
                session.offer(now)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A WebSocket client, to its end."""
        if len(self._sessions) >= MAX_SESSIONS:
            raise web.HTTPServiceUnavailable(text=f"{MAX_SESSIONS} WebSocket clients are connected; close one\n")
        socket = web.WebSocketResponse(max_msg_size=MAX_PACKET, heartbeat=ALIVE_S)
        await socket.prepare(request)
        session = Session(socket, self._engine, self.snapshot(), self._faults)
        self._sessions.add(session)
        try:
            await session.run()
        finally:
            self._sessions.discard(session)
            await socket.close()
        return socket
