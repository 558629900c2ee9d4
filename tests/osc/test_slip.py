"""SLIP framing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rtsep.osc import slip

NASTY = st.lists(st.sampled_from([b"\xc0", b"\xdb", b"\xdc", b"\xdd", b"a"]), min_size=1, max_size=20).map(b"".join)


@given(st.lists(NASTY, max_size=6), st.integers(1, 7))
def test_packets_come_back_however_the_stream_is_cut(packets: list[bytes], cut: int) -> None:
    stream = b"".join(map(slip.encode, packets))
    decoder = slip.Decoder(1000)
    found = [packet for at in range(0, len(stream), cut) for packet in decoder.feed(stream[at : at + cut])]
    assert found == packets
    assert decoder.overlong == 0


def test_an_overlong_packet_is_skipped_and_the_next_one_read() -> None:
    decoder = slip.Decoder(8)
    assert decoder.feed(slip.encode(b"12345678")) == [b"12345678"]
    assert decoder.feed(b"\xc0" + b"x" * 5) == decoder.feed(b"x" * 5) == decoder.feed(b"x" * 100000) == []
    assert decoder.feed(b"x\xc0" + slip.encode(b"next")) == [b"next"]
    assert decoder.overlong == 1


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_noise_does_no_harm(pieces: list[bytes]) -> None:
    decoder = slip.Decoder(32)
    for piece in pieces:
        assert all(len(packet) <= 32 for packet in decoder.feed(piece))
