"""Ending a host from outside, by its name."""

from __future__ import annotations

import contextlib
import time

import psutil

from rtsep.shared.block import attach, remove
from rtsep.shared.hosts import owners

PATIENCE_S = 3.0


def stop_host(name: str) -> None:
    """Ask a host to end: its control process if it lives, else its children, and clean up. Raises BlockError."""
    block = attach(name, "control")
    block.set("stop", 1)
    end = time.monotonic() + PATIENCE_S
    while owners(block) and time.monotonic() < end:
        time.sleep(0.02)
    left = owners(block)
    for pid in left.values():
        with contextlib.suppress(psutil.Error):
            psutil.Process(pid).kill()
    remove(name)
