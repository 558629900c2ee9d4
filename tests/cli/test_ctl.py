"""`rtsep ctl` as it is typed: sets, asks, presses, lists, watches; errors are one line and exit status 1."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from fakeengine import FakeEngine
from support import PATIENCE_S

from rtsep.changes import MixGain, Panic, StemGain, StemMute, StemSide
from rtsep.cli import ctl as command
from rtsep.cli import main
from rtsep.errors import ConfigError
from rtsep.osc.server import OscServer
from rtsep.shared.block import create, remove
from rtsep.surfaces import OscConfig

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def server(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[OscServer]:
    serving = OscServer(engine, OscConfig(), lambda line: None, {})
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def ctl(server: OscServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command; its exit status, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["rtsep", "ctl", *arguments, "--port", str(server.port)])
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        with pytest.raises(SystemExit) as ended:
            main.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_values_are_set_by_their_types(ctl: Command, engine: FakeEngine) -> None:
    assert ctl("stem/vocals/gain_db", "-6.5") == (0, "", "")
    assert ctl("/rtsep/mix/panic", "on") == (0, "", "")
    assert ctl("stem/drums/side", "a") == (0, "", "")
    assert ctl("stem/*/mute", "1") == (0, "", "")
    assert engine.applied[:3] == [(StemGain("vocals", -6.5),), (Panic(True),), (StemSide("drums", "a"),)]
    assert engine.applied[3] == tuple(StemMute(stem, True) for stem in engine.spec.stems)


def test_an_address_without_values_is_asked(ctl: Command, engine: FakeEngine) -> None:
    engine.apply(MixGain(-3.25))
    assert ctl("mix/gain_db") == (0, "-3.25\n", "")
    status, out, _ = ctl("mix")
    assert status == 0
    assert "/rtsep/mix/gain_db -3.25" in out.splitlines()
    assert "/rtsep/mix/late dry" in out.splitlines()
    status, out, _ = ctl("mix/*", "--json")
    assert json.loads(out)["/rtsep/mix/gain_db"] == [-3.25]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("stem/vocals/gain_db", "99"), "must be -144..12 dB"),
        (("stem/vocals/gain_db", "loud"), "gain is 'loud', must be a number"),
        (("stem/vocals/gain_db", "1", "2"), "has 2 arguments, takes: gain"),
        (("stem/vocal/gain_db",), "/rtsep/stem/vocals/gain_db"),
        (("stem/vocal/gain_db", "1"), "/rtsep/stem/vocals/gain_db"),
        (("status/xruns", "1"), "can only be read"),
        (("mix/late", "wet"), "must be one of dry, mute-safe"),
        (("--list", "nothing"), "there is no address /rtsep/nothing"),
        (("--list", "mix", "1"), "--list takes one address"),
        (("--watch", "mix", "--json", "file.json"), "leave out the file"),
        ((), "name an address"),
    ],
)
def test_what_is_wrong_is_one_line(ctl: Command, engine: FakeEngine, arguments: tuple[str, ...], told: str) -> None:
    status, out, err = ctl(*arguments)
    assert (status, out) == (1, "")
    assert told in err
    assert err.startswith("rtsep: ")
    assert len(err.splitlines()) == 1
    assert engine.applied == []


def test_nobody_there_is_one_line(ctl: Command, server: OscServer) -> None:
    port = server.port
    server.stop()
    server.port = port
    status, _, err = ctl("mix/panic")
    assert status == 1
    assert f"no host hears OSC at 127.0.0.1:{port}" in err


def test_the_list_has_types_ranges_and_words(ctl: Command) -> None:
    status, out, _ = ctl("--list", "mix")
    assert status == 0
    assert "/rtsep/mix/gain_db <gain -144..12 dB>  (read, write)\n    Master fader; -144 is silence.\n" in out
    assert "/rtsep/mix/late <policy dry|mute-safe>" in out
    assert "/rtsep/stem" not in out
    everything = {row["path"]: row for row in json.loads(ctl("--list", "--json")[1])}
    assert everything["/rtsep/scene/3/recall"]["arguments"] == "[<fade 0..600 s>]"
    assert everything["/rtsep/status/xruns"]["access"] == "read"
    assert everything["/rtsep/record/start"]["types"] == "ss"


@pytest.mark.parametrize("as_json", [False, True])
def test_watching_prints_changes_until_it_is_interrupted(server: OscServer, engine: FakeEngine, as_json: bool) -> None:
    arguments = ["ctl", "--watch", "mix/gain_db", "--port", str(server.port), *(["--json"] if as_json else [])]
    command = [sys.executable, "-c", "from rtsep.cli.main import main; main()", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        assert process.stderr.readline() == "rtsep: watching /rtsep/mix/gain_db\n"
        engine.apply(Panic(True), MixGain(-6.0))
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out, err) == (0, "", "")
    if as_json:
        assert json.loads(first) == {"path": "/rtsep/mix/gain_db", "values": [-6.0]}
    else:
        assert first == "/rtsep/mix/gain_db -6\n"


def test_the_host_on_this_machine_says_its_port_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with_osc = create(2, 2, 4096, 4096, "ctl-one")
    other = create(2, 2, 4096, 4096, "ctl-two")
    try:
        with_osc.set("osc_port", 9876)
        monkeypatch.setattr("rtsep.shared.hosts.running", lambda: ["ctl-one", "ctl-two"])
        assert command.where("127.0.0.1", None, None) == 9876
        assert command.where("127.0.0.1", 9001, None) == 9001
        assert command.where("10.0.0.7", None, None) == 9000
        with pytest.raises(ConfigError, match="ctl-two hears no OSC"):
            command.where("127.0.0.1", None, "ctl-two")
        other.set("osc_port", 9877)
        assert command.where("localhost", None, "ctl-two") == 9877
        with pytest.raises(ConfigError, match=r"2 hosts run \(ctl-one, ctl-two\); choose one by --name"):
            command.where("127.0.0.1", None, None)
    finally:
        remove("ctl-one")
        remove("ctl-two")
