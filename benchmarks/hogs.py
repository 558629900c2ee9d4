"""GIL hogs: threads that compute in pure Python and never wait, as a careless plugin or user interface would."""

from __future__ import annotations

import threading
import time
from types import TracebackType


class Hogs:
    """`count` of them, while the context lasts."""

    def __init__(self, count: int) -> None:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._burn, name=f"hog-{n}", daemon=True) for n in range(count)]

    def _burn(self) -> None:
        total = 0
        while not self._stop.is_set():
            for n in range(10_000):
                total = (total * 31 + n) & 0xFFFF

    def __enter__(self) -> Hogs:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def patient_sleep(seconds: float) -> None:
    """Sleep beside hogs: the time that counts is the clock's, however late the interpreter lets us go on."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(left)
