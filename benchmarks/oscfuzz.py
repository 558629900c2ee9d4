"""Hostile and broken OSC packets, without end: mutations of valid ones and things no sender should send."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator

from rtsep.osc.codec import encode

PATHS = (
    "/rtsep/stem/voice/gain_db",
    "/rtsep/stem/band/mute",
    "/rtsep/mix/dry_wet",
    "/rtsep/scene/3/recall",
    "/rtsep/subscribe",
    "/rtsep/renew",
    "/rtsep/status",
    "/rtsep/tempo/tap",
)
BUNDLE = b"#bundle\0"
NOW = struct.pack(">Q", 1)


def _padded(raw: bytes) -> bytes:
    return raw + b"\0" * (4 - len(raw) % 4)


def _message(path: bytes, tags: bytes, body: bytes = b"") -> bytes:
    return _padded(path) + _padded(b"," + tags) + body


def _bundle(*parts: bytes, when: bytes = NOW) -> bytes:
    return BUNDLE + when + b"".join(struct.pack(">i", len(part)) + part for part in parts)


def _valid(draw: random.Random) -> bytes:
    return encode(draw.choice(PATHS), draw.choice([(), (draw.uniform(-150, 20),), (draw.randrange(3),), ("a",)]))


def _mutated(draw: random.Random) -> bytes:
    packet = bytearray(_valid(draw))
    for _ in range(draw.randrange(1, 6)):
        packet[draw.randrange(len(packet))] = draw.randrange(256)
    return bytes(packet)


def _truncated(draw: random.Random) -> bytes:
    packet = _valid(draw)
    return packet[: draw.randrange(len(packet))]


def _bad_utf8(draw: random.Random) -> bytes:
    return _message(b"/rtsep/\xff\xfe" + draw.randbytes(5).replace(b"\0", b"x"), b"s", _padded(b"\xc3\x28"))


def _nested(draw: random.Random) -> bytes:
    packet = _valid(draw)
    for _ in range(draw.randrange(2, 60)):
        packet = _bundle(packet)
    return packet


def _wildcards(draw: random.Random) -> bytes:
    pattern = draw.choice(
        ["/rtsep/*/*/*", "/*/*/*/*", "/rtsep/stem/{voice,band,x}/[a-z]*", "/" + "*a" * 40, "/rtsep/" + "[" * 30]
    )
    return encode(pattern, draw.choice([(), (0.0,), (1,)]))


def _not_finite(draw: random.Random) -> bytes:
    value = draw.choice([b"\x7f\xc0\0\0", b"\x7f\x80\0\0", b"\xff\x80\0\0"])
    return _message(draw.choice(PATHS).encode(), b"f", value)


def _oversize(draw: random.Random) -> bytes:
    return _message(b"/rtsep/separator/load", b"s", _padded(b"x" * draw.randrange(9000, 20000)))


def _types(draw: random.Random) -> bytes:
    tags = bytes(draw.choice(b"ifsbhtdScrmTFNI[]") for _ in range(draw.randrange(1, 12)))
    return _message(draw.choice(PATHS).encode(), tags, draw.randbytes(4 * draw.randrange(8)))


def _times(draw: random.Random) -> bytes:
    return _bundle(_valid(draw), when=struct.pack(">Q", draw.getrandbits(64)))


def _sizes(draw: random.Random) -> bytes:
    return BUNDLE + NOW + struct.pack(">i", draw.choice([-1, 0, 3, 2**31 - 1, 1 << 20])) + _valid(draw)


def _noise(draw: random.Random) -> bytes:
    return draw.randbytes(draw.randrange(1, 200))


KINDS: tuple[Callable[[random.Random], bytes], ...] = (
    _mutated,
    _mutated,
    _truncated,
    _bad_utf8,
    _nested,
    _wildcards,
    _not_finite,
    _types,
    _times,
    _sizes,
    _noise,
)
OVERSIZE_SHARE = 0.005
"""Large packets take their time on any machine; a few make the point."""


def packets(count: int, seed: int = 0) -> Iterator[bytes]:
    """`count` packets, none of them empty, the same for the same seed."""
    draw = random.Random(seed)
    for _ in range(count):
        kind = _oversize if draw.random() < OVERSIZE_SHARE else draw.choice(KINDS)
        yield kind(draw) or b"\0"
