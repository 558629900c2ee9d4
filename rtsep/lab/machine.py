"""Where, when and with what a figure was measured: every report carries it."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from pathlib import Path

import msgspec
import psutil

import rtsep
from rtsep.host.doctor_system import governor, read_text

ROOT = Path(rtsep.__file__).resolve().parents[1]
"""Of the checkout, where rtsep runs from one."""


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of two machines may be compared, and must say so. `commit` is empty for an installed package."""

    date: str
    machine: str
    cpu: str
    cores: int
    memory_gib: float
    governor: str
    load_average_at_start: tuple[float, float, float]
    python: str
    version: str
    commit: str
    uncommitted: tuple[str, ...]

    @property
    def name(self) -> str:
        """What tells two machines apart, as far as a report can."""
        return f"{self.cpu}, {self.cores} cores, {self.memory_gib:g} GiB, {self.machine}"


def this_machine() -> Machine:
    """Looked at now. Any thread."""
    changed = ("status", "--porcelain", "--untracked-files=no", "--", "rtsep", "models", "benchmarks")
    return Machine(
        date=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        machine=f"{platform.system()} {platform.release()} {platform.machine()}",
        cpu=_cpu_model(),
        cores=os.cpu_count() or 1,
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        governor=governor(read_text, os.cpu_count() or 1).detail,
        load_average_at_start=psutil.getloadavg(),
        python=platform.python_version(),
        version=rtsep.__version__,
        commit=_git("rev-parse", "HEAD"),
        uncommitted=tuple(_git(*changed).splitlines()),
    )


def _git(*command: str) -> str:
    """Of rtsep's own checkout only: a virtual environment may lie within somebody else's."""
    if not (ROOT / ".git").exists():
        return ""
    try:
        answer = subprocess.run(["git", "-C", str(ROOT), *command], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout.strip()


def _cpu_model() -> str:
    lines = (read_text("/proc/cpuinfo") or "").splitlines()
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
