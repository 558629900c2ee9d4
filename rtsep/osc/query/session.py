"""One WebSocket client: what it listens to, what it was told last, what it sends. The query server's thread throughout."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import msgspec
from aiohttp import WSMsgType, web

from rtsep.control import EngineControl, EngineState
from rtsep.errors import ConfigError, RtsepError
from rtsep.osc import codec
from rtsep.osc.messages import Value
from rtsep.osc.peers import Peer
from rtsep.osc.query.faults import Faults
from rtsep.osc.query.tree import Tree, differences
from rtsep.osc.units import understood

METERS_S = 1.0 / 30.0
"""Meters come no more often."""


@dataclass(frozen=True)
class Snapshot:
    """A state, and the tree that is its."""

    tree: Tree
    state: EngineState


class Command(msgspec.Struct):
    """A text frame: what to do with which path."""

    COMMAND: str
    DATA: str = ""


class Session:
    """A client from its connection to its end. Keeps no queue: who reads slowly gets the latest values, and only those."""

    def __init__(self, socket: web.WebSocketResponse, engine: EngineControl, now: Snapshot, faults: Faults) -> None:
        self._socket = socket
        self._engine = engine
        self._faults = faults
        self._now = now
        self._told_tree = now.tree
        self._listened: set[str] = set()
        self._heard: dict[str, None] = {}
        self._told: dict[str, tuple[Value, ...]] = {}
        self._meters_due = 0.0
        self._news = asyncio.Event()

    @property
    def wants_meters(self) -> bool:
        """Whether it listens to any meter."""
        flat = self._told_tree.flat
        return any(flat[path].message.push == "meter" for path in self._heard)

    def offer(self, now: Snapshot) -> None:
        """Something may have changed."""
        self._now = now
        self._news.set()

    async def run(self) -> None:
        """Until the client goes."""
        tasks = {asyncio.create_task(self._read()), asyncio.create_task(self._write())}
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        except ConnectionError:
            pass  # it went while it was told something
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                await self._obey(message.data)
            elif message.type is WSMsgType.BINARY:
                await self._take(message.data)

    async def _write(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            now = self._now
            if now.tree is not self._told_tree:
                for command, path in differences(self._told_tree, now.tree):
                    await self._socket.send_str(msgspec.json.encode(Command(command, path)).decode())
                self._told_tree = now.tree
                self._cover()
            for packet in list(self._due(now)):
                await self._socket.send_bytes(packet)

    def _cover(self) -> None:
        """Work out the paths that are listened to: those named, and everything in a container that was named."""
        flat = self._told_tree.flat
        self._heard = dict.fromkeys(
            path
            for path, address in flat.items()
            if address.message.read and address.message.push != "never" and self._covers(path)
        )
        self._told = {path: values for path, values in self._told.items() if path in self._heard}

    def _covers(self, path: str) -> bool:
        while path:
            if path in self._listened:
                return True
            path = path.rpartition("/")[0]
        return "" in self._listened

    def _due(self, now: Snapshot) -> Iterator[bytes]:
        """What has another value than the client was told."""
        clock = time.monotonic()
        meters = clock >= self._meters_due
        if meters:
            self._meters_due = clock + METERS_S
        heard = (now.tree.flat[path] for path in self._heard)
        wanted = (address for address in heard if meters or address.message.push != "meter")
        for address, values in self._faults.readings(wanted, now.state):
            if self._told.get(address.path) != values:
                self._told[address.path] = values
                yield codec.encode(address.path, values)

    async def _obey(self, text: str) -> None:
        try:
            command = msgspec.json.decode(text, type=Command)
        except msgspec.DecodeError as error:
            await self._complain("", "malformed", f'send {{"COMMAND": "LISTEN", "DATA": "/a/path"}}: {error}')
            return
        path = command.DATA.rstrip("/")
        match command.COMMAND:
            case "LISTEN" if path not in self._told_tree.paths:
                await self._complain(path, "unknown", f"{path} is no address of this host")
            case "LISTEN":
                self._listened.add(path)
            case "IGNORE":
                self._listened = {kept for kept in self._listened if kept != path and not kept.startswith(f"{path}/")}
            case other:
                await self._complain(path, "unknown", f"{other} is no command; send LISTEN or IGNORE")
        self._cover()
        self._news.set()

    async def _take(self, packet: bytes) -> None:
        """Apply a packet as one, and answer its queries. Time tags do not count here, only at the OSC port."""
        try:
            received = codec.decode(packet)
        except RtsepError as error:
            await self._complain("", "malformed", str(error))
            return
        if not received:
            return
        path = received[0].path
        index, sets = self._now.tree.index, {}
        try:
            unit = understood(cast(Peer, self), received, index)
            sets = {address.path: address.accept(values) for address, values in unit.sets}
            if unit.services:
                raise ConfigError(
                    f"{unit.services[0][0].path} is for the OSC port; a WebSocket sends LISTEN and IGNORE"
                )
            # Its own value is not echoed to a client; if the engine makes something else of it, that is.
            self._told |= {own: values for own, values in sets.items() if own in self._heard}
            if unit.changes:
                await asyncio.to_thread(self._engine.apply, *unit.changes)
            if unit.queries:
                state = self._engine.state()
                for address in (address for query in unit.queries for address in index.readable(query)):
                    await self._socket.send_bytes(codec.encode(address.path, address.read(state)))
        except Exception as error:
            mistaken = {*sets, *(message.path for message in received)}
            self._told = {own: values for own, values in self._told.items() if own not in mistaken}
            self._news.set()
            if isinstance(error, RtsepError):
                await self._complain(path, "refused", str(error))
            else:
                self._faults.note(path, error)
                await self._complain(path, "failed", f"an error inside rtsep: {type(error).__name__}: {error}")

    async def _complain(self, path: str, code: str, text: str) -> None:
        await self._socket.send_bytes(codec.encode("/rtsep/error", (path, code, text)))
