"""A shared block as a memory-mapped file: made by the control process, attached by the others.

A plain mapped file rather than `multiprocessing.shared_memory`, whose resource tracker unlinks a block when *any*
attached process ends (CPython issue 82300), which is the one thing a crash must not do here.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import re
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rtsep.errors import BlockError
from rtsep.shared.events import AUDIO_EVENTS, CONTROL_EVENTS, SEPARATOR_EVENTS, EventRing
from rtsep.shared.fields import SEATS, Process
from rtsep.shared.layout import EVENTS, HEADER, MAGIC, RINGS, SEAT, SEAT_NAMES, VERSION, WRITERS, offset_of, seat_offset
from rtsep.shared.semaphore import unlink_semaphore

SUFFIX = ".rtsep-block"
NAME = r"[\w-]{1,24}"
"""Names of hosts; macOS allows semaphores 31 characters in all."""


def directory() -> Path:
    """Where blocks live: a memory file system where there is one, readable by this user alone."""
    base = Path("/dev/shm") if sys.platform.startswith("linux") and os.access("/dev/shm", os.W_OK) else None
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    path = (base or Path(tempfile.gettempdir())) / f"rtsep-{user}"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


class Block:
    """One process's view of a shared block. `role` decides which fields it may write, `seat` whose seat's fields it sees;
    without a role it only looks, and cannot do otherwise.

    `memory` is the whole block as bytes; `header` the record at its start; `seats` the two records behind it.
    """

    def __init__(self, name: str, role: Process | None, memory: mmap.mmap, seat: int = 0) -> None:
        self.name = name
        self.role: Process | None = role
        self.seat = seat
        self._map = memory
        self.memory: NDArray[np.uint8] = np.frombuffer(memory, dtype=np.uint8)
        self.header = self.memory[: HEADER.itemsize].view(HEADER)
        self.seats = self.memory[HEADER.itemsize : EVENTS].view(SEAT)

    def at(self, seat: int) -> Block:
        """The same block with the other fields of this seat."""
        return Block(self.name, self.role, self._map, seat)

    @property
    def address(self) -> int:
        """Start of the block in this process's memory; what kernels take."""
        return self.memory.ctypes.data

    @property
    def seat_address(self) -> int:
        """Start of the seat's record in this process's memory."""
        return self.address + seat_offset(self.seat)

    def get(self, field: str) -> int | float:
        """A scalar field. Any process."""
        return self.array(field).item()

    def array(self, field: str) -> NDArray[Any]:
        """An array field, as a live view. Any process; write through `set`."""
        records, index = self._place(field)
        return records[field][index]

    def set(self, field: str, value: Any) -> None:
        """Write a whole field. Raises BlockError unless this process is the field's one writer."""
        if WRITERS[field] != self.role:
            raise BlockError(f"{self.role} must not write {field!r}: its one writer is {WRITERS[field]}")
        records, index = self._place(field)
        records[field][index] = value

    def _place(self, field: str) -> tuple[NDArray[Any], int]:
        return (self.seats, self.seat) if field in SEAT_NAMES else (self.header, 0)

    def text(self, field: str) -> str:
        """A zero-padded UTF-8 field."""
        return self.array(field).tobytes().split(b"\0", 1)[0].decode("utf-8", "replace")

    def set_text(self, field: str, text: str) -> None:
        """Write a zero-padded UTF-8 field, cut to its size."""
        target = self.array(field)
        raw = np.frombuffer(text.encode("utf-8")[: target.size - 1], dtype=np.uint8)
        padded = np.zeros(target.size, dtype=np.uint8)
        padded[: raw.size] = raw
        self.set(field, padded)

    def ring(self, offset_field: str, rows: int, frames: int) -> NDArray[np.float32]:
        """A ring as (rows, frames) float32, a live view."""
        start = int(self.get(offset_field))
        return self.memory[start : start + 4 * rows * frames].view(np.float32).reshape(rows, frames)

    def events(self, ring: EventRing) -> NDArray[np.int64]:
        """A ring of timing events as (events, words), a live view."""
        start = int(self.get(ring.offset))
        return self.memory[start : start + ring.size].view(np.int64).reshape(ring.events, ring.words)


def log_path(name: str, role: Process, seat: int = 0) -> Path:
    """Where a child process's output goes, beside the block and as short-lived."""
    return directory() / f"{name}.{role}{seat or ''}.log"


def block_path(name: str) -> Path:
    """A block's file."""
    return directory() / f"{name}{SUFFIX}"


