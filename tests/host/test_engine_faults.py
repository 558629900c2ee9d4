"""Invariant 13: whatever dies or hangs, the sound goes on, and a muted stem stays muted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from support import until

from rtsep.changes import Knob, StemGain, StemMute
from rtsep.errors import SeparatorError
from rtsep.host.engine import Engine
from rtsep.host.stopping import stop_host
from rtsep.shared.block import attach, directory
from rtsep.shared.hosts import alive, owners, running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

Start = Callable[..., Engine]
RAISE, NAN, EXIT, HANG = 1, 2, 3, 4
"""Moods of `test-moody`."""


def flows(engine: Engine) -> None:
    """Audio moves on by a tenth of a second."""
    before = int(engine.block.get("position"))
    until(lambda: engine.block.get("position") > before + 4800, "audio flows")


def separates(engine: Engine) -> None:
    """Hops are computed, in time."""
    before = int(engine.block.get("hops"))
    until(lambda: engine.block.get("hops") > before + 20, "hops are computed")
    until(lambda: engine.block.get("fade") == engine.block.get("fade_frames"), "stems are heard")


def get(engine: Engine, field: str) -> int:
    return int(engine.block.get(field))


def test_a_killed_separator_is_replaced_and_audio_never_stops(start: Start) -> None:
    engine = start(policy="mute-safe")
    engine.apply(StemMute("vocals", True))
    separates(engine)
    audio, first = get(engine, "audio_pid"), get(engine, "separator_pid")
    callbacks, position = get(engine, "callbacks"), get(engine, "position")
    os.kill(first, signal.SIGKILL)
    until(lambda: get(engine, "separator_pid") not in (0, first), "another separator")
    separates(engine)
    assert get(engine, "audio_pid") == audio
    assert get(engine, "position") - position == 128 * (get(engine, "callbacks") - callbacks)
    state = engine.state()
    assert (state.counters.separator_restarts, state.counters.audio_restarts) == (1, 0)
    assert state.counters.late_hops > 0
    assert state.strips[0].mute
    until(lambda: any("separator is back" in line for line in engine.heard), "a message")  # type: ignore[attr-defined]


def test_a_separator_that_hangs_is_replaced(start: Start) -> None:
    engine = start()
    separates(engine)
    first = get(engine, "separator_pid")
    os.kill(first, signal.SIGSTOP)
    until(lambda: any("hung" in line for line in engine.heard), "the hang is noticed")  # type: ignore[attr-defined]
    flows(engine)
    until(lambda: get(engine, "separator_pid") not in (0, first), "another separator")
    separates(engine)
    assert not alive(first)
    assert engine.state().counters.separator_restarts >= 1


def test_a_killed_audio_process_is_replaced_with_mutes_and_clock_kept(start: Start) -> None:
    engine = start()
    engine.apply(StemMute("vocals", True), StemGain("drums", -6.0))
    separates(engine)
    first, separator = get(engine, "audio_pid"), get(engine, "separator_pid")
    lanes = engine.block.array("lane_target").copy()
    os.kill(first, signal.SIGKILL)
    position = get(engine, "position")
    until(lambda: get(engine, "audio_pid") not in (0, first), "another audio process")
    flows(engine)
    separates(engine)
    assert get(engine, "position") > position
    assert get(engine, "position") % 128 == 0
    assert get(engine, "separator_pid") == separator
    assert (engine.block.array("lane_target") == lanes).all()
    assert engine.state().counters.audio_restarts == 1


def test_a_plugin_that_raises_is_reset_counted_and_at_last_replaced(start: Start, plugins: Path) -> None:
    engine = start(separator="test-moody")
    separates(engine)
    first = get(engine, "separator_pid")
    engine.apply(Knob("mood", RAISE))
    until(lambda: get(engine, "separator_pid") not in (0, first), "another separator")
    flows(engine)
    engine.apply(Knob("mood", 0))
    until(lambda: engine.state().separator_status == "running", "the separator runs")
    separates(engine)
    assert get(engine, "separator_faults") >= 8
    assert any("out of GPU memory" in line for line in engine.heard)  # type: ignore[attr-defined]


@pytest.mark.parametrize("mood", [EXIT, HANG])
def test_a_plugin_that_takes_its_process_along_is_replaced(start: Start, plugins: Path, mood: int) -> None:
    engine = start(separator="test-moody")
    separates(engine)
    first = get(engine, "separator_pid")
    engine.apply(Knob("mood", mood))
    until(lambda: get(engine, "separator_pid") not in (0, first), "another separator")
    engine.apply(Knob("mood", 0))
    separates(engine)
    flows(engine)
    assert get(engine, "stop") == 0


def test_nan_from_a_plugin_is_discarded_and_never_heard(start: Start, plugins: Path) -> None:
    engine = start(separator="test-moody")
    separates(engine)
    engine.apply(Knob("mood", NAN))
    until(lambda: get(engine, "nonfinite_hops") > 0, "the NaN is noticed")
    engine.apply(Knob("mood", 0))
    separates(engine)
    assert engine.state().mix_level.peak_db <= -144.0


def test_a_plugin_gone_for_good_is_reported_once_and_audio_goes_on(
    start: Start, plugin_folder: Path, plugins: Path
) -> None:
    engine = start(separator="test-moody")
    module = plugin_folder / "rtsep_testplugins.py"
    source = module.read_text()
    try:
        module.write_text("raise ImportError('half an upgrade')\n")
        os.kill(get(engine, "separator_pid"), signal.SIGKILL)
        until(lambda: engine.state().counters.separator_restarts >= 3, "three attempts")
        flows(engine)
        lines = [line for line in engine.heard if "half an upgrade" in line]  # type: ignore[attr-defined]
        assert len(lines) == 1
    finally:
        module.write_text(source)
    until(lambda: engine.state().separator_status == "running", "the separator is back")
    separates(engine)


CONTROL = """
import sys, time
from rtsep.changes import StemMute, StemGain, Late
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.engine import Engine

