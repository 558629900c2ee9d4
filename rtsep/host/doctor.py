"""Examines the machine before a concert: what would make live audio fail or click, and what to do about it.

This file gathers facts; `doctor_system` and `doctor_audio` judge them, as pure functions.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from rtsep import kernelcache
from rtsep.host import doctor_audio, doctor_system
from rtsep.host.finding import Finding
from rtsep.host.machinefile import read_machine
from rtsep.host.priority import below
from rtsep.separators.registry import create, registered

__all__ = ["Finding", "examine"]

Check = Callable[[], Finding]


def examine() -> list[Finding]:
    """Every finding, in a fixed order. Leaves no trace but the kernel cache's folder; never raises. Any thread.

    Takes a fraction of a second, and up to 15 s beside a sound server that hangs.
    """
    return [_guarded(name, check) for name, check in _checks()]


def _guarded(name: str, check: Check) -> Finding:
    try:
        return check()
    except Exception as error:
        return Finding(
            name, "warn", f"could not be examined: {type(error).__name__}: {error}", "report this to rtsep's authors"
        )


def _checks() -> Iterator[tuple[str, Check]]:
    yield "python", lambda: doctor_system.python_version(sys.version_info[:3])
    yield "cpus", lambda: doctor_system.cpus(len(psutil.Process().cpu_affinity()) if _LINUX else os.cpu_count() or 1)
    yield "semaphores", lambda: doctor_system.semaphores(lambda: multiprocessing.Semaphore(0))
    yield "numba cache", lambda: doctor_system.numba_cache(kernelcache.places(), kernelcache.works)
    if _LINUX:
        yield from _linux_checks()
    probe = doctor_audio.probe_portaudio()
    yield "portaudio", lambda: doctor_audio.portaudio(probe, sys.platform)
    if _LINUX:
        yield "jack", lambda: doctor_audio.jack(probe, doctor_audio.ask_jack_server(), _pipewire_runs())
    yield "separators", lambda: doctor_audio.separators(registered(), lambda name: create(name).spec.name)
    yield "benchmark", _benchmark
    for finding in doctor_audio.platform_notes(sys.platform, probe):
        yield finding.name, lambda finding=finding: finding


def _linux_checks() -> Iterator[tuple[str, Check]]:
    import resource  # does not exist on Windows

    from rtsep.host import priority_linux

    read = doctor_system.read_text

    def scheduling() -> Finding:
        # A thread of its own: what is granted there ends with it.
        with ThreadPoolExecutor(1) as pool:
            return doctor_system.realtime(*pool.submit(priority_linux.schedule, below(0), 0.003).result())

    yield "real-time priority", scheduling
    yield (
        "memory locking",
        lambda: doctor_system.memory_locking(
            resource.getrlimit(resource.RLIMIT_MEMLOCK)[1], priority_linux.may_lock_without_limit()
        ),
    )
    yield "cpu governor", lambda: doctor_system.governor(read, os.cpu_count() or 1)
    yield "shared memory", lambda: doctor_system.shared_memory(shutil.disk_usage("/dev/shm").free)
    yield "kernel", lambda: doctor_system.kernel(os.uname().version, read("/proc/cmdline") or "")
    yield "swap", lambda: doctor_system.swap(psutil.swap_memory().total, int(read("/proc/sys/vm/swappiness") or "60"))


def _benchmark() -> Finding:
    machine = read_machine()
    return doctor_system.benchmark(f"'rtsep run' begins with {machine.said}" if machine else "")


def _pipewire_runs() -> bool:
    runtime = os.environ.get("PIPEWIRE_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR") or "/run"
    return (Path(runtime) / "pipewire-0").exists()


_LINUX = sys.platform == "linux"
