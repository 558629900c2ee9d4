"""The wake-up: a named semaphore of each seat, which the callback posts and that seat's separator process waits for.

POSIX: CPython's own `SemLock` by name, whose `handle` is the `sem_t*` that `sem_post` takes from compiled code.
Windows: a named kernel semaphore, whose handle `ReleaseSemaphore` takes. macOS and Windows are untested here.
"""

from __future__ import annotations

import contextlib
import sys

from rtsep.shared.fields import SEATS

if sys.platform == "win32":
    import ctypes

    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.CreateSemaphoreW.restype = ctypes.c_void_p
    _kernel32.CreateSemaphoreW.argtypes = (ctypes.c_void_p, ctypes.c_long, ctypes.c_long, ctypes.c_wchar_p)
    _kernel32.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_ulong)

    class Semaphore:
        """A named counting semaphore, created or opened."""

        def __init__(self, name: str, seat: int = 0) -> None:
            # CreateSemaphore opens the existing one if the name is taken.
            self.handle: int = _kernel32.CreateSemaphoreW(None, 0, 0x7FFFFFFF, f"Local\\rtsep-{name}.{seat}")

        def wait(self, timeout_s: float) -> bool:
            """Take one post; False after `timeout_s`. Releases the GIL."""
            return _kernel32.WaitForSingleObject(self.handle, int(1000 * timeout_s)) == 0

    def unlink_semaphore(name: str) -> None:
        """Windows removes a semaphore with its last handle."""

else:
    import _multiprocessing  # type: ignore[import-not-found]  # what multiprocessing.Semaphore is made of; the name must outlive its maker

    _SEMAPHORE_KIND = 1
    _MAXIMUM = 0x7FFFFFFF

    def _posix_name(name: str, seat: int) -> str:
        return f"/rts-{name}.{seat}"  # macOS allows 31 characters

    class Semaphore:
        """A named counting semaphore, created or opened."""

        def __init__(self, name: str, seat: int = 0) -> None:
            path = _posix_name(name, seat)
            try:
                self._lock = _multiprocessing.SemLock(_SEMAPHORE_KIND, 0, _MAXIMUM, path, False)
            except FileExistsError:
                self._lock = _multiprocessing.SemLock._rebuild(0, _SEMAPHORE_KIND, _MAXIMUM, path)
            self.handle: int = self._lock.handle

        def wait(self, timeout_s: float) -> bool:
            """Take one post; False after `timeout_s`. Releases the GIL."""
            return self._lock.acquire(True, timeout_s)

    def unlink_semaphore(name: str) -> None:
        """Remove a host's names; processes that have them open keep them."""
        for seat in range(SEATS):
            with contextlib.suppress(FileNotFoundError):
                _multiprocessing.sem_unlink(_posix_name(name, seat))
