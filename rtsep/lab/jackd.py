"""A private JACK server on the dummy driver: `with JackServer(block=64) as server: ...`; always cleaned up.

The driver keeps time by the system clock. Nothing else can reach the server, as its name is this process's own.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from rtsep.lab.jackslots import reclaim

READY_S = 10.0
PRIORITY = 60
_XRUN = re.compile(r"XRun = (\d+) usec")
"""How much later than its period the dummy driver woke: the machine's doing, not a client's."""
_UNFINISHED = re.compile(r"client = (\S+) was not finished")


class JackServer:
    """`jackd -R -d dummy`; without -R where real time is refused, and `realtime` says so."""

    def __init__(self, rate: int = 48000, block: int = 64, name: str | None = None) -> None:
        self.rate, self.block = rate, block
        self.name = name or f"rtsep-bench-{os.getpid()}"
        self.realtime = True
        self.xruns: list[tuple[float, int]] = []
        self.unfinished: list[tuple[float, str]] = []
        self.freed: list[str] = []
        """Dead servers whose places in JACK's table had to be taken back."""
        self._lines: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._kept: dict[str, str | None] = {}

    def __enter__(self) -> JackServer:
        for key, value in (("JACK_DEFAULT_SERVER", self.name), ("JACK_NO_START_SERVER", "1")):
            self._kept[key] = os.environ.get(key)
            os.environ[key] = value
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for key, value in self._kept.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value

    def start(self) -> None:
        """Start it and wait until it answers. Raises RuntimeError, with its own words, if it does not."""
        for realtime in (["-R", "-P", str(PRIORITY)], ["-r"]):
            self._launch(realtime)
            if not self._answers() and any("Too many servers" in line for line in self._lines):
                self.freed = reclaim()
                self._launch(realtime)
                self._answers()
            if self._answers():
                self.realtime = "-R" in realtime and not any("Cannot use real-time" in line for line in self._lines)
                return
            self.stop()
        raise RuntimeError("jackd does not start: " + " | ".join(self._lines[-5:]))

    def _launch(self, realtime: list[str]) -> None:
        driver = ["-d", "dummy", "-r", str(self.rate), "-p", str(self.block), "-C", "2", "-P", "8"]
        self._lines.clear()
        self._process = subprocess.Popen(
            ["jackd", "-n", self.name, *realtime, *driver],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    def _listen(self, output: IO[str]) -> None:
        """Keep what it prints, and when it spoke of an xrun."""
        with output:
            for line in output:
                self._lines.append(line.rstrip())
                if found := _XRUN.search(line):
                    self.xruns.append((time.monotonic(), int(found[1])))
                elif found := _UNFINISHED.search(line):
                    self.unfinished.append((time.monotonic(), found[1]))

    def _answers(self) -> bool:
        assert self._process is not None
        end = time.monotonic() + READY_S
        while time.monotonic() < end and self._process.poll() is None:
            asked = subprocess.run(["jack_lsp"], capture_output=True, check=False)
            if asked.returncode == 0 and b"system:playback_1" in asked.stdout:
                return True
            time.sleep(0.05)
        return False

    def kill(self) -> None:
        """As a crash would: no goodbye to any client."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """End it for certain and remove what it leaves in shared memory."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(5.0)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None
        for leftover in Path("/dev/shm").glob(f"jack_*{self.name}*"):
            with contextlib.suppress(OSError):
                leftover.unlink()

    def xruns_between(self, begin: float, end: float) -> dict[str, int]:
        """What the server complained of, in monotonic time: its own driver woke late, or a client was not through in time.

        The former is the machine's doing whoever the clients are.
        """
        lates = [late for moment, late in self.xruns if begin <= moment <= end]
        clients = Counter(f"unfinished: {name}" for moment, name in self.unfinished if begin <= moment <= end)
        return {"driver_late": len(lates), "driver_late_us_max": max(lates, default=0), **clients}

    def facts(self) -> dict[str, Any]:
        """For the JSON."""
        return {
            "driver": "dummy",
            "rate": self.rate,
            "block": self.block,
            "realtime": self.realtime,
            "priority": PRIORITY,
            "freed": self.freed,
            "xruns": self.xruns_between(0.0, time.monotonic()),
        }