def _reserve(handle: int, size: int) -> None:
    """Give the file its size, with the memory behind it where the system can: a hole would fail under the callback."""
    os.ftruncate(handle, size)
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)


LOOP_PERIODS = 4
"""Of the latency marker, that the ring of its input holds."""


def create(
    channels: int,
    stems: int,
    ring_frames: int,
    tape_frames: int,
    name: str | None = None,
    marker_frames: int = 0,
) -> Block:
    """Make a block, zeroed, with room for separators of up to `stems` stems. Control process.

    `ring_frames`, `tape_frames` and, if there is to be a latency marker, `marker_frames` are powers of two.
    Raises BlockError if `name` is taken or memory is short.
    """
    name = name or f"{os.getpid()}-{secrets.token_hex(4)}"
    offsets, cursor = [], RINGS
    for rows, frames in (
        (channels, ring_frames),
        *[(stems * channels, ring_frames)] * SEATS,
        ((1 + stems) * channels, tape_frames),
        (1, marker_frames),
        (1, LOOP_PERIODS * marker_frames),
    ):
        offsets.append(cursor)
        cursor += 4 * rows * frames
    if not re.fullmatch(NAME, name):
        raise BlockError(f"a host cannot be called {name!r}; use 1 to 24 letters, digits, '-' and '_'")
    if block_path(name).exists():
        raise BlockError(f"a host called {name!r} already runs; choose another name or stop it")
    # Filled under another name and renamed when whole, so that nobody attaches to, or sweeps, half a block.
    draft = directory() / f"{name}.draft"
    try:
        with open(draft, "w+b") as handle:
            _reserve(handle.fileno(), cursor)
            block = Block(name, "control", mmap.mmap(handle.fileno(), cursor))
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BlockError(
            f"no room for a shared block of {cursor >> 20} MiB in {directory()}: {error.strerror}; "
            "shorten tape_s, or enlarge that file system"
        ) from None
    values = {
        "size": cursor,
        "channels": channels,
        "most_stems": stems,
        "ring_frames": ring_frames,
        "tape_frames": tape_frames,
    }
    values |= {"input_offset": offsets[0], "tape_offset": offsets[1 + SEATS]}
    if marker_frames:
        values |= {"marker_frames": marker_frames, "loop_frames": LOOP_PERIODS * marker_frames}
        values |= {"marker_offset": offsets[-2], "loop_offset": offsets[-1]}
    values |= {"audio_events_offset": EVENTS, "control_events_offset": EVENTS + AUDIO_EVENTS.size}
    for field, value in values.items():
        block.set(field, value)
    for seat in range(SEATS):
        block.at(seat).set("stems_offset", offsets[1 + seat])
        before = AUDIO_EVENTS.size + CONTROL_EVENTS.size + seat * SEPARATOR_EVENTS.size
        block.at(seat).set("separator_events_offset", EVENTS + before)
    pids = [offset_of(HEADER, f"{role}_pid") for role in ("control", "audio")]
    pids += [seat_offset(seat) + offset_of(SEAT, "separator_pid") for seat in range(SEATS)]
    block.set("pid_offsets", pids)
    block.set("control_pid", os.getpid())
    block.set("version", VERSION)
    block.set("magic", MAGIC)
    draft.rename(block_path(name))
    return block


def attach(name: str, role: Process | None, seat: int | None = None) -> Block:
    """Open an existing block, without a `role` read-only; `seat`: which one to see, None: the one that is heard.

    Raises BlockError if it is missing, foreign, or of another version.
    """
    try:
        with open(block_path(name), "r+b" if role else "rb") as handle:
            memory = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_WRITE if role else mmap.ACCESS_READ)
    except (FileNotFoundError, ValueError):
        raise BlockError(f"no host is called {name!r}; 'rtsep hosts' lists the running ones") from None
    if len(memory) < RINGS:
        raise BlockError(
            f"block {name!r} is {len(memory)} bytes, its records alone are {RINGS}; remove {block_path(name)}"
        )
    block = Block(name, role, memory)
    if block.get("magic") != MAGIC or block.get("version") != VERSION or block.get("size") != len(memory):
        raise BlockError(
            f"block {name!r} has version {block.get('version')}, this rtsep speaks {VERSION}; "
            "stop that host with the rtsep that started it"
        )
    return block.at(int(block.get("playing_seat")) if seat is None else seat)


def remove(name: str) -> None:
    """Delete a block's file, logs and semaphore; processes that still map it keep their view."""
    for log in directory().glob(f"{name}.*.log"):
        log.unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):
        block_path(name).unlink()
    unlink_semaphore(name)
