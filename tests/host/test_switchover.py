"""Switching separators in the running host: processes come and go, the sound does not stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from support import RATE, noise, until

from rtsep.changes import Knob, Record, StemGain, StemMute, SwitchSeparator
from rtsep.errors import ConfigError, SeparatorError
from rtsep.host import examination, switchover
from rtsep.host.engine import Engine
from rtsep.separators import files
from rtsep.separators.registry import create
from rtsep.shared.block import attach
from rtsep.shared.hosts import alive, owners

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

Start = Callable[..., Engine]
PATIENT = 16 * 128
"""Slack with which a separator keeps time on a machine that is busy with other work, frames."""


@pytest.fixture
def start(start: Start) -> Start:
    return lambda device=None, **settings: start(device, **({"slack": PATIENT} | settings))


def plays(engine: Engine, name: str) -> None:
    until(lambda: engine.state().separator_name == name, f"{name} is heard")


def told(engine: Engine, words: str) -> None:
    until(lambda: any(words in line for line in engine.heard), f"an event: {words}")  # type: ignore[attr-defined]


def alone(engine: Engine) -> None:
    """One separator process, no more."""
    until(lambda: set(owners(engine.block)) == {"control", "audio", "separator"}, "the other has ended")


def flows(engine: Engine) -> None:
    """Audio moves on by a tenth of a second, and hops with it."""
    position, hops = engine.block.get("position"), engine.block.get("hops")
    until(lambda: engine.block.get("position") > position + 4800, "audio flows")
    until(lambda: engine.block.get("hops") > hops + 5, "hops are computed")


def test_a_switch_changes_the_separator_and_nothing_else(start: Start, plugins: Path) -> None:
    engine = start(separator="test-moody", policy="mute-safe")
    engine.apply(StemMute("vocals", True), StemGain("rest", -6.0))
    before, old = owners(engine.block), engine.state()
    changes: list[object] = []
    engine.subscribe(changes.append)
    engine.apply(SwitchSeparator("test-calm"))
    assert changes == [SwitchSeparator("test-calm")]
    assert engine.state().next_separator == "test-calm"
    assert (old.separator_name, old.runtime, old.next_separator) == ("test-moody", "", "")
    plays(engine, "test-calm")
    state = engine.state()
    assert (state.separator.name, state.runtime, state.next_separator) == ("test-calm", "numpy float32", "")
    assert (state.strips[0].mute, state.strips[1].gain_db) == (True, pytest.approx(-6.0))
    assert (state.budget.separator, state.budget.adaptation) == (300, 128)
    assert state.counters.callbacks == state.position // 128
    assert (state.counters.separator_restarts, state.counters.audio_restarts) == (0, 0)
    after = owners(engine.block)
    until(lambda: not alive(before["separator"]), "the old process has ended")
    assert after["audio"] == before["audio"]
    assert after["separator"] != before["separator"]
    told(engine, "test-calm plays now, in place of test-moody")
    engine.apply(StemMute("vocals", False))
    flows(engine)


def test_back_and_forth_with_knobs_remembered(start: Start, plugins: Path) -> None:
    engine = start(separator="test-moody")
    engine.apply(Knob("share", 0.25))
    for name in ("test-calm", "test-moody", "test-calm"):
        engine.apply(SwitchSeparator(name))
        plays(engine, name)
        assert engine.state().knobs[-1] == (0.25 if name == "test-moody" else 0.5)
        engine.apply(StemMute("vocals", True))
        flows(engine)
    alone(engine)


def test_the_mix_of_a_file_is_the_delayed_input_to_the_bit_before_and_after(
    start: Start, plugins: Path, tmp_path: Path
) -> None:
    song, out = tmp_path / "song.wav", tmp_path / "out.wav"
    soundfile.write(song, noise(28_813), RATE, subtype="FLOAT")
    engine = start({"kind": "file", "path": str(song), "loop": True, "write": str(out)}, separator="test-moody")
    first = engine.state().budget.host
    engine.apply(SwitchSeparator("test-calm"))
    plays(engine, "test-calm")
    end, second = engine.state().position, engine.state().budget.host
    until(lambda: min(level.peak_db for level in engine.state().levels) > -20.0, "the new stems' meters")
    until(lambda: engine.block.get("position") > end + RATE // 2, "half a second")
    frames = int(engine.block.get("switch_frames"))
    engine.stop()
    signal, heard = soundfile.read(song, dtype="float32")[0], soundfile.read(out, dtype="float32")[0]
    assert first != second

    def delayed(latency: int) -> np.ndarray:
        return signal[(np.arange(len(heard)) - latency) % len(signal)]

    begin = first + int(np.argmax(np.any(heard != delayed(first), axis=1)[first:]))
    until_then = len(heard) - int(np.argmax(np.any(heard != delayed(second), axis=1)[::-1]))
    assert until_then - begin == frames - 1
    assert until_then <= end


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("test-fatal", "ended with status 9"),
        ("test-unprepared", "the weights are missing; run 'fetch weights'"),
        ("test-misshapen", "could not broadcast"),
        ("test-sluggish", "does not keep up"),
        ("test-frozen", "did not keep time"),
    ],
)
def test_a_separator_that_fails_leaves_the_other_one_playing(
    start: Start, plugins: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    engine = start(separator="delay")
    engine.apply(StemMute("vocals", True))
    before = owners(engine.block)
    with monkeypatch.context() as patience:
        patience.setattr(switchover, "SETTLING_S", 1.0)
        engine.apply(SwitchSeparator(name))
        told(engine, f"switch to {name}: ")
    (line,) = [line for line in engine.heard if name in line]  # type: ignore[attr-defined]
    assert words in line
    assert line.endswith("; delay plays on")
    state = engine.state()
    assert (state.separator_name, state.next_separator, state.strips[0].mute) == ("delay", "", True)
    assert owners(engine.block) == before
    flows(engine)
    engine.apply(SwitchSeparator("passthrough"))  # and the next attempt is not spoilt
    plays(engine, "passthrough")
    flows(engine)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("pasthrough", SeparatorError, "did you mean 'passthrough'"),
        ("test-raising", SeparatorError, "No module named 'torch'"),
        ("test-five", ConfigError, "5 stems, this host has room for 4; start the host with --set most_stems=5"),
        ("test-mono", ConfigError, "separates 1 channels, this host 2"),
    ],
)
def test_a_separator_that_cannot_be_is_refused_at_once(
    start: Start, plugins: Path, name: str, kind: type, words: str
) -> None:
    engine = start()
    with pytest.raises(kind, match=words):
        engine.apply(StemMute("vocals", True), SwitchSeparator(name))
    state = engine.state()
    assert (state.next_separator, state.strips[0].mute) == ("", False)


def test_a_switch_can_be_called_off_and_is_one_at_a_time(start: Start, plugins: Path) -> None:
    engine = start()
    engine.apply(SwitchSeparator("test-frozen"))
    with pytest.raises(ConfigError, match="a switch to 'test-frozen' is under way"):
        engine.apply(SwitchSeparator("passthrough"))
    until(lambda: engine.block.get("wanted_seat"), "it works on the live input")
    engine.apply(SwitchSeparator("delay"))
    told(engine, "switch to test-frozen: called off; delay plays on")
    alone(engine)
    engine.apply(SwitchSeparator("delay"))  # nothing to do
    flows(engine)


@pytest.fixture
def examining(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every name is that of a file that is new or has changed; looking at one lasts until this is set."""
    held = threading.Event()
    monkeypatch.setattr(files, "known", lambda name: False)
    monkeypatch.setattr(examination, "create", lambda name: create(name) if held.wait(20.0) else None)
    return held


