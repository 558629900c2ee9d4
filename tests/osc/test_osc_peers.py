"""Real peers: liblo's oscsend and oscdump, and Pure Data without windows or sound."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from fakeengine import FakeEngine
from support import until

from rtsep.changes import Bypass, MixGain, Panic
from rtsep.osc.server import OscServer

LIBLO = pytest.mark.skipif(
    not (shutil.which("oscsend") and shutil.which("oscdump")),
    reason="oscsend and oscdump (liblo-tools) are not installed",
)
PD = pytest.mark.skipif(not shutil.which("puredata"), reason="puredata is not installed")
GAIN_FLOAT32 = 1e-5


class Program:
    """A running program and the lines it prints; ended with its `with`, as Pd ends only when told."""

    def __init__(self, *command: str) -> None:
        self._command = command
        self.lines: list[str] = []

    def __enter__(self) -> Program:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(" ".join(line.split()))

    def prints(self, *words: str) -> None:
        """Wait until one line has all of these."""
        until(lambda: any(all(word in line for word in words) for line in list(self.lines)), f"a line with {words}")


def free_port() -> int:
    """A UDP port that nobody has just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def oscsend(server: OscServer, *message: str) -> None:
    subprocess.run(["oscsend", f"osc.udp://127.0.0.1:{server.port}", *message], check=True, timeout=60)


@LIBLO
def test_oscsend_sets_and_oscdump_hears_snapshot_changes_and_heart(played: FakeEngine, server: OscServer) -> None:
    port = free_port()
    with Program("oscdump", "-L", str(port)) as dump:
        oscsend(server, "/rtsep/mix/gain_db", "f", "-6.5")
        until(lambda: (MixGain(-6.5),) in played.applied, "the gain")

        def snapshot() -> bool:
            oscsend(server, "/rtsep/subscribe", "i", str(port))  # again: oscdump may not listen yet
            return any("/rtsep/status/dsp_load" in line for line in dump.lines)

        until(snapshot, "the snapshot")
        dump.prints("/rtsep/mix/gain_db f -6.5")
        oscsend(server, "/rtsep/mix/panic", "T")
        until(lambda: (Panic(True),) in played.applied, "the panic")
        dump.prints("/rtsep/mix/panic i 1")
        played.apply(Bypass(True))
        dump.prints("/rtsep/mix/bypass i 1")
        dump.prints("/rtsep/heartbeat i")


@LIBLO
def test_oscsend_sets_with_every_type_that_is_taken(played: FakeEngine, server: OscServer) -> None:
    for kind, value, heard in (("d", "-1.5", -1.5), ("h", "-2", -2.0), ("i", "-3", -3.0), ("f", "-4.5", -4.5)):
        oscsend(server, "/rtsep/mix/gain_db", kind, value)
        until(lambda heard=heard: played.state().mix_gain_db == heard, f"type {kind}")
    oscsend(server, "/rtsep/stem/*/mute", "T")
    until(lambda: all(strip.mute for strip in played.state().strips), "the pattern")


def pd_patch(path: Path, server_port: int, own_port: int) -> Path:
    """A patch that subscribes, sets and asks once it is loaded; prints what it hears at its port and what it is answered."""
    boxes = (
        f"obj 9 9 netreceive -u -b {own_port}",
        "obj 9 9 oscparse",
        "obj 9 9 print heard",
        "obj 9 9 netsend -u -b",
        "obj 9 9 oscparse",
        "obj 9 9 print answered",
        "obj 9 9 loadbang",
        "obj 9 9 t b b b b",
        f"msg 9 9 connect 127.0.0.1 {server_port}",
        f"msg 9 9 {own_port}",
        "obj 9 9 oscformat -f i rtsep subscribe",
        "msg 9 9 -6.5",
        "obj 9 9 oscformat rtsep mix gain_db",
        "obj 9 9 oscformat rtsep status block",
        "obj 9 9 list prepend send",
        "obj 9 9 list trim",
    )
    cords = (
        *("0 0 1 0", "1 0 2 0", "3 1 4 0", "4 0 5 0", "6 0 7 0"),
        *("7 3 8 0", "8 0 3 0"),  # first connect
        *("7 2 9 0", "9 0 10 0", "10 0 14 0"),  # then subscribe
        *("7 1 11 0", "11 0 12 0", "12 0 14 0"),  # then set
        *("7 0 13 0", "13 0 14 0"),  # then ask
        *("14 0 15 0", "15 0 3 0"),
    )
    lines = ["#N canvas 0 0 450 300 10;", *(f"#X {box};" for box in boxes), *(f"#X connect {cord};" for cord in cords)]
    path.write_text("\n".join(lines) + "\n")
    return path


@PD
def test_pd_subscribes_sets_asks_and_follows(played: FakeEngine, server: OscServer, tmp_path: Path) -> None:
    patch = pd_patch(tmp_path / "peer.pd", server.port, free_port())
    options = ("-nogui", "-noaudio", "-nomidi", "-noprefs", "-stderr")
    with Program("puredata", *options, "-open", str(patch)) as pd:
        until(lambda: played.applied, "what Pd sets")
        [change] = played.applied[0]
        assert isinstance(change, MixGain)
        assert change.gain_db == pytest.approx(-6.5, abs=GAIN_FLOAT32)
        pd.prints("answered:", "rtsep status block 64")
        pd.prints("heard:", "rtsep status device fake")
        pd.prints("heard:", "rtsep separator load", played.separator)
        played.apply(MixGain(-20.0), Panic(True))
        pd.prints("heard:", "rtsep mix gain_db -20")
        pd.prints("heard:", "rtsep mix panic 1")
        pd.prints("heard:", "rtsep heartbeat")
