"""The shared block's layout, made from the tables in `fields`.

Header and seats are C-aligned records; then come rings of int64 words, the timing events of each writer, and rings of
float32 samples, planar (channel-major):

    header | seat 0 | seat 1 | events: audio | control | seat 0 | seat 1
    input ring (C, N) | a stem ring (S, C, N) for each seat | tape ring (C + S * C, M)
    latency marker (1, P) | its input's ring (1, 4 P); nothing unless a marker is wanted

N, M and P are powers of two, so a position (an ever-growing int64) finds its slot by masking. Change anything
in the tables and `VERSION` changes: a process of another version refuses to attach.
"""

from __future__ import annotations

import zlib

import numpy as np

from rtsep.shared.events import AUDIO_EVENTS, CONTROL_EVENTS, EVENT_RINGS, KINDS, SEPARATOR_EVENTS
from rtsep.shared.fields import FIELDS, SEAT_FIELDS, SEATS, Field, Process

MAGIC = 0x7274736570_01  # "rtsep" and a byte
CACHE_LINE = 64


def _record(fields: tuple[Field, ...]) -> np.dtype:
    """C-aligned record of all fields, each writer's part on cache lines of its own."""
    offsets, formats, cursor, writer = [], [], 0, ""
    for field in fields:
        kind = np.dtype((field.kind, field.shape)) if field.shape else np.dtype(field.kind)
        align = CACHE_LINE if field.writer != writer else kind.base.alignment
        cursor = -(-cursor // align) * align
        offsets.append(cursor)
        formats.append(kind)
        cursor += kind.itemsize
        writer = field.writer
    size = -(-cursor // CACHE_LINE) * CACHE_LINE
    names = [field.name for field in fields]
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": size}, align=True)


HEADER = _record(FIELDS)
SEAT = _record(SEAT_FIELDS)
EVENTS = HEADER.itemsize + SEATS * SEAT.itemsize
"""Bytes before the first ring: the records."""
RINGS = EVENTS + AUDIO_EVENTS.size + CONTROL_EVENTS.size + SEATS * SEPARATOR_EVENTS.size
"""Bytes before the first ring of samples."""
VERSION = zlib.crc32(repr((SEATS, FIELDS, SEAT_FIELDS, EVENT_RINGS, KINDS)).encode())
"""Follows from the tables: nobody can forget to raise it."""
WRITERS: dict[str, Process] = {field.name: field.writer for field in (*FIELDS, *SEAT_FIELDS)}
SEAT_NAMES = frozenset(field.name for field in SEAT_FIELDS)


def offset_of(record: np.dtype, field: str) -> int:
    """Bytes from a record's start to a field.

    >>> offset_of(HEADER, "version")
    8
    """
    assert record.fields is not None
    return record.fields[field][1]  # type: ignore[index]


def seat_offset(seat: int) -> int:
    """Bytes from the block's start to a seat's record."""
    return HEADER.itemsize + seat * SEAT.itemsize


def power_of_two(frames: int) -> int:
    """Smallest power of two that holds `frames`.

    >>> power_of_two(480)
    512
    """
    return 1 << max(0, frames - 1).bit_length()
