"""OSC packets to values and back: python-osc's codec, made safe to point at a network.

python-osc reads bundles in bundles by recursion, goes back and forth for ever at a negative size, lets bad UTF-8 escape, logs a
line for each type it does not know and fills up a float that was cut short. So it is shown single messages only, whose types have
been looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pythonosc import osc_message
from pythonosc.parsing import ntp, osc_types

from rtsep.errors import RtsepError
from rtsep.osc.messages import Value

MAX_PACKET = 65536
"""Bytes; no datagram is larger."""
MAX_DEPTH = 8
"""Of bundles in bundles."""
MAX_MESSAGES = 1024
"""In one packet."""
MAX_ARGUMENTS = 256
"""Of one message."""
DATAGRAM = 1400
"""Bytes of a packet that no usual network has to cut up."""

_BUNDLE = b"#bundle\0"
_AT_ONCE = 1
_SIZES = {"i": 4, "f": 4, "h": 8, "d": 8, "T": 0, "F": 0}
_TAKEN = frozenset(_SIZES) | {"s"}
_INT = 2**31 - 1


class OscError(RtsepError):
    """A packet is not OSC, or not of the kind that is spoken here."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message. `time`: of its bundle's time tag, Unix seconds; None: at once. What came in one packet for one time belongs
    together."""

    path: str
    values: tuple[object, ...]
    time: float | None = None


def encode(path: str, values: Sequence[Value]) -> bytes:
    """A message; of types i, f and s only, as not every peer reads others. Whole numbers beyond 32 bits stop at their limit.

    Raises OscError if a text or a number cannot be sent.
    """
    tags, data = ",", b""
    try:
        for value in values:
            if isinstance(value, str):
                tags += "s"
                data += _text(value)
            elif isinstance(value, int):
                tags += "i"
                data += osc_types.write_int(min(max(int(value), -_INT - 1), _INT))
            else:
                tags += "f"
                data += osc_types.write_float(value)
        return _text(path) + osc_types.write_string(tags) + data
    except (osc_types.BuildError, OverflowError) as error:
        raise OscError(f"{path}: {values!r} cannot be sent by OSC: {error}") from None


def _text(text: str) -> bytes:
    if "\0" in text:
        raise OscError(f"{text!r} cannot be sent by OSC, where a NUL ends a text; leave it out")
    return osc_types.write_string(text)


def bundle(messages: Iterable[bytes], time: float | None = None) -> bytes:
    """Messages that apply as one, at a Unix time in seconds; None: at once."""
    tag = struct.pack(">Q", _AT_ONCE) if time is None else ntp.system_time_to_ntp(time)
    return _BUNDLE + tag + b"".join(struct.pack(">i", len(message)) + message for message in messages)


def bundles(messages: Iterable[bytes], limit: int = DATAGRAM) -> Iterator[bytes]:
    """Messages in as many bundles as keep each within `limit` bytes; one that is larger alone goes by itself."""
    held: list[bytes] = []
    size = head = len(_BUNDLE) + 8
    for message in messages:
        if held and size + 4 + len(message) > limit:
            yield bundle(held)
            held, size = [], head
        held.append(message)
        size += 4 + len(message)
    if held:
        yield bundle(held)


def decode(packet: bytes) -> list[Received]:
    """The messages of a packet, in its order. Raises OscError, and nothing else, whatever the packet is."""
    if len(packet) > MAX_PACKET:
        raise OscError(f"the packet has {len(packet)} bytes, at most {MAX_PACKET} are read")
    return [_message(data, time) for data, time in _elements(packet)]


def _elements(packet: bytes) -> list[tuple[bytes, float | None]]:
    """Each message in a packet with the time it is for."""
    found: list[tuple[bytes, float | None]] = []
    waiting: list[tuple[bytes, float | None, int]] = [(packet, None, 0)]
    while waiting:
        data, time, depth = waiting.pop()
        if data.startswith(_BUNDLE):
            if depth == MAX_DEPTH:
                raise OscError(f"bundles lie {depth + 1} deep in each other, at most {MAX_DEPTH} are read")
            inner, elements = _opened(data)
            later = inner if time is None or inner is None else max(inner, time)
            # The last first, as the stack gives them back the other way round.
            waiting.extend((element, time if later is None else later, depth + 1) for element in reversed(elements))
        else:
            found.append((data, time))
        if len(found) + len(waiting) > MAX_MESSAGES:
            raise OscError(f"the packet has more than {MAX_MESSAGES} messages; send several packets")
    return found


def _opened(data: bytes) -> tuple[float | None, list[bytes]]:
    """Time and elements of a bundle."""
    head = len(_BUNDLE) + 8
    if len(data) < head:
        raise OscError("a bundle ends within its time tag")
    tag = data[len(_BUNDLE) : head]
    time = None if int.from_bytes(tag, "big") <= _AT_ONCE else ntp.ntp_to_system_time(tag)
    elements: list[bytes] = []
    at = head
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big", signed=True)
        at += 4
        if not 0 < size <= len(data) - at or size % 4:
            raise OscError(f"a bundle has an element of {size} bytes where {max(len(data) - at, 0)} are left")
        elements.append(data[at : at + size])
        at += size
        if len(elements) > MAX_MESSAGES:
            raise OscError(f"a bundle has more than {MAX_MESSAGES} messages; send several bundles")
    return time, elements


def _message(data: bytes, time: float | None) -> Received:
    if not data.startswith(b"/"):
        raise OscError("a packet begins neither with / nor with #bundle")
    tags, head = _tags(data)
    try:
        message = osc_message.OscMessage(data)
        path, values = message.address, tuple(message.params)
    except (osc_message.ParseError, osc_types.ParseError, UnicodeDecodeError) as error:
        raise OscError(f"a message cannot be read: {error}") from None
    length = head + sum(
        len(_text(value)) if isinstance(value, str) else _SIZES[tag] for tag, value in zip(tags, values, strict=True)
    )
    if length != len(data):
        raise OscError(f"{path}: the message has {len(data)} bytes, its types {tags!r} need {length}")
    return Received(path, values, time)


def _tags(data: bytes) -> tuple[str, int]:
    """A message's types, without the comma, and where its values begin. Old senders leave the types out."""
    at = _padded(data, 0)
    if at == len(data):
        return "", at
    head = _padded(data, at)
    tags = data[at:head].rstrip(b"\0").decode("ascii", "replace")
    if not tags.startswith(","):
        raise OscError("a message has no types after its address; they begin with a comma")
    if len(tags) - 1 > MAX_ARGUMENTS:
        raise OscError(f"a message has {len(tags) - 1} arguments, at most {MAX_ARGUMENTS} are read")
    if not _TAKEN.issuperset(tags[1:]):
        raise OscError(f"a message has types {tags!r}; send int, float and string (i f s, and T F d h)")
    return tags[1:], head


def _padded(data: bytes, at: int) -> int:
    """Where the text that begins at `at` ends, with its padding."""
    end = data.find(b"\0", at)
    after = (end & ~3) + 4
    if end < 0 or after > len(data):
        raise OscError("a message ends within its address or its types")
    return after
