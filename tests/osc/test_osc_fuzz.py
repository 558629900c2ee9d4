"""Whatever comes in, the decoder has one kind of error, and a running server goes on."""

from __future__ import annotations

import contextlib
import random
import struct
from collections.abc import Callable

import psutil
import pytest
from fakeengine import FakeEngine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from surface import Surface

from rtsep.osc import codec
from rtsep.osc.codec import OscError, Received, decode, encode
from rtsep.osc.server import OscServer

VALID = (
    encode("/rtsep/mix/gain_db", [-3.0]),
    encode("/rtsep/stem/*/{mute,solo}", [1]),
    encode("/rtsep/stem", []),
    encode("/rtsep/session/save", ["näme"]),
    encode("/rtsep/renew", [0, 30.0]),
    codec.bundle([encode("/rtsep/mix/panic", [0]), codec.bundle([encode("/rtsep/mix/pan", [])])]),
    codec.bundle([encode("/rtsep/mix/panic", [1])], 2e9),
)
PIECES = st.sampled_from(
    [b"#bundle\0", b"/rtsep/", b"mix/gain_db\0", b",f\0\0", b",s\0\0", b"\0" * 8, b"\xff\xfe\0\0", b"*{[?]}"]
)
SIZES = st.integers(-(2**31), 2**31 - 1).map(lambda size: struct.pack(">i", size))
PACKETS = st.lists(PIECES | SIZES | st.sampled_from(VALID) | st.binary(max_size=12), max_size=12).map(b"".join)


@given(PACKETS)
def test_the_decoder_has_no_error_but_its_own(packet: bytes) -> None:
    with contextlib.suppress(OscError):
        assert all(isinstance(message, Received) for message in decode(packet))


@given(st.sampled_from(VALID), st.data())
def test_a_packet_cut_or_spoilt_anywhere_is_read_or_refused(packet: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(packet)
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(packet) - 1), st.integers(0, 255)), max_size=4)):
        spoilt[at] = byte
    with contextlib.suppress(OscError):
        decode(bytes(spoilt[: data.draw(st.integers(0, len(packet)))]))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(packets=st.lists(PACKETS, max_size=10))
def test_a_server_answers_after_whatever_came_before(connect: Callable[..., Surface], packets: list[bytes]) -> None:
    for tcp in (False, True):
        surface = connect(tcp)
        for packet in packets:
            surface.send_packet(packet)
        assert surface.asks("/rtsep/status/block") == (64,)
        surface.socket.close()


def spoilt(draw: random.Random) -> bytes:
    packet = bytearray(draw.choice(VALID))
    for _ in range(draw.randrange(6)):
        packet[draw.randrange(len(packet))] = draw.randrange(256)
    return bytes(packet[: draw.randrange(1, len(packet) + 1)])


@pytest.mark.slow
def test_a_flood_of_broken_packets_leaves_memory_and_service_as_they_were(
    played: FakeEngine, server: OscServer, connect: Callable[..., Surface]
) -> None:
    draw = random.Random(1)
    hostile, honest = connect(), connect()

    def flood() -> int:
        """Resident memory after as many packets as fill every table that is bounded."""
        for n in range(20_000):
            hostile.send_packet(spoilt(draw))
            if n % 200 == 0:
                assert honest.asks("/rtsep/status/block") == (64,)
                honest.forget()
                played.applied.clear()
        return psutil.Process().memory_info().rss

    before = flood()
    assert flood() - before < 8 << 20
    assert server.counts.packets > 20_000
    honest.send("/rtsep/mix/gain_db", -4.0)
    assert honest.asks("/rtsep/mix/gain_db") == (-4.0,)
