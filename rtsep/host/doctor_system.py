"""What `rtsep doctor` makes of Python, the processor, the kernel and the limits. Pure but for the readers passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rtsep.host.blockprep import LEAST_RING_FRAMES
from rtsep.host.finding import Finding
from rtsep.host.priority import below
from rtsep.shared.fields import SEATS
from rtsep.shared.layout import RINGS, power_of_two

COMFORTABLE_BYTES = 64 << 20
"""Of shared memory for one host of four stereo stems at 48 kHz: its block, and as much again for one that crashed."""

GRANT_REMEDY = (
    "sudo dpkg-reconfigure -p high jackd2 (answer yes), or put the lines '@audio - rtprio 95' and"
    " '@audio - memlock unlimited' into /etc/security/limits.d/audio.conf; then sudo usermod -aG audio $USER,"
    " log out and in again"
)

Read = Callable[[str], str | None]


def read_text(path: str) -> str | None:
    """A small file's text without surrounding blanks; None if it cannot be read."""
    try:
        return Path(path).read_text().strip()
    except OSError:
        return None


def python_version(version: tuple[int, int, int]) -> Finding:
    """3.11 is the oldest that works."""
    text = ".".join(map(str, version))
    if version < (3, 11, 0):
        return Finding("python", "fail", text, "install Python 3.11 or newer and make a new .venv with it")
    return Finding("python", "ok", text)


def cpus(usable: int) -> Finding:
    """The callback and the separator want one each; `usable` counts those that this process may run on."""
    if usable < 2:
        remedy = "use a machine with two processors or more, or allow this process more of them (taskset, cgroups)"
        return Finding("cpus", "warn", "1 usable: separator and callback compete for it", remedy)
    return Finding("cpus", "ok", f"{usable} usable")


def governor(read: Read, count: int) -> Finding:
    """Frequency scaling: a clock that drops between hops makes the next one late."""
    paths = (f"/sys/devices/system/cpu/cpu{index}/cpufreq/scaling_governor" for index in range(count))
    found = {text for path in paths if (text := read(path))}
    if not found:
        return Finding("cpu governor", "ok", "no frequency scaling here (fixed clock or virtual machine)")
    detail = ", ".join(sorted(found))
    if found != {"performance"}:
        remedy = "sudo cpupower frequency-set -g performance (Debian: package linux-cpupower)"
        return Finding("cpu governor", "warn", detail, remedy)
    return Finding("cpu governor", "ok", detail)


def realtime(policy: str, priority: int, refusal: str) -> Finding:
    """What `priority_linux.schedule` granted to a thread that asked for the separator's priority."""
    if policy != "SCHED_FIFO" or priority < below(0):
        return Finding("real-time priority", "warn", refusal, GRANT_REMEDY)
    return Finding("real-time priority", "ok", f"SCHED_FIFO {priority} granted")


def memory_locking(limit_bytes: int, exempt: bool) -> Finding:
    """`limit_bytes` is RLIMIT_MEMLOCK, negative for unlimited; `exempt` means that CAP_IPC_LOCK overrules it."""
    if limit_bytes < 0 or exempt:
        return Finding("memory locking", "ok", "unlimited" if limit_bytes < 0 else "no limit for this user")
    return Finding("memory locking", "warn", f"limited to {limit_bytes // 1024} KiB, so not used", GRANT_REMEDY)


def block_bytes(stems: int = 4, channels: int = 2, sample_rate: int = 48000, tape_s: float = 10.0) -> int:
    """What the shared block of one host takes, bytes: mostly the tape of mix and stems.

    A separator of long delay has longer rings and takes somewhat more.

    >>> [block_bytes() >> 20, block_bytes(stems=16) >> 20, block_bytes(sample_rate=192000) >> 20]
    [28, 88, 88]
    """
    rings = (1 + SEATS * stems) * LEAST_RING_FRAMES
    tape = (1 + stems) * power_of_two(int(tape_s * sample_rate))
    return RINGS + 4 * channels * (rings + tape)


