"""Who writes to a session: tells a host that crashed from one that plays."""

from __future__ import annotations

import os

import psutil

from rtsep.show.session import Owner


def this_process() -> Owner:
    """This process, as the owner of a session."""
    return Owner(os.getpid(), psutil.Process().create_time())


def lives(owner: Owner) -> bool:
    """Whether the process that writes to a session still runs, and is not this one."""
    if not owner.process or owner.process == os.getpid():
        return False
    try:
        process = psutil.Process(owner.process)
        return abs(process.create_time() - owner.started_s) < 1.0 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
