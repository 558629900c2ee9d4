"""`rtsep midi` as a user types it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import fakemido
import mido
import pytest
from typer.testing import CliRunner

from rtsep.cli import midi as commands
from rtsep.cli.main import app, complete_json
from rtsep.errors import ConfigError, RemoteError
from rtsep.midi import ports
from rtsep.midi.ports import MidiUnavailableError, MidoPorts

ANSWER = CliRunner()


def rtsep(*arguments: str) -> str:
    """What a command prints; its error is raised."""
    return ANSWER.invoke(app, complete_json(["midi", *arguments]), catch_exceptions=False).output


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a controller."""
    monkeypatch.setattr(fakemido, "names", ["nano 20:0"])
    monkeypatch.setattr(commands, "MidoPorts", lambda: MidoPorts("fakemido"))


def test_ports_are_listed(machine: None) -> None:
    assert rtsep("ports") == "nano 20:0  (in and out)\n"
    assert json.loads(rtsep("ports", "--json")) == {"inputs": ["nano 20:0"], "outputs": ["nano 20:0"]}


def test_no_port_is_said(machine: None) -> None:
    fakemido.names.clear()
    assert "No MIDI port found" in rtsep("ports")


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA's sequencer")
def test_machine_without_midi_is_told_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_SEQUENCER", tmp_path / "seq")
    with pytest.raises(MidiUnavailableError, match="modprobe snd-seq"):
        rtsep("ports")


def test_starter_is_written_once_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    with pytest.raises(ConfigError, match="--starter writes it"):
        rtsep("map", "--file", str(path))
    shown = rtsep("map", "--file", str(path), "--starter", "--separator", "classic")
    written = path.read_bytes()
    assert shown == rtsep("map", "--file", str(path))
    assert "/rtsep/quick/acapella" in shown
    with pytest.raises(ConfigError, match="is there already"):
        rtsep("map", "--file", str(path), "--starter")
    assert path.read_bytes() == written
    whole = json.loads(rtsep("map", "--file", str(path), "--json"))
    assert whole == json.loads(written)


def test_showing_a_damaged_map_says_what_is_wrong_and_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text(
        '{"assignments": [{"path": "/a", "control": "cc"}, {"path": "/b", "control": "cc", "number": 200}]}'
    )
    shown = rtsep("map", "--file", str(path))
    assert "/a" in shown
    assert "wrong: assignment 2: /b: cc number is 200, must be 0..127" in shown
    assert [entry.name for entry in tmp_path.iterdir()] == ["map.json"]


def test_monitor_prints_what_comes(machine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Played(fakemido.Input):
        """Is played as soon as it is open."""

        def __init__(self, name: str, callback: Any = None, **more: Any) -> None:
            super().__init__(name, callback, **more)
            callback(mido.Message("control_change", control=7, value=100))

    monkeypatch.setattr(fakemido, "Input", Played)
    assert rtsep("monitor", "nano", "--seconds", "0") == "nano 20:0  b0 07 64  cc 7 channel 1 value 100\n"
    assert fakemido.heard == {}


def test_unknown_port_is_answered_with_those_there_are(machine: None) -> None:
    with pytest.raises(ConfigError, match="there are: 'nano 20:0'"):
        rtsep("monitor", "flute")


@pytest.mark.parametrize("command", ["learn", "forget"])
def test_learning_needs_a_host(command: str) -> None:
    with pytest.raises(RemoteError, match="rtsep run"):
        rtsep(command, "/rtsep/mix/bypass", "--port", "1")
