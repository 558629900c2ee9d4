"""One child process of the host: started, watched, killed; ours, or taken over from a control process that died."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time

import psutil

from rtsep.shared.block import Block, log_path
from rtsep.shared.fields import Process
from rtsep.shared.hosts import alive


class Child:
    """The audio process of a block, or the separator process of the block's seat. Supervisor's thread."""

    def __init__(self, role: Process, module: str, block: Block) -> None:
        """Take over the process that already serves the block, if any."""
        self._role: Process = role
        self._module = module
        self._block = block
        self._process: subprocess.Popen[bytes] | None = None
        pid = int(block.get(f"{role}_pid"))
        self._pid = pid if alive(pid) else 0
        self.started_at = time.monotonic()

    def start(self) -> None:
        """Start a new one. In a session of its own: Ctrl-C is for the control process alone."""
        with open(log_path(self._block.name, self._role, self._block.seat), "wb") as sink:
            self._process = subprocess.Popen(
                # -P: no module of the user's folder
                [sys.executable, "-P", "-m", self._module, self._block.name, str(self._block.seat)],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        self._pid = self._process.pid
        self.started_at = time.monotonic()

    @property
    def pid(self) -> int:
        """Its process id, or 0."""
        return self._pid

    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None if self._process else alive(self._pid)

    def ready(self) -> bool:
        """Whether the process that we mean has said it is ready."""
        return self._block.get(f"{self._role}_pid") == self._pid and bool(self._block.get(f"{self._role}_ready"))

    def error(self) -> str:
        """What it left behind about its end: its own words, else the last line it printed, else how it exited."""
        told = self._block.text(f"{self._role}_error")
        if told:
            return told
        log = log_path(self._block.name, self._role, self._block.seat)
        lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
        status = self._process.returncode if self._process else None
        return lines[-1] if lines else f"ended with status {status}"

    def kill(self, patience_s: float = 0.0) -> None:
        """End it for certain, at once or after it had time to end by itself."""
        if not self._gone_within(patience_s):
            with contextlib.suppress(psutil.Error):
                psutil.Process(self._pid).kill()
            self._gone_within(2.0)
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2.0)

    def _gone_within(self, limit_s: float) -> bool:
        """Whether it ends in time. A zombie has ended: one that we took over is its init's to reap, which may never do it."""
        end = time.monotonic() + limit_s
        while alive(self._pid):
            if time.monotonic() >= end:
                return False
            time.sleep(0.001)
        return True
