"""A show as it is played: `rtsep run` in a process of its own, driven by OSC, killed in the middle, and back as it was."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import PATIENCE_S

from rtsep.cli.listing import sessions
from rtsep.osc.messages import Value
from rtsep.shared.hosts import alive
from rtsep.show.sessions import SessionStore
from rtsep.units import db_to_gain

livehost = pytest.importorskip(
    "benchmarks.livehost", reason="the benchmarks are part of the repository, not of the wheel"
)
RUN = ("-d", "null", "-s", "delay", "--set", "realtime=false")
GAIN_TOLERANCE = 1e-6


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with livehost.LiveHost(*RUN) as made:
        yield made


@pytest.fixture
def surface(host: Any) -> Iterator[Any]:
    made = livehost.Surface(host.port)
    yield made
    made.close()


def answered(surface: Any, path: str, wanted: tuple[Value, ...]) -> bool:
    """Whether a query is answered so before long."""
    end = time.monotonic() + PATIENCE_S
    while (answer := surface.ask(path)) != wanted and time.monotonic() < end:
        time.sleep(0.01)
    return answer == wanted


def test_a_datagram_reaches_the_callback(host: Any, surface: Any) -> None:
    surface.send("/rtsep/stem/vocals/gain_db", -6.5)
    surface.send("/rtsep/stem/drums/mute", 1)
    assert answered(surface, "/rtsep/stem/drums/mute", (1,))
    assert host.block.array("stem_gain")[0] == pytest.approx(db_to_gain(-6.5), abs=GAIN_TOLERANCE)
    assert host.block.array("stem_mute")[1] == 1
    assert host.block.get("osc_port") == host.port


@pytest.mark.slow
def test_a_show_survives_the_kill_of_its_control_process(host: Any, surface: Any) -> None:
    surface.send("/rtsep/subscribe", 0)
    for path, *values in (
        ("/rtsep/stem/vocals/gain_db", -6.5),
        ("/rtsep/stem/vocals/side", "a"),
        ("/rtsep/mix/crossfade", 0.5),
        ("/rtsep/scene/3/store", "verse"),
        ("/rtsep/stem/bass/mute", 1),
        ("/rtsep/setlist/scenes", 3),
        ("/rtsep/tempo/bpm", 97.0),
    ):
        surface.send(path, *values)
    assert answered(surface, "/rtsep/tempo/bpm", (97.0,))
    assert answered(surface, "/rtsep/stem/bass/mute", (1,))
    time.sleep(1.0)  # autosaving waits a moment for more
    heard = host.block.array("stem_gain").copy()
    audio, position = host.block.get("audio_pid"), host.block.get("position")
    host.kill()
    assert alive(int(audio))
    host.start(*RUN)  # as a frightened performer does: the same command again
    assert host.block.get("control_pid") != 0
    assert host.block.get("audio_pid") == audio
    assert host.block.get("position") > position
    assert (host.block.array("stem_gain") == heard).all()
    surface.empty()
    surface.send("/rtsep/renew", 0)  # as its patch does every few seconds
    snapshot = surface.hear(1.0)
    assert snapshot["/rtsep/stem/vocals/gain_db"] == (-6.5,)
    assert snapshot["/rtsep/stem/vocals/side"] == ("a",)
    assert snapshot["/rtsep/mix/crossfade"] == (0.5,)
    assert snapshot["/rtsep/stem/bass/mute"] == (1,)
    assert snapshot["/rtsep/scene/3/name"] == ("verse",)
    assert snapshot["/rtsep/setlist/scenes"] == (3,)
    assert snapshot["/rtsep/tempo/bpm"] == (97.0,)
    surface.send("/rtsep/scene/3/recall", 0.0)
    assert answered(surface, "/rtsep/stem/bass/mute", (0,))


@pytest.mark.slow
def test_a_host_that_cannot_be_taken_over_plays_on_until_it_can(host: Any, surface: Any) -> None:
    surface.send("/rtsep/scene/3/store", "verse")
    surface.send("/rtsep/session/save", "gig")
    assert answered(surface, "/rtsep/session/name", ("gig",))
    audio = int(host.block.get("audio_pid"))
    host.kill()
    with (
        socket.create_server(("127.0.0.1", host.port)),
        pytest.raises(RuntimeError, match="is taken by another program"),
    ):
        host.start(*RUN)
    assert alive(audio)
    host.start(*RUN)
    assert host.block.get("control_pid") != 0
    assert answered(surface, "/rtsep/session/name", ("gig",))
    assert answered(surface, "/rtsep/scene/3/name", ("verse",))


@pytest.mark.slow
def test_a_crash_of_everything_is_restored_too(host: Any, surface: Any) -> None:
    surface.send("/rtsep/stem/vocals/mute", 1)
    surface.send("/rtsep/mix/gain_db", -3.0)
    assert answered(surface, "/rtsep/mix/gain_db", (-3.0,))
    time.sleep(1.0)
    children = [int(host.block.get(name)) for name in ("audio_pid", "separator_pid")]
    host.kill()
    for child in children:
        os.kill(child, 9)
    host.forget()
    host.start("--name", host.name, *RUN)
    assert answered(surface, "/rtsep/stem/vocals/mute", (1,))
    assert answered(surface, "/rtsep/mix/gain_db", (-3.0,))


@pytest.mark.slow
def test_an_option_counts_more_than_the_session(host: Any, surface: Any) -> None:
    assert answered(surface, "/rtsep/separator/load", ("delay",))
    children = [int(host.block.get(name)) for name in ("audio_pid", "separator_pid")]
    host.kill()
    for child in children:
        os.kill(child, 9)
    host.forget()
    host.start("--name", host.name, "-d", "null", "-s", "passthrough", "--set", "realtime=false")
    assert answered(surface, "/rtsep/separator/next", ("",))
    assert answered(surface, "/rtsep/separator/load", ("passthrough",))


def test_a_host_that_cannot_start_leaves_nothing_that_would_come_back(tmp_path: Path, host: Any) -> None:
    command = [
        sys.executable,
        "-c",
        "from rtsep.cli.main import main; main()",
        "run",
        *RUN,
        "--osc-port",
        str(host.port),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert "is taken by another program" in ended.stderr
    infos = {info.name: info for info in SessionStore(tmp_path / "rtsep" / "sessions").list()}
    assert infos["last-2"].clean
    assert not infos["last"].clean


def test_sessions_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    sessions()
    assert "No session yet" in capsys.readouterr().out
    with livehost.LiveHost(*RUN, "--session", "gig"):
        pass
    sessions()
    listed = capsys.readouterr().out
    assert "gig" in listed
    assert "delay" in listed
    assert "cut off" not in listed
