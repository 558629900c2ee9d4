"""A shared block as a memory-mapped file: made by the control process, attached by the others, swept after crashes.

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
import psutil
from numpy.typing import NDArray

from rtsep.errors import BlockError
from rtsep.shared.layout import HEADER, MAGIC, PID_FIELDS, VERSION, WRITERS, Process
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
    """One process's view of a shared block. `role` decides which fields it may write.

    `memory` is the whole block as bytes; `header` the record at its start.
    """

    def __init__(self, name: str, role: Process, memory: mmap.mmap) -> None:
        self.name = name
        self.role: Process = role
        self._map = memory
        self.memory: NDArray[np.uint8] = np.frombuffer(memory, dtype=np.uint8)
        self.header = self.memory[: HEADER.itemsize].view(HEADER)

    @property
    def address(self) -> int:
        """Start of the block in this process's memory; what kernels take."""
        return self.memory.ctypes.data

    def get(self, field: str) -> int | float:
        """A scalar field. Any process."""
        return self.header[field][0].item()

    def array(self, field: str) -> NDArray[Any]:
        """An array field, as a live view. Any process; write through `set`."""
        return self.header[field][0]

    def set(self, field: str, value: Any) -> None:
        """Write a whole field. Raises BlockError unless this process is the field's one writer."""
        if WRITERS[field] != self.role:
            raise BlockError(f"{self.role} must not write {field!r}: its one writer is {WRITERS[field]}")
        self.header[field][0] = value

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


def log_path(name: str, role: Process) -> Path:
    """Where a child process's output goes, beside the block and as short-lived."""
    return directory() / f"{name}.{role}.log"


def _path(name: str) -> Path:
    return directory() / f"{name}{SUFFIX}"


def _reserve(handle: int, size: int) -> None:
    """Give the file its size, with the memory behind it where the system can: a hole would fail under the callback."""
    os.ftruncate(handle, size)
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)


def create(channels: int, stems: int, ring_frames: int, tape_frames: int, name: str | None = None) -> Block:
    """Make a block, zeroed, sized for these rings. Control process.

    `ring_frames` and `tape_frames` are powers of two. Raises BlockError if `name` is taken or memory is short.
    """
    name = name or f"{os.getpid()}-{secrets.token_hex(4)}"
    offsets, cursor = [], HEADER.itemsize
    for rows, frames in (
        (channels, ring_frames),
        (stems * channels, ring_frames),
        ((1 + stems) * channels, tape_frames),
    ):
        offsets.append(cursor)
        cursor += 4 * rows * frames
    if not re.fullmatch(NAME, name):
        raise BlockError(f"a host cannot be called {name!r}; use 1 to 24 letters, digits, '-' and '_'")
    if _path(name).exists():
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
        "stems": stems,
        "ring_frames": ring_frames,
        "tape_frames": tape_frames,
    }
    values |= dict(zip(("input_offset", "stems_offset", "tape_offset"), offsets, strict=True))
    for field, value in values.items():
        block.set(field, value)
    block.set("pid_offsets", [HEADER.fields[field][1] for field in PID_FIELDS.values()])  # type: ignore[index]
    block.set("control_pid", os.getpid())
    block.set("version", VERSION)
    block.set("magic", MAGIC)
    draft.rename(_path(name))
    return block


def attach(name: str, role: Process) -> Block:
    """Open an existing block. Raises BlockError if it is missing, foreign, or of another version."""
    try:
        with open(_path(name), "r+b") as handle:
            memory = mmap.mmap(handle.fileno(), 0)
    except (FileNotFoundError, ValueError):
        raise BlockError(f"no host is called {name!r}; 'rtsep hosts' lists the running ones") from None
    if len(memory) < HEADER.itemsize:
        raise BlockError(
            f"block {name!r} is {len(memory)} bytes, a header alone is {HEADER.itemsize}; remove {_path(name)}"
        )
    block = Block(name, role, memory)
    if block.get("magic") != MAGIC or block.get("version") != VERSION or block.get("size") != len(memory):
        raise BlockError(
            f"block {name!r} has version {block.get('version')}, this rtsep speaks {VERSION}; "
            "stop that host with the rtsep that started it"
        )
    return block


def remove(name: str) -> None:
    """Delete a block's file, logs and semaphore; processes that still map it keep their view."""
    for log in directory().glob(f"{name}.*.log"):
        log.unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):
        _path(name).unlink()
    unlink_semaphore(name)


def alive(pid: int) -> bool:
    """Whether `pid` is a running process and not a zombie."""
    try:
        return pid > 0 and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def owners(block: Block) -> dict[Process, int]:
    """Living processes of a block by role."""
    pids: dict[Process, int] = {role: int(block.get(field)) for role, field in PID_FIELDS.items()}
    return {role: pid for role, pid in pids.items() if alive(pid)}


def running() -> list[str]:
    """Names of the blocks that at least one living process owns."""
    return [name for name in _names() if _owned(name)]


def sweep() -> list[str]:
    """Remove the blocks that no living process owns; their names. Called by every starting host."""
    dead = [name for name in _names() if not _owned(name)]
    for name in dead:
        remove(name)
    return dead


def _names() -> list[str]:
    return sorted(path.name.removesuffix(SUFFIX) for path in directory().glob(f"*{SUFFIX}"))


def _owned(name: str) -> bool:
    """Whether a living process has this block, whichever version of rtsep made it."""
    try:
        words = np.fromfile(_path(name), dtype=np.int64, count=HEADER.itemsize // 8)
    except OSError:
        return False
    if len(words) < 6 or words[0] != MAGIC:
        return False
    pids = [int(words[offset // 8]) for offset in words[3:6] if 0 <= offset // 8 < len(words)]
    return any(alive(pid) for pid in pids)
