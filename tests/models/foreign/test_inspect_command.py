"""`rtsep inspect`: what it tells people and programs, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.foreigngraphs import like_mdx
from rtsep.cli.main import app
from rtsep.spec import SeparatorSpec
from rtsep_models.foreign.inspection import Inspection, as_json, inspected, lines
from rtsep_models.foreign.layout import Layout
from rtsep_models.foreign.report import Cost, Report


def report(p50_ms: float, delay: int | None = None) -> Report:
    spec = SeparatorSpec("net", ("wet",), 2, (48000,), 480, 96, False)
    return Report(
        kind="nn~",
        spec=spec,
        layout=Layout(2, 2, ("wet",)),
        residual=False,
        declared_delay=delay,
        measured_delay=96,
        cost=Cost(p50_ms=p50_ms, p99_ms=p50_ms, hop_ms=10.0),
        version="1",
        doubts=("it is odd",),
    )


def seen(monkeypatch: pytest.MonkeyPatch, p50_ms: float) -> Inspection:
    monkeypatch.setattr("rtsep_models.foreign.sandbox.examined", lambda _: report(p50_ms))
    return inspected("/models/net.ts", 48000, (480,))


def test_a_light_model_plays_live_with_a_latency_for_each_block(monkeypatch: pytest.MonkeyPatch) -> None:
    found = seen(monkeypatch, 1.0)
    assert found.live
    assert found.latencies == {480: 12.0}  # no waiting for a whole hop, a block to compute, 96 samples of its own
    text = "\n".join(lines(found))
    assert "hop 480, delay 96 samples (not declared, measured 96)" in text
    assert "a copy for each of 2 channels" in text
    assert "note: it is odd" in text


def test_a_heavy_model_is_told_to_be_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    found = seen(monkeypatch, 9.0)
    assert not found.live
    assert "takes 9.0 ms to compute, 90%; 80% is the limit" in found.problem
    assert as_json(found)["problem"] == found.problem


def test_the_command_counts_files_that_cannot_play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    target = tmp_path / "found.json"
    ended = CliRunner().invoke(
        app, ["inspect", str(like_mdx(tmp_path)), str(tmp_path / "none.ts"), "--rate", "44100", "--json", str(target)]
    )
    assert ended.exit_code == 1
    good, bad = json.loads(target.read_text())
    assert good["live"]
    assert good["report"]["measured_delay"] == 64
    assert "there is no file" in bad["problem"]
