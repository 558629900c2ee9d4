"""Zeroconf: another machine, here another Zeroconf on loopback, finds OSC and OSCQuery; failures are a message."""

from __future__ import annotations

import asyncio

import pytest
from support import PATIENCE_S
from zeroconf import Zeroconf
from zeroconf.asyncio import AsyncZeroconf

from rtsep.osc.query.advertise import Advertisement, announced, reachable
from rtsep.surfaces import OscConfig


def test_nothing_is_announced_where_nobody_else_may_send() -> None:
    assert announced(OscConfig()) == []
    assert announced(OscConfig(listen="127.0.0.1", allow=("10.0.0.0/8",))) == []
    assert announced(OscConfig(listen="10.0.0.7")) == []
    assert announced(OscConfig(listen="10.0.0.7", allow=("10.0.0.0/8",), advertise=False)) == []
    assert announced(OscConfig(listen="10.0.0.7", allow=("10.0.0.0/8",))) == ["10.0.0.7"]


def test_listening_everywhere_announces_no_loopback() -> None:
    assert not any(address.startswith("127.") for address in reachable("0.0.0.0"))


def test_other_machines_find_both_services() -> None:
    said: list[str] = []

    async def play() -> None:
        advertisement = Advertisement("rtsep test", ["127.0.0.1"], 9102, 9100, said.append)
        await advertisement.start()
        try:
            if said:
                pytest.skip(f"no multicast on loopback here: {said}")
            for kind, port in (("_oscjson._tcp", 9102), ("_osc._udp", 9100), ("_osc._tcp", 9100)):
                found = await asyncio.to_thread(look_up, f"{kind}.local.", f"rtsep test.{kind}.local.")
                assert found == ("127.0.0.1", port)
        finally:
            await advertisement.stop()

    asyncio.run(play())
    assert said == []


def look_up(kind: str, name: str) -> tuple[str, int | None]:
    with Zeroconf(interfaces=["127.0.0.1"]) as other:
        found = other.get_service_info(kind, name, timeout=int(PATIENCE_S * 1000))
        assert found is not None
        return found.parsed_addresses()[0], found.port


def test_a_failure_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    async def refuse(self: AsyncZeroconf, *_: object, **__: object) -> None:
        raise OSError("no multicast route")

    monkeypatch.setattr(AsyncZeroconf, "async_register_service", refuse)

    async def play() -> None:
        advertisement = Advertisement("rtsep test", ["127.0.0.1"], 9102, 9100, said.append)
        await advertisement.start()
        await advertisement.stop()

    asyncio.run(play())
    (line,) = said
    assert "no multicast route" in line