def test_a_file_is_looked_at_one_at_a_time_and_a_change_that_asks_for_two_changes_nothing(
    start: Start, plugins: Path, tmp_path: Path, examining: threading.Event
) -> None:
    engine = start()
    engine.apply(SwitchSeparator("test-calm"))
    take = Record(str(tmp_path / "take"))
    with pytest.raises(ConfigError, match="'test-calm' is being examined"):
        engine.apply(take, SwitchSeparator("passthrough"))
    assert not Path(take.folder or "").exists()
    examining.set()
    plays(engine, "test-calm")


def test_the_file_that_plays_calls_off_an_examination_though_it_has_changed_itself(
    start: Start, plugins: Path, examining: threading.Event
) -> None:
    engine = start()
    engine.apply(SwitchSeparator("test-calm"))
    engine.apply(SwitchSeparator("delay"))
    assert engine.state().next_separator == ""
    examining.set()
    until(lambda: "examination" not in {thread.name for thread in threading.enumerate()}, "it has been looked at")
    assert (engine.state().separator_name, engine.state().next_separator) == ("delay", "")


def test_a_new_separator_is_looked_after(start: Start) -> None:
    engine = start()
    engine.apply(SwitchSeparator("passthrough"))
    plays(engine, "passthrough")
    flows(engine)
    first = int(engine.block.get("separator_pid"))
    os.kill(first, signal.SIGKILL)
    until(lambda: engine.block.get("separator_pid") not in (0, first), "another separator")
    told(engine, "separator is back")
    flows(engine)
    state = engine.state()
    assert (state.separator_name, state.counters.separator_restarts) == ("passthrough", 1)


