"""OSCQuery over HTTP: a real client reads the tree; what is wrong is answered as the proposal says; strangers are kept out."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any

import pytest
from fakeengine import FakeEngine
from pythonoscquery.osc_query_client import OSCQueryClient
from support import PATIENCE_S
from zeroconf import ServiceInfo

from rtsep.changes import Panic, StemGain
from rtsep.control import EngineState, ShowState
from rtsep.errors import ConfigError
from rtsep.osc.query import QueryServer
from rtsep.surfaces import OscConfig

OSC_PORT = 9123


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def server(engine: FakeEngine) -> Iterator[QueryServer]:
    serving = QueryServer(engine, OscConfig(query_port=free_port()), OSC_PORT)
    serving.start()
    yield serving
    serving.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def get(server: QueryServer, path: str, **headers: str) -> tuple[int, Any]:
    """Status and JSON, or None where there is none."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            body = answer.read()
            return answer.status, json.loads(body) if body else None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, None


def test_python_oscquery_reads_the_tree(server: QueryServer, engine: FakeEngine) -> None:
    engine.apply(StemGain("vocals", -6.5))
    found = ServiceInfo("_oscjson._tcp.local.", "x._oscjson._tcp.local.", server.port, addresses=[b"\x7f\0\0\1"])
    client = OSCQueryClient(found)
    host = client.get_host_info()
    assert host is not None
    assert host.name == "rtsep fake"
    assert (host.osc_ip, host.osc_port, host.osc_transport) == ("127.0.0.1", OSC_PORT, "UDP")
    strips = client.query_node("/rtsep/stem")
    assert strips is not None
    gain = strips.find_subnode("/rtsep/stem/vocals/gain_db")
    assert gain is not None
    assert gain.value == [-6.5]
    assert gain.access.value == 3
    assert client.query_node("/rtsep/nothing") is None


def test_a_method_has_its_attributes(server: QueryServer) -> None:
    status, node = get(server, "/rtsep/mix/gain_db")
    assert status == 200
    assert node == {
        "FULL_PATH": "/rtsep/mix/gain_db",
        "ACCESS": 3,
        "DESCRIPTION": "Master fader; -144 is silence.",
        "TYPE": "f",
        "VALUE": [0.0],
        "RANGE": [{"MIN": -144.0, "MAX": 12.0}],
        "CLIPMODE": ["none"],
        "UNIT": ["dB"],
    }
    assert get(server, "/rtsep/mix/late")[1]["RANGE"] == [{"VALS": ["dry", "mute-safe"]}]
    assert get(server, "/rtsep/mix/panic")[1]["RANGE"] == [{"MIN": 0, "MAX": 1}]


def test_the_root_has_every_address_once(server: QueryServer) -> None:
    def methods(node: dict[str, Any]) -> Iterator[str]:
        if "CONTENTS" not in node:
            yield node["FULL_PATH"]
        for name, inner in node.get("CONTENTS", {}).items():
            assert inner["FULL_PATH"].endswith(f"/{name}")
            yield from methods(inner)

    _, root = get(server, "/")
    found = list(methods(root))
    assert root["FULL_PATH"] == "/"
    assert len(found) == len(set(found))
    assert {"/rtsep/stem/vocals/mute", "/rtsep/scene/64/recall", "/rtsep/subscribe", "/rtsep/error"} <= set(found)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/rtsep/mix/panic?VALUE", 200, {"VALUE": [0]}),
        ("/rtsep/mix/panic?VALUE=", 200, {"VALUE": [0]}),
        ("/rtsep/mix/gain_db?UNIT", 200, {"UNIT": ["dB"]}),
        ("/rtsep/quick/?ACCESS", 200, {"ACCESS": 0}),
        ("/rtsep/quick/all?VALUE", 204, None),
        ("/rtsep/mix/panic?UNIT", 204, None),
        ("/rtsep/mix/panic?CONTENTS", 204, None),
        ("/rtsep/mix/panic?NONSENSE", 400, None),
        ("/rtsep/mix/panic?VALUE=1", 400, None),
        ("/rtsep/mix/panic?VALUE&TYPE", 400, None),
        ("/rtsep/mix/nothing", 404, None),
        ("/rtsep//mix", 404, None),
        ("/nothing?VALUE", 404, None),
    ],
)
def test_one_attribute_or_the_reason_why_not(server: QueryServer, path: str, status: int, body: object) -> None:
    assert get(server, path) == (status, body)


