"""OSCQuery over WebSocket: LISTEN brings values, now and as they change; what a client sends is applied, and not echoed to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from fakeengine import FakeEngine
from support import PATIENCE_S

from rtsep.changes import Panic, StemGain, StemMute, SwitchSeparator
from rtsep.osc import codec
from rtsep.osc.messages import Value
from rtsep.osc.query import QueryServer
from rtsep.osc.query.hub import REST_S
from rtsep.spec import Parameter, SeparatorSpec
from rtsep.surfaces import OscConfig

FLOOD = 2000
GAIN = "/rtsep/stem/vocals/gain_db"
MIX = "/rtsep/mix/gain_db"
SPEC = SeparatorSpec("two", ("vocals", "rest"), 2, (48000,), 64, 0, False, (Parameter("warmth", "", 0.0, 1.0, 0.5),))


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(SPEC)


@pytest.fixture
def server(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[QueryServer]:
    monkeypatch.setattr("rtsep.osc.query.server.QUERY_PORT", 0)
    serving = QueryServer(engine, OscConfig(), 9000)
    serving.start()
    yield serving
    serving.stop()


class Client:
    """One WebSocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def command(self, command: str, path: str) -> None:
        await self.socket.send_str(json.dumps({"COMMAND": command, "DATA": path}))

    async def send(self, *messages: tuple[str, tuple[Value, ...]]) -> None:
        await self.socket.send_bytes(codec.bundle(codec.encode(*message) for message in messages))

    async def hear(self) -> tuple[str, tuple[object, ...]]:
        """The next OSC message."""
        packet = await self.socket.receive_bytes(timeout=PATIENCE_S)
        (message,) = codec.decode(packet)
        return message.path, message.values

    async def told(self) -> tuple[str, str]:
        """The next command."""
        command = json.loads(await self.socket.receive_str(timeout=PATIENCE_S))
        return command["COMMAND"], command["DATA"]

    async def nothing_until_answered(self) -> None:
        """Everything that came before the answer to a query that is asked now is that answer."""
        await asyncio.sleep(3 * REST_S)
        await self.send(("/rtsep/status/block", ()))
        assert await self.hear() == ("/rtsep/status/block", (64,))


@asynccontextmanager
async def connected(server: QueryServer) -> AsyncIterator[Client]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"ws://127.0.0.1:{server.port}/", max_msg_size=0) as socket,
    ):
        yield Client(socket)


def test_listening_brings_the_value_and_then_its_changes(server: QueryServer, engine: FakeEngine) -> None:
    async def play() -> None:
        async with connected(server) as client:
            await client.command("LISTEN", GAIN)
            assert await client.hear() == (GAIN, (0.0,))
            engine.apply(StemGain("vocals", -6.0), StemMute("vocals", True))
            assert await client.hear() == (GAIN, (-6.0,))
            await client.command("IGNORE", GAIN)
            await client.command("LISTEN", MIX)
            assert await client.hear() == (MIX, (0.0,))
            engine.apply(StemGain("vocals", -7.0))
            await client.nothing_until_answered()

    asyncio.run(play())


def test_a_container_stands_for_everything_in_it(server: QueryServer, engine: FakeEngine) -> None:
    async def play() -> None:
        async with connected(server) as client:
            await client.command("LISTEN", "/rtsep/stem/vocals")
            heard = dict([await client.hear() for _ in range(9)])
            assert heard[GAIN] == (0.0,)
            assert heard["/rtsep/stem/vocals/side"] == ("none",)
            assert all(path.startswith("/rtsep/stem/vocals/") for path in heard)
            await client.command("IGNORE", "/rtsep/stem")
            await client.nothing_until_answered()

    asyncio.run(play())


def test_what_a_client_sends_is_applied_as_one_and_not_echoed(server: QueryServer, engine: FakeEngine) -> None:
    async def play() -> None:
        async with connected(server) as one, connected(server) as other:
            for client in (one, other):
                await client.command("LISTEN", GAIN)
                await client.hear()
            await one.send((GAIN, (-3.0,)), ("/rtsep/mix/panic", (1,)), (GAIN, ()))
            assert await one.hear() == (GAIN, (-3.0,)), "the answer to its query"
            assert await other.hear() == (GAIN, (-3.0,))
            await one.nothing_until_answered()

    asyncio.run(play())
    assert engine.applied == [(StemGain("vocals", -3.0), Panic(True))]


