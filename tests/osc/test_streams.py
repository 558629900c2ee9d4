"""The TCP side against what is no OSC client."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from fakeengine import FakeEngine
from support import PATIENCE_S

from rtsep.changes import Panic
from rtsep.osc import slip
from rtsep.osc.codec import encode
from rtsep.osc.server import OscServer
from rtsep.surfaces import OscConfig

PACKET = slip.encode(encode("/rtsep/mix/panic", [1]))
QUERY = slip.encode(encode("/rtsep/mix/panic", []))


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def server(engine: FakeEngine) -> Iterator[OscServer]:
    serving = OscServer(engine, OscConfig())
    serving.start()
    yield serving
    serving.stop()


def test_a_web_page_cannot_hide_packets_in_what_it_posts(server: OscServer, engine: FakeEngine) -> None:
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as browser:
        browser.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n" + PACKET)
        with suppress(ConnectionResetError):
            assert browser.recv(1024) == b"", "a web page is hung up on"
    assert engine.applied == []


@pytest.mark.parametrize("lead", [b"", slip.END])
def test_packets_framed_once_or_twice_are_both_understood(server: OscServer, engine: FakeEngine, lead: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as client:
        client.sendall(lead + PACKET.lstrip(slip.END) + QUERY)
        assert slip.END in client.recv(1024)
    assert engine.applied == [(Panic(True),)]
