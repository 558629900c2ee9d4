"""Carries a round out: changes of the engine first, then services, then answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from rtsep.control import EngineControl, EngineState
from rtsep.errors import ConfigError
from rtsep.origin import speaking_for
from rtsep.osc.codec import bundles, encode
from rtsep.osc.messages import Value
from rtsep.osc.peers import Peer
from rtsep.osc.replies import Replies
from rtsep.osc.subscribers import Subscribers
from rtsep.osc.units import Unit
from rtsep.osc.view import View

Service = Callable[[tuple[Value, ...]], Iterable[Value] | None]
"""What serves a row that is not the engine's: gets the values, already of the row's types; what it returns is answered to the
asker on the same address. May raise RtsepError, which the asker is told. Server's thread: must not wait."""


class Carrier:
    """Carries out what was asked. Server's thread."""

    def __init__(
        self,
        engine: EngineControl,
        view: View,
        subscribers: Subscribers,
        replies: Replies,
        services: Mapping[str, Service],
    ) -> None:
        self._engine = engine
        self._view = view
        self._subscribers = subscribers
        self._replies = replies
        self._services = services

    def carry_out(self, units: list[Unit]) -> None:
        """A round, in order; what is for the mixing desk alone, with its neighbours at once. Never raises."""
        for desk_only, stretch in groupby(units, key=lambda unit: unit.desk_only):
            for together in [list(stretch)] if desk_only else [[unit] for unit in stretch]:
                self._apply(together)
        for unit in units:
            self._serve(unit)
        if any(unit.queries for unit in units):
            self._answer(units)

    def _apply(self, units: list[Unit]) -> None:
        """All at once; if that is refused, each by itself."""
        changes = [change for unit in units for change in unit.changes]
        if not changes:
            return
        senders = ", ".join(dict.fromkeys(unit.peer.name for unit in units if unit.changes))
        try:
            with speaking_for(f"osc {senders}"):
                self._engine.apply(*changes)
        except Exception as error:
            if len(units) > 1:
                for unit in units:
                    self._apply([unit])
            else:
                self._replies.failed(units[0].peer, units[0].path, error)
                self._subscribers.correct(units[0].peer, [address.path for address, _ in units[0].sets])
        else:
            now = time.monotonic()
            for unit in units:
                self._subscribers.believe(unit.peer, unit.sets, now)

    def _serve(self, unit: Unit) -> None:
        for address, values in unit.services:
            try:
                answer = self._service(unit.peer, address.path)(values)
                if answer is not None:
                    self._replies.answer(unit.peer, [encode(address.path, list(answer))])
            except Exception as error:
                self._replies.failed(unit.peer, address.path, error)

    def _service(self, peer: Peer, path: str) -> Callable[[Any], Any]:
        now = time.monotonic()
        match path:
            case "/rtsep/subscribe":
                return lambda values: self._subscribers.subscribe(peer, now, *values)
            case "/rtsep/renew":
                return lambda values: self._subscribers.renew(peer, now, *values)
            case "/rtsep/unsubscribe":
                return lambda values: self._subscribers.unsubscribe(peer)
            case _ if path in self._services:
                return self._services[path]
        raise ConfigError(f"{path}: nothing here serves it; start rtsep with what does")

    def _answer(self, units: list[Unit]) -> None:
        """All queries, from one state."""
        try:
            state = self._view.look()
        except Exception as error:
            self._replies.fault("the engine's state", error)
            return
        made: dict[str, list[bytes]] = {}
        for unit in units:
            for path in unit.queries:
                try:
                    if path not in made:
                        made[path] = self._answers(path, state)
                    self._replies.answer(unit.peer, made[path])
                except Exception as error:
                    self._replies.failed(unit.peer, path, error)

    def _answers(self, path: str, state: EngineState) -> list[bytes]:
        index = self._view.index
        messages = [encode(address.path, address.read(state)) for address in index.readable(path)]
        return messages if path in index.flat else list(bundles(messages))
