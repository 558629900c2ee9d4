"""What the benchmark of peers makes of its rows, and the peers' own ways in."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

peers = pytest.importorskip("benchmarks.peers", reason="the benchmarks are part of the repository, not of the wheel")
GAINS = peers.GAINS


def judged(tmp_path: Path, ours: tuple[int, int], others: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """Acceptance by name, of lost frames quiet and hogged."""

    def scenes(lost: tuple[int, int]) -> list[dict[str, Any]]:
        return [
            {"lost_frames": count, "frames": 50_000, "hogs": hogs, "latency_frames": 64.0}
            for count, hogs in zip(lost, (0, 4), strict=True)
        ]

    report = peers.Report("peers", argparse.Namespace(json=tmp_path / "peers.json"))
    rows = {"rtsep": scenes(ours)} | {kind: scenes(others.get(kind, (0, 900))) for kind in GAINS}
    flat = {
        name: {"times_real_time": 1.0, "latency_ms": 1.0, "parameters": 10} for name in ("stage", "demucs", "openunmix")
    }
    peers.judge(report, rows, flat)
    report.close()
    return {entry["name"]: entry for entry in json.loads((tmp_path / "peers.json").read_text())["acceptance"]}


@pytest.mark.parametrize(("ours", "over"), [((0, 0), -0.01), ((64, 46), 0.1), ((0, 210), 0.2), ((0, 10), 0.0)])
def test_ours_is_held_against_the_best_peer(tmp_path: Path, ours: tuple[int, int], over: float) -> None:
    accepted = judged(tmp_path, ours, {"rtmixer": (0, 10)})
    found = accepted["rtsep_lost_over_best_peer_percent"]
    assert found["value"] == pytest.approx(over)
    assert found["holds"] == (over <= 0.1)
    assert accepted["rtmixer_lost_hogged_percent"]["value"] == pytest.approx(0.02)


def test_peers_are_counted_and_ours_are_not(tmp_path: Path) -> None:
    assert judged(tmp_path, (0, 0), {})["peers_measured"]["value"] == len(GAINS) + 2


def test_each_peer_has_a_version_and_what_cannot_be_measured_a_reason() -> None:
    for package in ("rtsep", *GAINS):
        assert peers.facts(package)["version"]
    assert isinstance(peers.pedalboard_stream(), str)