def test_a_set_list_has_a_type_for_each_of_its_scenes(server: QueryServer, engine: FakeEngine) -> None:
    assert get(server, "/rtsep/setlist/scenes")[1]["VALUE"] == []
    engine.show = ShowState(set_list=(3, 1, 2))
    node = get(server, "/rtsep/setlist/scenes")[1]
    assert (node["TYPE"], node["VALUE"], len(node["RANGE"])) == ("iii", [3, 1, 2], 3)


def test_nothing_is_written_by_http(server: QueryServer, engine: FakeEngine) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    connection.request("POST", "/rtsep/mix/panic", body=b"1")
    assert connection.getresponse().status == 405
    connection.close()
    assert engine.applied == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:9002"},
        {"Host": "evil.example:9002", "Origin": "http://evil.example:9002"},
        {"Host": "127.0.0.1:9002", "Origin": "http://evil.example"},
        {"Host": "127.0.0.1:9002", "Origin": "null"},
        {"Host": "127.0.0.1:9002", "Origin": "http://127.0.0.1:8000"},
    ],
)
def test_web_pages_from_elsewhere_are_refused(server: QueryServer, headers: dict[str, str]) -> None:
    assert get(server, "/rtsep", **headers)[0] == 403


def test_a_page_of_our_own_is_let_in(server: QueryServer) -> None:
    assert get(server, "/rtsep", Host="localhost:9002", Origin="http://localhost:9002")[0] == 200


def test_a_taken_usual_port_gives_a_free_one_and_a_message(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr("rtsep.osc.query.server.QUERY_PORT", port)
        server = QueryServer(engine, OscConfig(), OSC_PORT, said.append)
        server.start()
        assert get(server, "/rtsep/mix/panic?VALUE") == (200, {"VALUE": [0]})
        assert server.port != port
        assert said == [f"OSCQuery's usual port {port} is taken; it listens at {server.port}"]
        server.stop()


def test_a_taken_port_that_was_asked_for_is_an_error(engine: FakeEngine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port} at 127.0.0.1 is taken; set osc.query_port"):
            QueryServer(engine, OscConfig(query_port=port), OSC_PORT).start()


def test_an_address_that_is_not_this_machines_is_an_error(engine: FakeEngine) -> None:
    with pytest.raises(ConfigError, match=r"cannot be listened at"):
        QueryServer(engine, OscConfig(listen="203.0.113.1"), OSC_PORT).start()


def test_the_port_is_free_after_a_stop_and_stopping_twice_is_harmless(engine: FakeEngine) -> None:
    port = free_port()
    for _ in range(2):
        server = QueryServer(engine, OscConfig(query_port=port), OSC_PORT)
        server.start()
        engine.apply(Panic(True))
        server.stop()
        server.stop()
    QueryServer(engine, OscConfig(query_port=port), OSC_PORT).stop()


@pytest.mark.parametrize(
    "garbage", [b"\xc0/rtsep\0\0", b"GET /x?\xff HTTP/1.1\r\n\r\n", b"A" * 100_000, b"GET / HTTP/9.9\r\n\r\n"]
)
def test_garbage_is_survived_in_silence(engine: FakeEngine, garbage: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    server = QueryServer(engine, OscConfig(query_port=free_port()), OSC_PORT, said.append)
    server.start()
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as stranger:
        stranger.sendall(garbage)
        assert stranger.recv(100).startswith(b"HTTP/1.")
    assert get(server, "/rtsep/mix/panic?VALUE") == (200, {"VALUE": [0]})
    server.stop()
    assert said == []
    assert capfd.readouterr().err == ""


def test_a_row_that_fails_does_not_take_the_others_along(engine: FakeEngine, capfd: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    state = engine.state

    def broken() -> EngineState:
        return replace(state(), levels=())

    engine.state = broken  # type: ignore[method-assign]
    server = QueryServer(engine, OscConfig(query_port=free_port()), OSC_PORT, said.append)
    server.start()
    meters = get(server, "/rtsep/meter")[1]["CONTENTS"]
    server.stop()
    assert meters["mix"]["VALUE"] == [-144.0, -144.0]
    assert "VALUE" not in meters["stem"]["CONTENTS"]["vocals"]
    assert any("/rtsep/meter/stem/vocals: IndexError" in line for line in said)
    assert capfd.readouterr().err == ""
