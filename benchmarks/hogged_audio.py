"""The host's own audio process with GIL hogs inside: `python -m benchmarks.hogged_audio BLOCK`.

RTSEP_BENCH_HOGS says how many. They start once the stream runs, so that only playing is measured.
"""

from __future__ import annotations

import os
import sys
import threading
import time

from benchmarks.hogs import Hogs
from rtsep.host import audio_process
from rtsep.shared.block import attach


def _hog_when_ready(name: str, count: int) -> None:
    block = attach(name, "control")
    while not block.get("audio_ready") or block.get("audio_pid") != os.getpid():
        time.sleep(0.01)
    Hogs(count).__enter__()


if __name__ == "__main__":
    threading.Thread(
        target=_hog_when_ready, args=(sys.argv[1], int(os.environ["RTSEP_BENCH_HOGS"])), daemon=True
    ).start()
    audio_process.main()
