"""The engine on a JACK server of the test's own, 64 frames at 48 kHz on the dummy driver."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import JackServer
from support import until

from rtsep.changes import StemMute, StemOutput, SwitchSeparator
from rtsep.errors import DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices.probe import all_devices, device_facts
from rtsep.host.engine import Engine

pytestmark = pytest.mark.jack

Start = Callable[..., Engine]
JACK: dict[str, object] = {"kind": "portaudio", "host_api": "JACK", "block": None}


def test_callbacks_flow_for_a_second_without_a_missed_position(jack_server: JackServer, start: Start) -> None:
    engine = start(JACK)
    block = engine.block
    until(lambda: block.get("clock_known"), "the device's clock is known")
    begin, missed = int(block.get("position")), int(block.get("missed_positions"))
    until(lambda: block.get("position") - begin >= 48000, "a second of audio")
    state = engine.state()
    assert (state.block, state.sample_rate) == (64, 48000.0)
    assert "JACK" in state.device
    assert (block.get("position") - begin) % 64 == 0
    # On a machine that is busy a driver may sleep through a period; the clock must then say so, not hide it.
    assert state.counters.missed_positions - missed <= 64 * state.counters.xruns + 4800
    assert state.budget.device_out > 0
    assert state.budget.total == state.budget.host + state.budget.device_in + state.budget.device_out


def test_stems_can_be_routed_to_further_outputs(jack_server: JackServer, start: Start) -> None:
    engine = start(JACK)
    assert engine.block.get("device_outputs") == 8
    engine.apply(StemOutput("drums", 6))
    until(lambda: engine.block.array("feed")[1] == 6, "the callback has taken it over")


def test_a_server_that_dies_and_returns_is_joined_again_with_the_desk_kept(
    jack_server: JackServer, start: Start
) -> None:
    engine = start(JACK)
    engine.apply(StemMute("vocals", True))
    block, first = engine.block, engine.block.get("audio_pid")
    jack_server.kill()
    until(lambda: engine.heard, "the loss is noticed")  # type: ignore[attr-defined]
    stopped = int(block.get("position"))
    jack_server.start()
    until(lambda: block.get("audio_pid") != first and block.get("position") > stopped + 4800, "audio flows again")
    until(lambda: engine.state().audio == "running", "the engine says so")
    state = engine.state()
    assert state.strips[0].mute
    assert state.counters.audio_restarts >= 1
    hops = int(block.get("hops"))
    until(lambda: block.get("hops") > hops + 20, "hops are computed")
    assert state.counters.separator_restarts == 0


def test_a_separator_is_switched_without_a_missing_callback(
    jack_server: JackServer, start: Start, plugins: Path
) -> None:
    engine = start(JACK, slack=16 * 64)
    engine.apply(StemMute("vocals", True))
    audio, first = engine.block.get("audio_pid"), engine.state().budget
    for name in ("test-calm", "delay"):
        engine.apply(SwitchSeparator(name))
        until(lambda name=name: engine.state().separator_name == name, f"{name} is heard")
    state = engine.state()
    assert state.budget == first
    assert state.strips[0].mute
    assert state.position == 64 * state.counters.callbacks
    assert (engine.block.get("audio_pid"), state.counters.audio_restarts) == (audio, 0)
    assert not [line for line in engine.heard if "restarting" in line]  # type: ignore[attr-defined]


def test_the_probe_sees_the_server(jack_server: JackServer) -> None:
    assert [device for device in all_devices() if "JACK" in device["host_api"]]
    found = []

    def answers() -> bool:
        with contextlib.suppress(DeviceError):  # somebody may be tidying up JACK's table of servers just now
            found.append(device_facts(DeviceConfig(host_api="JACK"), 2, 0))
        return bool(found)

    until(answers, "the server is found")
    facts = found[0]
    assert (facts.sample_rate, facts.block, facts.input_channels, facts.output_channels) == (48000.0, 64, 2, 8)


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"block": 128}, "runs with block 64, not 128"), ({"sample_rate": 44100}, "runs with rate 48000, not 44100")],
)
def test_what_the_server_does_not_run_at_is_refused(jack_server: JackServer, asked: dict, words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        device_facts(DeviceConfig(host_api="JACK", **asked), 2, 0)


def test_without_a_server_jack_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "rtsep-no-such-server")
    with pytest.raises(DeviceError):
        device_facts(DeviceConfig(host_api="JACK"), 2, 0)