config = HostConfig(separator="delay", device=DeviceConfig(kind="null", block=128), realtime=False)
engine = Engine.start(config, name=sys.argv[1])
engine.apply(StemMute("vocals", True), StemGain("drums", -6.0), Late("mute-safe"))
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def orphan(host_name: str):
    """A host whose control process has just been killed."""
    control = subprocess.Popen([sys.executable, "-c", CONTROL, host_name], stdout=subprocess.PIPE, text=True)
    assert control.stdout is not None
    assert control.stdout.readline() == "up\n"
    control.kill()
    control.wait()
    control.stdout.close()
    yield host_name
    for pid in owners(attach(host_name, "control")).values() if host_name in running() else ():
        if pid != os.getpid():
            psutil.Process(pid).kill()


def test_a_host_goes_on_without_its_control_process_and_can_be_adopted(orphan: str) -> None:
    block = attach(orphan, "audio")
    children = owners(block)
    assert set(children) == {"audio", "separator"}
    position = block.get("position")
    until(lambda: block.get("position") > position + 4800, "audio flows")
    engine = Engine.adopt(orphan)
    try:
        state = engine.state()
        strips = {strip.stem: strip for strip in state.strips}
        assert strips["vocals"].mute
        assert strips["drums"].gain_db == pytest.approx(-6.0, abs=1e-4)
        assert state.policy == "mute-safe"
        assert {role: pid for role, pid in owners(block).items() if role != "control"} == children
        engine.apply(StemMute("vocals", False))
        flows(engine)
        separates(engine)
        until(lambda: engine.state().audio == "running", "the adopted audio process counts as running")
        os.kill(children["separator"], signal.SIGKILL)  # looked after from now on
        until(lambda: get(engine, "separator_pid") != children["separator"], "another separator")
        separates(engine)
        assert engine.state().counters.audio_restarts == 0
    finally:
        engine.stop()
    assert not [pid for pid in children.values() if alive(pid)]
    assert not list(directory().glob(f"{orphan}*"))


def test_an_orphaned_host_is_stopped_by_name(orphan: str) -> None:
    children = owners(attach(orphan, "control"))
    stop_host(orphan)
    until(lambda: not [pid for pid in children.values() if alive(pid)], "the children are gone")
    assert not list(directory().glob(f"{orphan}*"))


def test_a_separator_that_dies_before_it_is_ready_fails_the_start(
    start: Start, plugins: Path, plugin_folder: Path
) -> None:
    with pytest.raises(SeparatorError, match="weights are missing; run 'fetch weights'"):
        start(separator="test-unprepared")
