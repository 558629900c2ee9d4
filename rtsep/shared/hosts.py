"""Which hosts run on this machine: blocks with a living owner, and those that a crash left behind."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import get_args

import numpy as np
import psutil

from rtsep.errors import BlockError
from rtsep.shared.block import SUFFIX, Block, attach, block_path, directory, remove
from rtsep.shared.fields import Process
from rtsep.shared.layout import EVENTS, MAGIC, VERSION


def alive(pid: int) -> bool:
    """Whether `pid` is a running process and not a zombie."""
    try:
        return pid > 0 and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def owners(block: Block) -> dict[str, int]:
    """Living processes of a block by role; `separator` has the block's own seat, `next separator` the other one."""
    pids = {f"{role}": int(block.get(f"{role}_pid")) for role in get_args(Process)}
    pids["next separator"] = int(block.at(1 - block.seat).get("separator_pid"))
    return {role: pid for role, pid in pids.items() if alive(pid)}


def running() -> list[str]:
    """Names of the blocks that at least one living process owns."""
    return [name for name in _names() if _owned(name)]


@dataclass(frozen=True)
class LocalHost:
    """A host on this machine."""

    name: str
    osc_port: int
    """Where it hears OSC; 0: nowhere, or not yet."""
    controlled: bool
    """Whether its control process lives; if not, the sound may play on all the same."""

    @property
    def answers(self) -> bool:
        """Whether one can speak with it."""
        return self.controlled and self.osc_port > 0


def local_hosts() -> list[LocalHost]:
    """All that run, by name, of this version of rtsep. Looks at processes: some milliseconds."""
    found = []
    for name in running():
        with contextlib.suppress(BlockError):  # of another version, or gone since
            block = attach(name, None)
            found.append(LocalHost(name, int(block.get("osc_port")), "control" in owners(block)))
    return found


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
        words = np.fromfile(block_path(name), dtype=np.int64, count=EVENTS // 8)
    except OSError:
        return False
    if len(words) < 7 or words[0] != MAGIC:
        return False
    offsets = words[3:7] if words[1] == VERSION else words[3:6]  # once there was one separator only
    pids = [int(words[offset // 8]) for offset in offsets if 0 <= offset // 8 < len(words)]
    return any(alive(pid) for pid in pids)
