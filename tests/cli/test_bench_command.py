"""`rtsep bench` within this process, on the null device; and what `rtsep run` makes of what it applies."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
import typer
from benchreports import hop_row, live_row, report

from rtsep.cli import bench as command
from rtsep.cli.bench import bench
from rtsep.cli.options import build_config
from rtsep.cli.run import _machine, run
from rtsep.errors import ConfigError, SeparatorError
from rtsep.host.doctor import _benchmark
from rtsep.host.machinefile import machine_path, read_machine, write_machine
from rtsep.jsonfile import write_json
from rtsep.lab.bench import live
from rtsep.lab.bench.reportfile import read_report
from rtsep.lab.bench.run import Bench


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A report in which classic is sustained with 256 frames."""
    path = tmp_path / "saved.json"
    write_json(str(path), report([hop_row("classic", 200.0, 205.0, 210.0)], [live_row("classic", 256)]))
    return path


def said_by(path: Path | None = None, *settings: str) -> tuple[str, int, int | None]:
    heard: list[str] = []
    config = build_config(path, _machine(heard.append), "null", {}, {}, {}, [], list(settings))
    return config.separator, config.device.usual_block, config.device.block


@pytest.mark.usefixtures("plugins")
def test_a_run_is_shown_written_and_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(live, "SETTLE_S", 0.05)
    file, picture = tmp_path / "bench.json", tmp_path / "bench.html"
    bench(
        separator=["test-calm", "test-unprepared", "test-calm"],
        block=[128],
        device="null",
        seconds=0.3,
        repeats=1,
        html=picture,
        json=str(file),
    )
    shown = capsys.readouterr().out
    assert "4 steps" in shown
    assert "test-unprepared: the weights are missing" in shown
    found = read_report(file)
    assert found.complete
    assert [row.separator for row in found.live] == ["test-calm", "test-unprepared"]
    assert picture.read_text().startswith("<!DOCTYPE html>")


def test_a_file_is_played_at_its_own_rate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SETTLE_S", 0.05)
    song, file = tmp_path / "song.wav", tmp_path / "bench.json"
    soundfile.write(song, np.zeros((11025, 2)), 22050)
    bench(separator=["delay"], block=[128], device=f"file:{song}", seconds=0.1, repeats=1, json=str(file))
    found = read_report(file)
    (row,) = found.live
    assert row.figures is not None, row.failed
    assert found.settings.sample_rate == row.figures.sample_rate == 22050


def test_ctrl_c_writes_what_there_is_and_ends_as_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(self: Bench, on_step: object) -> None:
        self.live.append(live_row("passthrough"))
        raise KeyboardInterrupt

    monkeypatch.setattr(Bench, "run", interrupted)
    file = tmp_path / "bench.json"
    with pytest.raises(typer.Exit) as ended:
        bench(separator=["passthrough"], device="null", json=str(file))
    assert ended.value.exit_code == 130
    assert "Interrupted: 1 rows were measured." in capsys.readouterr().out
    assert not read_report(file).complete


def test_quick_measures_what_is_most_likely_played(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}

    def noted(out: object, settings: object, device: object) -> object:
        asked["settings"], asked["device"] = settings, device
        return report([], [])

    monkeypatch.setattr(command, "_measured", noted)
    bench(quick=True)
    settings = asked["settings"]
    assert set(settings.separators) <= {"stage", "classic"}
    assert (settings.blocks, settings.repeats, asked["device"]) == ((128, 256), 2, None)
    bench(quick=True, separator=["nmf"], block=[64], host_api="ALSA", rate=44100)
    assert (asked["settings"].separators, asked["settings"].blocks) == (("nmf",), (64,))
    assert (asked["device"].host_api, asked["device"].sample_rate) == ("ALSA", 44100)


def test_mistakes_are_told_before_anything_is_measured(tmp_path: Path) -> None:
    with pytest.raises(SeparatorError, match="did you mean 'classic'"):
        bench(separator=["clasic"])
    with pytest.raises(ConfigError, match="cannot be read"):
        bench(read=tmp_path / "nowhere.json")
    with pytest.raises(ConfigError, match=r"there is no folder .*; name another file after --html"):
        bench(separator=["clasic"], html=tmp_path / "nowhere" / "bench.html")


def test_two_reports_are_compared(tmp_path: Path, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slower = tmp_path / "slower.json"
    write_json(str(slower), report([hop_row("classic", 400.0, 405.0, 410.0)], [live_row("classic", 256)]))
    picture, file = tmp_path / "both.html", tmp_path / "both.json"
    bench(compare=(saved, slower), html=picture, json=str(file))
    shown = capsys.readouterr().out
    assert "slower" in shown
    assert "faster" not in shown
    assert "8 of 12 figures are the same" in shown
    lines = json.loads(file.read_text())["lines"]
    assert sum(line["verdict"] == "slower" for line in lines) == 4
    assert "4 figures are slower in B" in picture.read_text()


def test_what_is_applied_lies_below_every_file_and_option(
    tmp_path: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_machine() is None
    bench(read=saved, apply=True)
    assert "begins with it from now on" in capsys.readouterr().out
    assert said_by() == ("classic", 256, None)
    own = tmp_path / "own.toml"
    own.write_text('separator = "delay"\n[device]\nblock = 64\n')
    assert said_by(own) == ("delay", 256, 64)
    assert said_by(None, "device.block=512", "separator=passthrough") == ("passthrough", 256, 512)
    own.write_text("[device]\nsample_rate = 44100\n")
    assert said_by(own) == ("classic", 256, None)


def test_run_begins_with_it_and_says_so_in_a_line(tmp_path: Path) -> None:
    write_machine("passthrough", 192, "Measured in a test.")
    file = tmp_path / "run.json"
    run(device="null", seconds=0.1, osc=False, no_session=True, json=str(file), set_=["realtime=false"])
    told = json.loads(file.read_text())
    assert (told["state"]["separator_name"], told["state"]["block"]) == ("passthrough", 192)
    assert "begins with passthrough, 192 frames (machine.toml, of 'rtsep bench --apply')" in told["events"]


def test_a_separator_that_is_gone_is_left_out_and_a_damaged_file_is_named() -> None:
    write_machine("uninstalled", 512, "Measured in a test.")
    found = read_machine()
    assert found is not None
    assert found.keys == {"device": {"usual_block": 512}}
    machine_path().write_text("separator = 7")
    with pytest.raises(ConfigError, match=r"machine\.toml"):
        read_machine()


def test_doctor_tells_of_it() -> None:
    assert "rtsep bench --apply" in _benchmark().detail
    write_machine("classic", 128, "Measured in a test.")
    assert "'rtsep run' begins with classic, 128 frames" in _benchmark().detail


def test_nothing_sustained_is_nothing_to_apply(tmp_path: Path) -> None:
    path = tmp_path / "poor.json"
    write_json(str(path), report([], [live_row("classic", counts={"late_hops": 9})]))
    with pytest.raises(ConfigError, match="nothing to apply: nothing measured here is sustained"):
        bench(read=path, apply=True)
    assert not machine_path().exists()
