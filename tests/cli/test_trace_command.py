"""`rtsep trace` within this process, on a host that plays in another thread."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from support import Scripted, offline, until

from rtsep.cli.trace import trace
from rtsep.errors import BlockError, ConfigError, RtsepError
from rtsep.host.offline import OfflineHost
from rtsep.shared.events import CALLBACK

SILENCE = np.zeros((64, 2), dtype=np.float32)


def made(**settings: object) -> OfflineHost:
    return OfflineHost(Scripted(lambda index, out: None), 48000, 64, offline(**settings))


@contextlib.contextmanager
def playing(host: OfflineHost, in_time: Callable[[], bool] = lambda: True) -> Iterator[None]:
    """Blocks go by, a thousand a second or fewer, and are separated while `in_time` says so."""
    stop = threading.Event()

    def play() -> None:
        while not stop.wait(0.001):
            host.run(SILENCE, separate=in_time())

    thread = threading.Thread(target=play)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def callbacks(file: Path) -> list[int]:
    """Positions of the callbacks in a trace."""
    entries = json.loads(file.read_text())["traceEvents"]
    return [entry["args"]["position"] for entry in entries if entry["name"] == "callback"]


def test_looking_back_writes_what_was_and_shows_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with made() as host:
        host.run(np.zeros((64 * 50, 2), dtype=np.float32))
        trace(name=host.control.name, last=True, output=tmp_path / "t.json")
    assert callbacks(tmp_path / "t.json") == [64 * index for index in range(50)]
    shown = capsys.readouterr().out
    assert "hop compute" in shown
    assert "late hops 0" in shown
    assert "ui.perfetto.dev" in shown


def test_a_live_recording_misses_no_callback(tmp_path: Path) -> None:
    with made() as host, playing(host):
        until(lambda: host.control.get("callbacks") > 3, "the host plays")
        trace(name=host.control.name, seconds=0.3, output=tmp_path / "t.json", json=str(tmp_path / "f.json"))
    positions = callbacks(tmp_path / "t.json")
    assert positions[0] > 0
    assert (np.diff(positions) == 64).all()
    figures = json.loads((tmp_path / "f.json").read_text())["figures"]
    assert figures["counts"]["callbacks"] == len(positions)
    assert figures["lost"] == 0


def test_what_is_late_ends_the_waiting_and_lies_in_the_middle(tmp_path: Path) -> None:
    with made() as host:
        stalled = threading.Event()
        threading.Timer(0.5, stalled.set).start()
        with playing(host, lambda: not stalled.is_set()):
            trace(name=host.control.name, seconds=0.4, on_late=True, output=tmp_path / "t.json")
        late = host.control.array("late_hops").item()
    assert late > 0
    entries = json.loads((tmp_path / "t.json").read_text())["traceEvents"]
    first = min(entry["ts"] for entry in entries if entry["name"] == "fallback")
    times = [entry["ts"] for entry in entries if entry["name"] == "callback"]
    assert 0.0 <= min(times) < first < max(times) <= 0.4e6 + 1e5


def test_a_host_that_ends_without_being_late_is_told(tmp_path: Path) -> None:
    with made() as host:
        host.control.set("control_pid", 0)  # nobody is there
        with pytest.raises(RtsepError, match="nothing went wrong"):
            trace(name=host.control.name, on_late=True, output=tmp_path / "t.json")
    assert not (tmp_path / "t.json").exists()


def test_mistakes_are_told(tmp_path: Path) -> None:
    with pytest.raises(BlockError, match="no host is called 'nobody'"):
        trace(name="nobody", output=tmp_path / "t.json")
    with pytest.raises(ConfigError, match="one of them"):
        trace(last=True, on_late=True)
    with pytest.raises(ConfigError, match=r"name it \.json"):
        trace(output=tmp_path / "trace.wav")
    with made(trace=False) as host, pytest.raises(ConfigError, match="trace = false"):
        trace(name=host.control.name, output=tmp_path / "t.json")
    with pytest.raises(ConfigError, match=r"there is no folder .*no folder; name another file after --output"):
        trace(name="nobody", output=tmp_path / "no folder" / "t.json")  # before anything is recorded
    (tmp_path / "folder.json").mkdir()
    with made() as host, pytest.raises(ConfigError, match="cannot be written"):
        trace(name=host.control.name, last=True, output=tmp_path / "folder.json")


def test_tracing_writes_nothing_into_the_host(tmp_path: Path) -> None:
    with made() as host:
        host.run(np.zeros((64 * 5, 2), dtype=np.float32))
        before = host.control.memory.copy()
        trace(name=host.control.name, last=True, output=tmp_path / "t.json")
        assert np.array_equal(before, host.control.memory)
        assert CALLBACK in before[: len(before) // 8 * 8].view(np.int64)
