"""A server on a fake engine, and surfaces that speak to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fakeengine import FakeEngine
from surface import Surface

from rtsep.osc.server import OscServer
from rtsep.surfaces import OscConfig


@pytest.fixture
def played() -> FakeEngine:
    """The engine that the server serves."""
    return FakeEngine()


@pytest.fixture
def said() -> list[str]:
    """What the server says to people."""
    return []


@pytest.fixture
def server(played: FakeEngine, said: list[str]) -> Iterator[OscServer]:
    """A running server, whose loop had no error of its own when the test is over."""
    server = OscServer(played, OscConfig(), said.append)
    server.start()
    yield server
    server.stop()
    assert server.counts.faults == 0, said


@pytest.fixture
def connect(server: OscServer) -> Iterator[Callable[..., Surface]]:
    """connect(tcp=False) -> a surface."""
    surfaces: list[Surface] = []

    def one(tcp: bool = False) -> Surface:
        surfaces.append(Surface(server.port, tcp))
        return surfaces[-1]

    yield one
    for each in surfaces:
        each.socket.close()


@pytest.fixture(params=["udp", "tcp"])
def surface(connect: Callable[..., Surface], request: pytest.FixtureRequest) -> Surface:
    """A surface, once by UDP and once by TCP."""
    return connect(tcp=request.param == "tcp")
