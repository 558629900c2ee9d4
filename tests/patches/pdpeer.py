"""Pure Data without windows or sound, as a peer of the tests."""

from __future__ import annotations

import socket
import subprocess
import threading
from pathlib import Path

from support import until

from rtsep.patches.copying import PACKAGE

PATCHES = PACKAGE / "pd"
_OPTIONS = ("-nogui", "-noaudio", "-nomidi", "-stderr", "-noprefs", "-path", str(PATCHES))


def free_port() -> int:
    """A UDP port that nobody has just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def complaints(patch: Path) -> list[str]:
    """What Pd says while it opens a patch and ends again: nothing if all is well."""
    command = ["puredata", *_OPTIONS, "-open", str(patch), "-send", "pd quit"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]


class Pd:
    """Pd with a patch made of `objects`, one box each, and what it prints; ends with its `with`."""

    def __init__(self, folder: Path, objects: tuple[str, ...], cords: tuple[str, ...] = ()) -> None:
        lines = ["#N canvas 0 0 600 400 10;"]
        lines += [f"#X {box};" for box in objects]
        lines += [f"#X connect {cord};" for cord in cords]
        self._patch = folder / "peer.pd"
        self._patch.write_text("\n".join(lines) + "\n")
        self.lines: list[str] = []

    def __enter__(self) -> Pd:
        command = ["puredata", *_OPTIONS, "-open", str(self._patch)]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(line.strip())

    def hears(self, line: str) -> None:
        """Wait until Pd has printed a line that begins so; fail if it never does."""
        until(lambda: any(said.startswith(line) for said in self.lines), f"Pd's line {line!r}")
