"""Answers that take a moment: `rtsep COMMAND --json -` as a subprocess, so that no audio library comes into this process."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

import msgspec

PATIENCE_S = 60.0
RTSEP = (sys.executable, "-c", "from rtsep.cli.main import main; main()")
"""`rtsep` as this interpreter runs it, wherever the command is installed."""


def last_line(text: str, otherwise: str) -> str:
    """Of what a command said: where its error stands.

    >>> last_line("a\\nrtsep: no device\\n", "?"), last_line("", "nothing said")
    ('no device', 'nothing said')
    """
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("rtsep: ") if lines else otherwise


class Asked:
    """One question, on a thread of its own from construction on. Read `done`, then `answer` or `problem`."""

    def __init__(self, *arguments: str, command: Sequence[str] = RTSEP) -> None:
        self.answer: Any = None
        self.problem = ""
        self.done = False
        self._command = [*command, *arguments, "--json", "-"]
        self._thread = threading.Thread(target=self._run, name=f"ask {arguments[0]}", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            told = subprocess.run(
                self._command,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
                stdin=subprocess.DEVNULL,
            )
            if told.returncode:
                self.problem = last_line(told.stderr, f"exit status {told.returncode}")
            else:
                self.answer = msgspec.json.decode(told.stdout)
        except subprocess.TimeoutExpired:
            self.problem = f"no answer within {PATIENCE_S:.0f} s"
        except (OSError, msgspec.DecodeError) as error:
            self.problem = str(error)
        finally:
            self.done = True
