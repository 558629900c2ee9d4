"""Which hosts run on this machine: blocks with a living owner, and those that a crash left behind."""

from __future__ import annotations

from typing import get_args

import numpy as np
import psutil

from rtsep.shared.block import SUFFIX, Block, block_path, directory, remove
from rtsep.shared.fields import Process
from rtsep.shared.layout import MAGIC, RINGS, VERSION


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
        words = np.fromfile(block_path(name), dtype=np.int64, count=RINGS // 8)
    except OSError:
        return False
    if len(words) < 7 or words[0] != MAGIC:
        return False
    offsets = words[3:7] if words[1] == VERSION else words[3:6]  # once there was one separator only
    pids = [int(words[offset // 8]) for offset in offsets if 0 <= offset // 8 < len(words)]
    return any(alive(pid) for pid in pids)
