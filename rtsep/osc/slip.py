"""SLIP framing (RFC 1055) of OSC packets on a stream, as OSC 1.1 asks: an END before and after each packet."""

from __future__ import annotations

END = b"\xc0"
_ESC = b"\xdb"
_ESC_END = b"\xdb\xdc"
_ESC_ESC = b"\xdb\xdd"


def encode(packet: bytes) -> bytes:
    r"""A packet, framed.

    >>> encode(b"a\xc0\xdb")
    b'\xc0a\xdb\xdc\xdb\xdd\xc0'
    """
    return END + packet.replace(_ESC, _ESC_ESC).replace(END, _ESC_END) + END


class Decoder:
    """Packets out of a stream, however it is cut. Keeps at most one packet of `limit` bytes, as framed; one thread.

    A longer one is skipped up to its end and counted in `overlong`.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._part = bytearray()
        self._skipping = False
        self.overlong = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The packets that `data` completes. Empty ones, between two ENDs, are none."""
        packets: list[bytes] = []
        *ended, rest = data.split(END)
        for piece in ended:
            self._take(piece)
            if self._part and not self._skipping:
                packets.append(bytes(self._part).replace(_ESC_END, END).replace(_ESC_ESC, _ESC))
            self._part.clear()
            self._skipping = False
        self._take(rest)
        return packets

    def _take(self, piece: bytes) -> None:
        if self._skipping:
            return
        if len(self._part) + len(piece) > self._limit:
            self._part.clear()
            self._skipping = True
            self.overlong += 1
        else:
            self._part += piece
