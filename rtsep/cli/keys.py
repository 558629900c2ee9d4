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
        if not sys.stdin.isatty():
            return None
        key = _byte()
        if key != "\x1b":
            return key or None
        if (introducer := _byte()) not in ("[", "O"):
            return introducer or key
        sequence = _byte()
        while sequence and not "@" <= sequence[-1] <= "~":  # Delete, F5 and their like bring digits along
            following = _byte()
            if not following:
                break
            sequence += following
        return ARROWS.get(sequence)

    def _byte() -> str:
        """One byte that waits, else nothing. Past Python's buffer: what it holds, select does not see."""
        if not select.select([sys.stdin], [], [], 0)[0]:
            return ""
        return os.read(sys.stdin.fileno(), 1).decode(errors="ignore")
