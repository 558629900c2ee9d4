"""Single keys from the terminal, without waiting and without echo."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}

if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def raw_keys() -> Iterator[None]:
        """Nothing to set up on Windows."""
        yield

    def pressed() -> str | None:
        """The next key, or None. Untested."""
        if not msvcrt.kbhit():
            return None
        key = msvcrt.getwch()
        if key in "\x00\xe0":
            return {"H": "up", "P": "down", "M": "right", "K": "left"}.get(msvcrt.getwch())
        return key

else:
    import os
    import select
    import termios
    import tty

    @contextmanager
    def raw_keys() -> Iterator[None]:
        """Keys come one by one; Ctrl-C still interrupts. Does nothing where standard input is no terminal."""
        if not sys.stdin.isatty():
            yield
            return
        before = termios.tcgetattr(sys.stdin)
        try:
            tty.setcbreak(sys.stdin)
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def pressed() -> str | None:
        """The next key, or None."""
        if not sys.stdin.isatty() or not select.select([sys.stdin], [], [], 0)[0]:
            return None
        # Past Python's buffer, which would swallow the rest of an escape sequence before select can see it.
        raw = os.read(sys.stdin.fileno(), 3).decode(errors="ignore")
        if raw.startswith("\x1b["):
            return ARROWS.get(raw[2:3])
        return raw[:1] or None
