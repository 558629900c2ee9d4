"""OSCQuery: what addresses there are, by HTTP, and their values as they change, by WebSocket."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from aiohttp import web

from rtsep.control import EngineControl
from rtsep.errors import ConfigError
from rtsep.osc.allow import Allowed
from rtsep.osc.query.advertise import Advertisement, announced
from rtsep.osc.query.faults import Faults
from rtsep.osc.query.guard import guard
from rtsep.osc.query.hub import Hub
from rtsep.osc.query.pages import Pages
from rtsep.surfaces import QUERY_PORT, OscConfig

GOODBYE_S = 10.0
"""How long `stop` waits at most."""


class QueryServer:
    """Serves in one thread of its own, from `start` to `stop`. `osc_port`: where OSC itself is heard.

    `say` gets a line for what should be known and stops nothing.
    """

    def __init__(
        self, engine: EngineControl, config: OscConfig, osc_port: int, say: Callable[[str], None] = lambda line: None
    ) -> None:
        self._engine = engine
        self._config = config
        self._osc_port = osc_port
        self._say = say
        self.port = 0
        """Where it listens; 0: it does not."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rtsep-oscquery", daemon=True)

    def start(self) -> None:
        """Serve; returns when it does. Once. Raises ConfigError if port or address cannot be had."""
        self._socket = listening(self._config, self._say)
        self.port = self._socket.getsockname()[1]
        self._thread.start()
        self._ready.wait(GOODBYE_S)

    def stop(self) -> None:
        """Close every connection and the port. At any time, any number of times."""
        if self._loop is None:
            return
        with suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(GOODBYE_S)
        self.port = 0

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:
            self._say(f"OSCQuery has stopped: {type(error).__name__}: {error}")
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        faults = Faults(self._say)
        hub = Hub(self._engine, faults)
        app = web.Application(middlewares=[guard(Allowed(self._config))], client_max_size=1024)
        app.router.add_get("/{path:.*}", Pages(hub, self._osc_port).get)
        runner = web.AppRunner(app, access_log=None, logger=faults.logger, shutdown_timeout=1.0)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        subscription = self._engine.subscribe(hub.wake)
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        tasks = [asyncio.create_task(hub.run()), asyncio.create_task(self._announce())]
        stop = asyncio.create_task(self._stop.wait())
        try:
            # The first to end by itself is one that failed.
            ended, _ = await asyncio.wait([stop, tasks[0]], return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            subscription.cancel()
            for task in (stop, *tasks):
                task.cancel()
            await asyncio.gather(stop, *tasks, return_exceptions=True)
            await runner.cleanup()

    async def _announce(self) -> None:
        """Announced from now until cancelled."""
        addresses = announced(self._config)
        if not addresses:
            return
        name = f"rtsep {self._engine.state().name}"
        advertisement = Advertisement(name, addresses, self.port, self._osc_port, self._say)
        try:
            await advertisement.start()
            await asyncio.Event().wait()
        finally:
            await advertisement.stop()


def listening(config: OscConfig, say: Callable[[str], None]) -> socket.socket:
    """The port of a configuration, or a free one if it names none and the usual one is taken. Raises ConfigError."""
    family = socket.AF_INET6 if ":" in config.listen else socket.AF_INET
    wanted = config.query_port or QUERY_PORT
    try:
        return socket.create_server((config.listen, wanted), family=family)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        if not taken or config.query_port is not None:
            reason = "is taken" if taken else f"cannot be listened at: {error.strerror}"
            raise ConfigError(
                f"OSCQuery's port {wanted} at {config.listen} {reason}; set osc.query_port or osc.listen"
            ) from None
    server = socket.create_server((config.listen, 0), family=family)
    say(f"OSCQuery's usual port {wanted} is taken; it listens at {server.getsockname()[1]}")
    return server
