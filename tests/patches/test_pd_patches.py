"""The Pure Data patches, run by Pd itself: they open without a complaint, and they play a server."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakeengine import FakeEngine
from pdpeer import PATCHES, Pd, complaints, free_port
from support import PATIENCE_S, until

from rtsep.changes import StemGain, StemMute
from rtsep.osc.codec import decode, encode
from rtsep.osc.server import OscServer
from rtsep.spec import SeparatorSpec
from rtsep.surfaces import OscConfig
from rtsep.units import fader_to_db

pytestmark = pytest.mark.skipif(shutil.which("puredata") is None, reason="puredata is not installed")
SPEC = SeparatorSpec("four", ("vocals", "drums", "bass", "other"), 2, (48000,), 64, 0, False)
FLOAT32 = 1e-5
"""A fader's position through 32 bits, in dB."""
STRIP = ("obj 9 9 rtsep.strip vocals", "obj 9 9 r rtsep.in", "obj 9 9 print heard")
# A message to Pd's own port, `/hand fader 0.5`, moves the strip's control of that name as a hand would.
HAND = (
    "obj 9 9 route hand",
    "obj 9 9 route fader mute gain_db",
    "obj 9 9 s /rtsep/stem/vocals/fader",
    "obj 9 9 s /rtsep/stem/vocals/mute",
    "obj 9 9 s /rtsep/stem/vocals/gain_db",
)
HAND_CORDS = ("2 0 3 0", "2 0 4 0", "4 0 5 0", "5 0 6 0", "5 1 7 0", "5 2 8 0")


@pytest.fixture
def server() -> Iterator[OscServer]:
    engine = FakeEngine(SPEC)
    served = OscServer(engine, OscConfig(port=free_port(), advertise=False))
    served.engine = engine  # type: ignore[attr-defined]
    served.start()
    yield served
    served.stop()


@pytest.fixture
def wire() -> Iterator[socket.socket]:
    """A socket that stands for rtsep."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(PATIENCE_S)
        yield sock


def received(wire: socket.socket, path: str) -> tuple[object, ...]:
    """The values of the next message to `path`."""
    while True:
        for message in decode(wire.recv(65536)):
            if message.path == path:
                return tuple(message.values)


@pytest.mark.parametrize("patch", sorted(path.name for path in PATCHES.glob("*.pd")))
def test_patch_opens_without_a_complaint(patch: str) -> None:
    assert complaints(PATCHES / patch) == []


def test_a_patch_with_an_unknown_object_is_complained_about(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pd"
    bad.write_text("#N canvas 0 0 100 100 10;\n#X obj 9 9 rtsep.nothing;\n")
    assert any("rtsep.nothing" in line for line in complaints(bad))


def test_pd_subscribes_gets_the_snapshot_sets_and_follows(server: OscServer, tmp_path: Path) -> None:
    engine: FakeEngine = server.engine  # type: ignore[attr-defined]
    own = free_port()
    engine.apply(StemGain("vocals", -12.0))
    boxes = (f"obj 9 9 rtsep.osc 127.0.0.1 {server.port} {own}", *STRIP, *HAND)
    with Pd(tmp_path, boxes, HAND_CORDS) as pd, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hand:
        pd.hears("heard: rtsep stem vocals gain_db -12")
        pd.hears("heard: rtsep stem other mute 0")
        hand.sendto(encode("/hand/fader", [0.5]), ("127.0.0.1", own))
        until(
            lambda: abs(engine.desk.strips["vocals"].gain_db - fader_to_db(0.5)) < FLOAT32,
            "the gain that Pd's fader sets",
        )
        hand.sendto(encode("/hand/mute", [1]), ("127.0.0.1", own))
        until(lambda: engine.desk.strips["vocals"].mute, "the mute that Pd's switch sets")
        told = len(engine.applied)
        engine.apply(StemGain("vocals", -30.0), StemMute("drums", True))
        pd.hears("heard: rtsep stem vocals gain_db -30")
        pd.hears("heard: rtsep stem vocals fader 0.25")
        pd.hears("heard: rtsep stem drums mute 1")
        pd.hears("heard: rtsep heartbeat")
        assert len(engine.applied) == told + 1, "what the strip heard, it has sent back"
        assert not [line for line in pd.lines if "error" in line]


def test_what_a_control_shows_is_what_was_heard(wire: socket.socket, tmp_path: Path) -> None:
    own = free_port()
    rtsep = f"obj 9 9 rtsep.osc 127.0.0.1 {wire.getsockname()[1]} {own}"
    # A bang makes a control say what it shows.
    boxes = ("obj 9 9 rtsep.scene 3", "obj 9 9 r rtsep.in", "obj 9 9 route hand", "obj 9 9 s /rtsep/scene/3/fade_s")
    more = ("msg 9 9 bang", "obj 9 9 s /rtsep/scene/3/go", "obj 9 9 route fade go")
    with Pd(tmp_path, (rtsep, *boxes, *more), ("2 0 3 0", "3 0 7 0", "7 0 5 0", "5 0 4 0", "7 1 6 0")):
        assert received(wire, "/rtsep/subscribe") == (own, 20.0)
        wire.sendto(encode("/rtsep/scene/4/fade_s", [9.0]), ("127.0.0.1", own))
        wire.sendto(encode("/rtsep/scene/3/fade_s", [2.5]), ("127.0.0.1", own))
        wire.sendto(encode("/hand/fade", [1]), ("127.0.0.1", own))
        assert received(wire, "/rtsep/scene/3/fade_s") == (2.5,)
        wire.sendto(encode("/hand/go", [1]), ("127.0.0.1", own))
        assert received(wire, "/rtsep/scene/3/go") == (1,)
        assert received(wire, "/rtsep/renew") == (own, 20.0)


def test_words_go_both_ways(wire: socket.socket, tmp_path: Path) -> None:
    own = free_port()
    rtsep = f"obj 9 9 rtsep.osc 127.0.0.1 {wire.getsockname()[1]} {own}"
    boxes = (
        rtsep,
        *STRIP,
        "obj 9 9 route hand",
        "obj 9 9 route b",
        "msg 9 9 bang",
        "obj 9 9 s /rtsep/stem/vocals/side",
    )
    with Pd(tmp_path, boxes, ("2 0 4 0", "4 0 5 0", "5 0 6 0", "6 0 7 0")):
        received(wire, "/rtsep/subscribe")
        wire.sendto(encode("/rtsep/stem/vocals/side", ["b"]), ("127.0.0.1", own))
        wire.sendto(encode("/hand/b", [1]), ("127.0.0.1", own))
        assert received(wire, "/rtsep/stem/vocals/side") == ("b",)


def test_lists_go_to_any_address(wire: socket.socket, tmp_path: Path) -> None:
    own = free_port()
    rtsep = f"obj 9 9 rtsep.osc 127.0.0.1 {wire.getsockname()[1]} {own}"
    boxes = (rtsep, "obj 9 9 r rtsep.in", "obj 9 9 route hand", "obj 9 9 t b b")
    said = ("msg 9 9 /rtsep/mix/fader 0.75", "msg 9 9 /rtsep/mix/late", "obj 9 9 s rtsep.out")
    with Pd(tmp_path, (*boxes, *said), ("1 0 2 0", "2 0 3 0", "3 1 4 0", "3 0 5 0", "4 0 6 0", "5 0 6 0")):
        received(wire, "/rtsep/subscribe")
        wire.sendto(encode("/hand", [1]), ("127.0.0.1", own))
        assert received(wire, "/rtsep/mix/fader") == (0.75,)
        assert received(wire, "/rtsep/mix/late") == ()