def test_the_old_separator_is_looked_after_until_the_new_one_is_heard(start: Start, plugins: Path) -> None:
    engine = start()
    engine.apply(SwitchSeparator("test-calm"))
    first = int(engine.block.get("separator_pid"))
    os.kill(first, signal.SIGKILL)
    until(lambda: engine.state().counters.separator_restarts == 1, "another process of the old one")
    plays(engine, "test-calm")
    flows(engine)
    alone(engine)


def test_an_audio_process_killed_while_the_next_one_gets_ready_changes_nothing(start: Start, plugins: Path) -> None:
    engine = start()
    engine.apply(SwitchSeparator("test-calm"), StemMute("vocals", True))
    until(lambda: engine.block.get("wanted_seat"), "it works on the live input")
    os.kill(int(engine.block.get("audio_pid")), signal.SIGKILL)
    plays(engine, "test-calm")
    flows(engine)
    assert engine.state().strips[0].mute
    assert engine.state().counters.audio_restarts == 1


def test_a_take_goes_on_through_a_switch_if_the_stems_are_the_same(start: Start, tmp_path: Path) -> None:
    engine = start(record=str(tmp_path / "take"))
    engine.apply(SwitchSeparator("passthrough"))
    plays(engine, "passthrough")
    flows(engine)
    engine.apply(Record(None))
    lengths = {soundfile.info(path).frames for path in (tmp_path / "take").glob("*.wav")}
    assert len(lengths) == 1
    assert lengths.pop() > RATE


def test_a_take_and_a_switch_to_other_stems_exclude_each_other(start: Start, plugins: Path, tmp_path: Path) -> None:
    engine = start()
    engine.apply(Record(str(tmp_path / "take")))
    with pytest.raises(ConfigError, match=r"a take holds the stems vocals, drums.*record before or after the switch"):
        engine.apply(SwitchSeparator("test-calm"))
    engine.apply(Record(None))
    engine.apply(SwitchSeparator("test-calm"))
    with pytest.raises(ConfigError, match="record before or after the switch"):
        engine.apply(Record(str(tmp_path / "other")))
    assert not (tmp_path / "other").exists()


def test_a_host_that_ends_within_a_switch_leaves_nothing(start: Start, plugins: Path) -> None:
    engine = start()
    engine.apply(SwitchSeparator("test-frozen"))
    until(lambda: owners(engine.block).get("next separator"), "its process")
    children = owners(engine.block)
    engine.stop()
    assert not [pid for role, pid in children.items() if role != "control" and alive(pid)]


def test_an_adopted_host_ends_a_switch_that_its_control_process_had_begun(
    start: Start, plugins: Path, host_name: str
) -> None:
    engine = start()
    engine.apply(SwitchSeparator("passthrough"))
    plays(engine, "passthrough")
    engine.apply(SwitchSeparator("test-frozen"), StemMute("vocals", True))
    until(lambda: engine.block.get("wanted_seat") != engine.block.get("playing_seat"), "it works on the live input")
    frozen = owners(engine.block)["next separator"]
    engine.supervisor.end()  # from here on it is as if the control process were gone
    engine.block.set("control_pid", 0)
    heir = Engine.adopt(host_name)
    try:
        state = heir.state()
        assert (state.separator_name, state.next_separator, state.strips[0].mute) == ("passthrough", "", True)
        until(lambda: not alive(frozen), "what was to come has ended")
        flows(heir)
        heir.apply(SwitchSeparator("delay"))
        plays(heir, "delay")
        flows(heir)
    finally:
        heir.stop()
    with pytest.raises(Exception, match="no host is called"):
        attach(host_name, "control")
