"""JACK counts servers in a table of eight, machine-wide, and one that was killed keeps its place: take such places back.

A server that is started under a dead one's name takes over its place, and leaves it when it ends in good order.
"""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

REGISTRY = Path("/dev/shm/jack-shm-registry")
_NAME = re.compile(rb"jack-\d+:([^:\0]+):")
START_S = 1.0


def _runs(name: str) -> bool:
    asked = subprocess.run(["jack_wait", "-s", name, "-c"], capture_output=True, text=True, timeout=10, check=False)
    return "not running" not in asked.stdout


def reclaim() -> list[str]:
    """Free the places of dead servers; their names."""
    if not REGISTRY.exists():
        return []
    names = sorted({match.decode() for match in _NAME.findall(REGISTRY.read_bytes())})
    dead = [name for name in names if not _runs(name)]
    for name in dead:
        command = ["jackd", "-n", name, "-r", "-d", "dummy"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(START_S)
        process.terminate()
        try:
            process.wait(5.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return dead
