"""`rtsep latency` within this process, on synthetic loops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from rtsep.cli.latency import latency
from rtsep.errors import ConfigError


def test_a_loop_that_is_found_is_shown_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "latency.json"
    latency(device="null", loop="delay=100.25,inverted=true,snr_db=20", shots=3, longest_ms=50.0, json=str(file))
    shown = capsys.readouterr().out
    assert "100.25" in shown
    row = json.loads(file.read_text())["rows"][0]
    assert row["measured"]["delay"] == pytest.approx(100.25, abs=0.02)
    assert row["measured"]["inverted"] is True
    assert row["measured"]["verdict"] == "found"


def test_no_loop_says_what_to_check_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        latency(device="null", loop="unplugged=true,snr_db=0", shots=2, longest_ms=50.0)
    assert ended.value.exit_code == 1
    assert "cable" in capsys.readouterr().out


def test_blocks_and_rates_make_a_table_and_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "latency.png"
    latency(
        device="null",
        loop="delay=9",
        rates="44100,48000",
        blocks="32,64",
        shots=2,
        longest_ms=50.0,
        plot=str(picture),
    )
    assert capsys.readouterr().out.count("9.00") == 4
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_probe_is_written_for_other_machines_to_play(tmp_path: Path) -> None:
    latency(write_probe=tmp_path / "probe.wav", rate=44100, shots=2)
    latency(device=f"file:{tmp_path / 'probe.wav'}", shots=2)


def test_mistaken_options_are_told() -> None:
    with pytest.raises(ConfigError, match="--device null"):
        latency(loop="delay=3")
    with pytest.raises(ConfigError, match="--blocks '32,x': give whole numbers"):
        latency(device="null", blocks="32,x")
    with pytest.raises(ConfigError, match="chirp"):
        latency(device="null", probe="chirp")
