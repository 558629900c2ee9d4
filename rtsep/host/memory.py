"""Keeps a process from taking all of the machine's memory."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def limit_memory(beyond: int | None) -> None:
    """Let this process take no more than `beyond` bytes beside what it has; None: no limit. Linux alone, for it can tell.

    From then on allocations fail, as exceptions of whatever allocates: RLIMIT_DATA counts memory that is private and may be
    written to, whether touched or not (setrlimit(2)).
    """
    if beyond is None or sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):  # a system without /proc, or a lower limit that is there already
        resource.setrlimit(resource.RLIMIT_DATA, (data_bytes() + beyond, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def data_bytes() -> int:
    """What of this process counts against that limit. Raises OSError, ValueError."""
    for line in STATUS.read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    raise ValueError(f"no VmData in {STATUS}")
