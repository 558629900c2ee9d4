"""Loops that need no device: recordings, files, a host on a file, sweeps over settings, the self-test's verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rich.console import Console
from support import RATE

from rtsep.cli.latencytables import show_every
from rtsep.errors import AudioFileError, ConfigError, DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.lab import everyseparator, grid, selftest
from rtsep.lab.everyseparator import EveryRow, every_acceptance, every_separator
from rtsep.lab.loops import take, write_pattern
from rtsep.lab.synthetic import SyntheticLoop, parse_loop
from rtsep.lab.takes import LoopConfig, Request, Take
from rtsep.lab.through import measure_through

SHORT = Request(shots=3, longest_ms=100.0)


def test_a_recording_made_elsewhere_is_measured(tmp_path: Path) -> None:
    write_pattern(str(tmp_path / "probe.wav"), SHORT, 44100)
    played, rate = soundfile.read(tmp_path / "probe.wav")
    recorded = np.stack([np.zeros_like(played), np.roll(played, 321)], axis=1)
    soundfile.write(tmp_path / "recorded.wav", recorded, rate)
    device = DeviceConfig(kind="file", path=str(tmp_path / "recorded.wav"), input_channels=(2,))
    assert take(LoopConfig(device=device), SHORT).measurement().delay == pytest.approx(321.0, abs=0.01)


def test_a_recording_that_is_too_short_says_what_to_give(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "short.wav", np.zeros(1000), RATE)
    with pytest.raises(AudioFileError, match=r"1000 frames long.*--longest-ms"):
        take(LoopConfig(device=DeviceConfig(kind="file", path=str(tmp_path / "short.wav"))), SHORT)


def test_a_host_on_a_file_delays_by_what_it_declares() -> None:
    found = measure_through("delay", LoopConfig(device=DeviceConfig(kind="null", block=64)), SHORT)
    assert found.block == 64
    assert found.measured["mix"].delay == pytest.approx(found.budget.host, abs=0.001)
    assert found.errors["mix"] == pytest.approx(0.0, abs=0.001)


def test_every_separator_is_a_row_and_one_that_cannot_be_started_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everyseparator, "registered", lambda: {"passthrough": None, "nobody": None})
    rows = list(every_separator(LoopConfig(device=DeviceConfig(kind="null", block=65)), SHORT))
    assert [row.separator for row in rows] == ["passthrough", "nobody"]
    assert rows[0].found is not None
    assert rows[0].found.measured["stems together"].delay == pytest.approx(rows[0].found.budget.host, abs=0.001)
    assert rows[0].found.errors["vocals"] is None  # it puts everything into the last stem
    assert rows[0].stem_error == pytest.approx(0.0, abs=0.001)
    assert "no separator is called 'nobody'" in rows[1].refused
    entries = {entry["name"]: entry for entry in every_acceptance(rows)}
    assert all(entry["holds"] for entry in entries.values())
    assert entries["through_separators"]["value"] == 1
    out = Console(record=True, width=200)
    show_every(out, rows)
    shown = out.export_text()
    assert "passthrough" in shown
    assert "no separator is called" in shown


def test_a_separator_that_is_not_where_it_says_fails_the_acceptance() -> None:
    loop = LoopConfig(device=DeviceConfig(kind="null", block=64))
    found = measure_through("passthrough", loop, SHORT)
    moved = replace(found, budget=replace(found.budget, separator=found.budget.separator + 3))
    silent = replace(found, measured={name: replace(m, clocks=None) for name, m in found.measured.items()})
    assert [entry["holds"] for entry in every_acceptance([EveryRow("moved", moved)])] == [False, False, True]
    assert [entry["holds"] for entry in every_acceptance([EveryRow("silent", silent)])] == [False, False, True]
    assert not every_acceptance([])[0]["holds"]


def test_every_combination_is_a_row() -> None:
    config = LoopConfig(device=DeviceConfig(kind="null"), loop=SyntheticLoop(delay=10.5))
    rows = list(grid.rows(config, SHORT, rates=(44100, RATE), blocks=(32, 64)))
    assert [(row.rate, row.block) for row in rows] == [(44100, 32), (44100, 64), (RATE, 32), (RATE, 64)]
    assert all(row.found and row.found.delay == pytest.approx(10.5, abs=0.001) for row in rows)


def test_a_setting_that_is_refused_is_a_row_and_alone_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(config: LoopConfig, request: Request) -> Take:
        if config.device.block == 32:
            raise DeviceError("no 32 here")
        return take(config, request)

    monkeypatch.setattr(grid, "take", refusing)
    config = LoopConfig(device=DeviceConfig(kind="null"))
    first, second = grid.rows(config, SHORT, blocks=(32, 64))
    assert first.refused == "no 32 here"
    assert second.found is not None
    with pytest.raises(DeviceError, match="no 32 here"):
        list(grid.rows(config, SHORT, blocks=(32,)))


@pytest.mark.parametrize("text", ["delay=x", "delay", "speed=3", "delay=-1"])
def test_a_loop_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="give KEY=VALUE"):
        parse_loop(text)


@pytest.mark.parametrize(
    "request_", [Request(shots=0), Request(level_db=3.0), Request(longest_ms=1e9), Request(shots=9999)]
)
def test_a_pattern_beyond_its_limits_is_refused(request_: Request) -> None:
    with pytest.raises(ConfigError, match="must be"):
        request_.pattern(RATE)


def test_the_self_test_holds_and_can_fail() -> None:
    rows = selftest.synthetic(delays=2, rates=(RATE,))
    entries = selftest.acceptance(rows, [{"gap": 0.01}])
    assert all(entry["holds"] for entry in entries)
    assert {"error_frames_20db", "jack_iodelay_gap_frames"} <= {entry["name"] for entry in entries}
    rows["20db"]["worst"] = 0.03
    failed = [entry["name"] for entry in selftest.acceptance(rows, [{"gap": 0.2}]) if not entry["holds"]]
    assert failed == ["error_frames_20db", "jack_iodelay_gap_frames"]
