"""Windows in processes of their own, on a display of their own, with settings of their own."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from benchmarks.report import ROOT
from rtsep.lab.percentiles import percentiles

SETTLE_S = 3.0
"""Until pages are built, the host is found and the first pictures are painted; left out."""
PER_S = 60
CLOSING_S = 20.0


@contextlib.contextmanager
def display() -> Iterator[dict[str, str]]:
    """Environment of a window: a private X server where there is one, else Qt's own picture in memory."""
    with tempfile.TemporaryDirectory(prefix="rtsep-bench-gui-") as folder:
        alone = os.environ | {"XDG_CONFIG_HOME": folder}
        server = shutil.which("Xvfb")
        if server is None:
            yield alone | {"QT_QPA_PLATFORM": "offscreen"}
            return
        reading, writing = os.pipe()
        command = [server, "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
        process = subprocess.Popen(command, pass_fds=(writing,), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                yield alone | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{answer.readline().strip()}"}
        finally:
            process.terminate()
            process.wait()


class GuiProcess:
    """`benchmarks.guiwindow` for so many seconds; `page` None: harassed."""

    def __init__(self, environment: dict[str, str], port: int, seconds: float, page: str | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="rtsep-bench-gui-")
        self._log = Path(self._folder.name) / "frames.json"
        self._seconds = seconds
        arguments = [str(port), str(SETTLE_S + seconds), str(self._log), *([page] if page else [])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.guiwindow", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def send(self, signal_number: int) -> None:
        """A signal, such as SIGSTOP."""
        self._process.send_signal(signal_number)

    def end(self) -> str:
        """Wait until it has ended; what it complained of."""
        try:
            complaints = self._process.communicate(timeout=SETTLE_S + self._seconds + CLOSING_S)[1]
        except subprocess.TimeoutExpired:
            self._process.kill()
            complaints = self._process.communicate()[1]
        return complaints

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def watched(self) -> dict[str, Any]:
        """Frame times, and processor time while it was shown. Raises RuntimeError if it wrote none, with its complaints."""
        time.sleep(SETTLE_S)
        process = psutil.Process(self._process.pid)
        begin, used = time.monotonic(), process.cpu_times()
        time.sleep(max(0.0, self._seconds - 1.0))
        after, passed = process.cpu_times(), time.monotonic() - begin
        memory = process.memory_info().rss / (1 << 20)
        complaints = self.end()
        if self._process.returncode or not self._log.exists():
            raise RuntimeError(f"the window ended with {self._process.returncode}: {complaints[-2000:]}")
        times_ms = json.loads(self._log.read_text())[int(SETTLE_S * PER_S) :]
        self._folder.cleanup()
        return {
            "frame_ms": percentiles(times_ms),
            "frames": len(times_ms),
            "over_16_7_ms": sum(spent > 1e3 / PER_S for spent in times_ms),
            "cpu_share": (after.user + after.system - used.user - used.system) / passed,
            "memory_mib": memory,
        }


def start_up(environment: dict[str, str], port: int) -> dict[str, float]:
    """What `rtsep gui` itself says of its start, seconds: modules imported, first picture painted."""
    code = "from rtsep.cli.main import main; main()"
    command = [sys.executable, "-c", code, "gui", "--port", str(port), "--quit-after", "1"]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(said.stdout)