def test_a_refused_bundle_changes_nothing_and_brings_the_true_value_back(
    server: QueryServer, engine: FakeEngine
) -> None:
    async def play() -> None:
        async with connected(server) as client:
            await client.command("LISTEN", GAIN)
            await client.hear()
            await client.send((GAIN, (-3.0,)), (MIX, (99.0,)))
            heard = [await client.hear(), await client.hear()]
            assert (GAIN, (0.0,)) in heard
            (error,) = [values for path, values in heard if path == "/rtsep/error"]
            assert error[:2] == (GAIN, "refused"), "the first of the bundle"
            assert f"{MIX}: gain is 99, must be -144..12 dB" in str(error[2])

    asyncio.run(play())
    assert engine.applied == []


def test_nonsense_is_answered_and_survived(server: QueryServer) -> None:
    async def play() -> None:
        async with connected(server) as client:
            for text in ("{", "[1]", '{"COMMAND": 3}', '{"COMMAND": "DANCE"}', '{"COMMAND": "LISTEN", "DATA": "/no"}'):
                await client.socket.send_str(text)
                assert (await client.hear())[0] == "/rtsep/error"
            for packet in (b"", b"x", b"#bundle\0", b"/a\0\0,b\0\0", codec.encode("/rtsep/mix/panik", (1,))):
                await client.socket.send_bytes(packet)
                assert (await client.hear())[0] == "/rtsep/error"
            await client.socket.send_bytes(codec.bundle([]))
            await client.send(("/rtsep/subscribe", ()))
            assert "LISTEN" in str((await client.hear())[1][2])
            await client.nothing_until_answered()

    asyncio.run(play())


def test_patterns_set_and_ask(server: QueryServer, engine: FakeEngine) -> None:
    async def play() -> None:
        async with connected(server) as client:
            await client.send(("/rtsep/stem/*/mute", (1,)), ("/rtsep/stem/*/mute", ()))
            assert [await client.hear() for _ in range(2)] == [
                ("/rtsep/stem/vocals/mute", (1,)),
                ("/rtsep/stem/rest/mute", (1,)),
            ]

    asyncio.run(play())
    assert engine.applied == [(StemMute("vocals", True), StemMute("rest", True))]


def test_the_last_of_a_flood_arrives_and_not_all_of_it(server: QueryServer, engine: FakeEngine) -> None:
    async def play() -> int:
        async with connected(server) as client:
            await client.command("LISTEN", GAIN)
            await client.hear()
            for step in range(FLOOD):
                engine.apply(StemGain("vocals", -step / 100))
            heard = [await client.hear()]
            while heard[-1][1] != (pytest.approx(-(FLOOD - 1) / 100),):
                heard.append(await client.hear())
            return len(heard)

    assert asyncio.run(play()) < FLOOD


def test_meters_come_only_to_those_who_listen_to_them(server: QueryServer, engine: FakeEngine) -> None:
    async def play() -> None:
        async with connected(server) as client:
            await client.command("LISTEN", "/rtsep/meter/mix")
            assert await client.hear() == ("/rtsep/meter/mix", (-144.0, -144.0))

    asyncio.run(play())


def test_another_separator_is_told_as_changed_paths(server: QueryServer, engine: FakeEngine) -> None:
    async def play() -> None:
        async with connected(server) as client:
            await client.command("LISTEN", "/rtsep/stem")
            for _ in range(18):
                await client.hear()
            drums = FakeEngine(SeparatorSpec("other", ("vocals", "drums"), 2, (48000,), 64, 0, False))
            engine.spec, engine.desk = drums.spec, drums.desk
            engine.apply(SwitchSeparator("other"))
            told = [await client.told()]
            while told[-1] != ("PATH_CHANGED", "/rtsep/meter/stem"):
                told.append(await client.told())
            assert ("PATH_REMOVED", "/rtsep/stem/rest") in told
            assert ("PATH_REMOVED", "/rtsep/separator/param") in told
            assert ("PATH_ADDED", "/rtsep/stem/drums") in told
            assert ("PATH_CHANGED", "/rtsep/stem") in told
            assert ("PATH_CHANGED", "/rtsep/separator") in told
            assert not any("vocals" in path for _, path in told)
            heard = [await client.hear() for _ in range(9)]
            assert all(path.startswith("/rtsep/stem/drums/") for path, _ in heard)

    asyncio.run(play())


def test_a_web_page_from_elsewhere_gets_no_socket(server: QueryServer) -> None:
    async def play() -> None:
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await session.ws_connect(f"http://127.0.0.1:{server.port}/", headers={"Origin": "http://evil.example"})

    asyncio.run(play())


def test_a_stop_closes_the_sockets(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtsep.osc.query.server.QUERY_PORT", 0)
    server = QueryServer(engine, OscConfig(), 9000)
    server.start()

    async def play() -> None:
        async with connected(server) as client:
            await asyncio.to_thread(server.stop)
            message = await client.socket.receive(timeout=PATIENCE_S)
            assert message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING}

    asyncio.run(play())
