"""The codec: what it sends, what it reads, and what it refuses with one kind of error."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc import osc_bundle
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.parsing import osc_types

from rtsep.osc import codec
from rtsep.osc.codec import OscError, Received, decode, encode

PATHS = st.text("abz/_.0é", min_size=1, max_size=20).map(lambda text: "/" + text)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
INTS = st.integers(-(2**31), 2**31 - 1)
FLOATS = st.floats(width=32, allow_nan=False)


@given(PATHS, st.lists(TEXTS | INTS | FLOATS, max_size=8))
def test_a_message_comes_back_as_it_was_sent(path: str, values: list[str | int | float]) -> None:
    [received] = decode(encode(path, values))
    assert received == Received(path, tuple(values))
    assert [type(value) for value in received.values] == [type(value) for value in values]


@given(st.lists(st.tuples(PATHS, INTS), max_size=8), st.floats(1e9, 2e9))
def test_a_bundle_comes_back_in_order_with_its_time(messages: list[tuple[str, int]], time: float) -> None:
    received = decode(codec.bundle([encode(path, [value]) for path, value in messages], time))
    assert [(each.path, each.values) for each in received] == [(path, (value,)) for path, value in messages]
    assert all(each.time == pytest.approx(time, abs=1e-6) for each in received)


def test_python_osc_reads_what_is_written() -> None:
    read = osc_bundle.OscBundle(codec.bundle([encode("/a", [1, 2.5, "x"]), encode("/b", [])]))
    assert read.timestamp == osc_types.IMMEDIATELY
    assert [(message.address, message.params) for message in read] == [("/a", [1, 2.5, "x"]), ("/b", [])]


def test_truth_and_wide_numbers_are_read() -> None:
    builder = OscMessageBuilder("/a")
    for value, kind in ((True, "T"), (False, "F"), (2**40, "h"), (0.1, "d")):
        builder.add_arg(value, kind)
    assert decode(builder.build().dgram) == [Received("/a", (True, False, 2**40, 0.1))]


def test_truth_is_sent_as_a_number_and_a_count_stops_at_its_limit() -> None:
    assert decode(encode("/a", [True, 2**40, -(2**40)])) == [Received("/a", (1, 2**31 - 1, -(2**31)))]


def test_an_address_without_types_is_a_message_without_values() -> None:
    assert decode(b"/abc\0\0\0\0") == [Received("/abc", ())]


def test_nested_bundles_keep_order_and_never_come_before_what_holds_them() -> None:
    inner = codec.bundle([encode("/b", [])], 1000.0)
    packet = codec.bundle([encode("/a", []), inner, codec.bundle([encode("/c", [])]), encode("/d", [])], 2000.0)
    assert decode(packet) == [Received(path, (), 2000.0) for path in ("/a", "/b", "/c", "/d")]


def test_bundles_stay_within_a_datagram_and_lose_nothing() -> None:
    messages = [encode(f"/message/{n}", [n]) for n in range(200)] + [encode("/long", ["x" * 2000]), encode("/end", [])]
    packets = list(codec.bundles(messages))
    assert [each.path for packet in packets for each in decode(packet)][-2:] == ["/long", "/end"]
    assert sum(len(decode(packet)) for packet in packets) == len(messages)
    assert sorted(len(packet) > codec.DATAGRAM for packet in packets)[-2:] == [False, True]


def nested(depth: int) -> bytes:
    packet = encode("/a", [])
    for _ in range(depth):
        packet = codec.bundle([packet])
    return packet


@pytest.mark.parametrize(
    ("packet", "words"),
    [
        (b"", "neither with / nor"),
        (b"abc\0", "neither with / nor"),
        (b"/abc", "ends within its address"),
        (b"/ab\0,i", "ends within"),
        (b"/ab\0i\0\0\0\0\0\0\0", "begin with a comma"),
        (b"/ab\0,i\0\0\0\0", "cannot be read|need 12"),
        (b"/ab\0,f\0\0\0\0", "has 10 bytes, its types 'f' need 12"),
        (b"/ab\0,f\0\0\0\0\0\0\0\0\0\0", "has 16 bytes"),
        (b"/ab\0,b\0\0\0\0\0\0", "types ',b'"),
        (b"/ab\0,[i]\0\0\0\0\0\0\0\0", "types"),
        (b"/ab\0," + b"T" * 300 + b"\0" * 3, "300 arguments, at most 256"),
        (b"/\xff\xfe\0,\0\0\0", "cannot be read"),
        (b"/ab\0,s\0\0\xff\xfe\0\0", "cannot be read"),
        (b"/ab\0,s\0\0abcd", "cannot be read"),
        (b"#bundle\0\0\0\0\0", "ends within its time tag"),
        (b"#bundle\0" + bytes(8) + struct.pack(">i", -4), "element of -4 bytes"),
        (b"#bundle\0" + bytes(8) + struct.pack(">i", 0), "element of 0 bytes"),
        (b"#bundle\0" + bytes(8) + struct.pack(">i", 2**31 - 1) + b"/ab\0", "where 4 are left"),
        (b"#bundle\0" + bytes(8) + b"\0\0", "bytes where 0 are left"),
        (nested(codec.MAX_DEPTH + 1), "9 deep"),
        (nested(3000), "deep|bytes"),
        (codec.bundle([encode("/a", [])] * 1025), "more than 1024 messages"),
        (codec.bundle([codec.bundle([encode("/a", [])] * 600)] * 2), "more than 1024 messages"),
        (bytes(65537), "65537 bytes, at most 65536"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_malformed_is_refused_with_its_reason(packet: bytes, words: str) -> None:
    with pytest.raises(OscError, match=words):
        decode(packet)


@pytest.mark.parametrize("value", ["a\0b", "\ud800", 1e300])
def test_what_osc_cannot_say_is_not_sent(value: str | float) -> None:
    with pytest.raises(OscError, match="cannot be sent by OSC"):
        encode("/a", [value])


def test_bundles_are_read_down_to_the_limit() -> None:
    assert decode(nested(codec.MAX_DEPTH)) == [Received("/a", ())]