def shared_memory(free_bytes: int) -> Finding:
    """Room in /dev/shm for the block of an ordinary host: it must fit, and should with room for one that crashed."""
    large = ", ".join(
        f"{what} {size >> 20} MiB"
        for what, size in (("16 stems", block_bytes(stems=16)), ("192 kHz", block_bytes(sample_rate=192000)))
    )
    detail = (
        f"{free_bytes >> 20} MiB free in /dev/shm; four stereo stems at 48 kHz take {block_bytes() >> 20} MiB "
        f"({large}), {COMFORTABLE_BYTES >> 20} MiB is comfortable"
    )
    remedy = "sudo mount -o remount,size=256M /dev/shm (Docker: --shm-size=256m), or delete what fills it"
    if free_bytes < block_bytes():
        return Finding("shared memory", "fail", detail, remedy)
    if free_bytes < COMFORTABLE_BYTES:
        return Finding("shared memory", "warn", detail, remedy)
    return Finding("shared memory", "ok", detail)


def kernel(version: str, command_line: str) -> Finding:
    """How soon the kernel lets a woken thread run. `version` as in `uname -v`."""
    options = command_line.split()
    if "PREEMPT_RT" in version:
        return Finding("kernel", "ok", "PREEMPT_RT")
    if "preempt=full" in options and "threadirqs" in options:
        return Finding("kernel", "ok", "preempt=full threadirqs")
    detail = "preemption not known to be full, interrupts not threaded"
    if "PREEMPT" not in version:
        return Finding("kernel", "warn", f"not preemptible: {version}", "install a low-latency or PREEMPT_RT kernel")
    remedy = "add 'preempt=full threadirqs' to GRUB_CMDLINE_LINUX in /etc/default/grub, sudo update-grub, restart"
    return Finding("kernel", "warn", detail, remedy)


def swap(total_bytes: int, swappiness: int) -> Finding:
    """Whether memory that rests for a song may be on disk when it is wanted."""
    if total_bytes == 0:
        return Finding("swap", "ok", "none")
    detail = f"{total_bytes >> 20} MiB, swappiness {swappiness}"
    if swappiness > 10:
        return Finding("swap", "warn", detail, "sudo sysctl vm.swappiness=10 (to keep it: a line in /etc/sysctl.d)")
    return Finding("swap", "ok", detail)


def semaphores(make: Callable[[], Any]) -> Finding:
    """The callback wakes the separator with one. `make` returns a `multiprocessing` semaphore at zero."""
    try:
        semaphore = make()
        semaphore.release()
        works = semaphore.acquire(timeout=1.0)
    except (ImportError, OSError) as error:
        works, reason = False, str(error)
    else:
        reason = "released, but could not be acquired"
    if not works:
        remedy = "mount a writable /dev/shm (mode 1777); in a sandbox allow sem_open"
        return Finding("semaphores", "fail", reason, remedy)
    return Finding("semaphores", "ok", "work between processes")


def numba_cache(directories: Sequence[Path], writable: Callable[[Path], bool]) -> Finding:
    """Where compiled kernels are kept: the first of `directories` that is writable, and should be the first of all."""
    remedy = "set NUMBA_CACHE_DIR to a directory that you may write to"
    found = next(filter(writable, directories), None)
    if found is None:
        refused = ", ".join(map(str, directories)) or "the temporary folder"
        return Finding("numba cache", "fail", f"not writable: {refused}; nothing starts", remedy)
    if found != directories[0]:
        detail = f"{directories[0]} is not writable; {found} serves instead"
        return Finding("numba cache", "warn", detail, remedy)
    return Finding("numba cache", "ok", str(found))


def benchmark(applied: str) -> Finding:
    """What 'rtsep run' begins with, if this machine was measured; empty: it was not, or nothing was applied."""
    return Finding("benchmark", "ok", applied or "none applied; 'rtsep bench --apply' finds what this machine sustains")
