"""The benchmark of ablations: runs are found, packed and scored by what their names say, and what is missing is told."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from rtsep.errors import ConfigError
from rtsep_models.data.config import ROOT_VARIABLE
from rtsep_models.evaluation.leakage import Leakage
from rtsep_models.evaluation.material import BAND_VARIABLE, Piece
from rtsep_models.evaluation.scores import StemScore
from rtsep_models.evaluation.summary import Summary
from rtsep_models.networks import build
from rtsep_models.training.config import load_config

ablations = pytest.importorskip(
    "benchmarks.ablations", reason="the benchmarks are part of the repository, not of the wheel"
)


def summary(mean: float) -> Summary:
    stems = {"vocals": StemScore(mean + 1.0, 0.0, 0.0, 0.0), "drums": StemScore(mean - 1.0, 0.0, 0.0, 0.0)}
    return Summary(1, 10.0, stems, StemScore(mean, mean, 0.0, 0.0), Leakage(-12.0, 9.0))


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """What training would leave of two ablations, before the first step."""
    for name in ("student_base", "student_no_awareness"):
        torch.manual_seed(0)
        config = load_config(ablations.CONFIGS / "ablations" / f"{name}.toml")
        (tmp_path / name).mkdir()
        save_file(build(config.network, config.options).state_dict(), tmp_path / name / "best.safetensors")
    return tmp_path


def test_every_run_that_is_asked_for_has_a_configuration() -> None:
    names = {way.run for question in ablations.QUESTIONS for way in question.ways}
    there = {path.stem for path in ablations.CONFIGS.rglob("*.toml")}
    assert names <= there


def test_ways_are_held_against_the_first_of_their_question_and_missing_ones_are_left_out(tmp_path: Path) -> None:
    levels = {"student_base": 2.0, "student_no_awareness": 1.5, "student_loopback_30": 2.25}
    ways = [way for question in ablations.QUESTIONS for way in question.ways if way.run in levels]
    figures = ablations.table(ablations.QUESTIONS, {way: summary(levels[way.run] + 0.5 * way.filtered) for way in ways})
    report = ablations.Report("ablations", argparse.Namespace(json=tmp_path / "ablations.json"))
    ablations.judge(report, figures)
    report.close()
    found = json.loads((tmp_path / "ablations.json").read_text())["acceptance"]
    assert {row["name"]: row["value"] for row in found} == {
        "awareness_awareness_over_none_db": 0.5,
        "loopback_30_over_10_db": 0.25,
        "wiener_student_base_with_over_without_db": 0.5,
    }
    assert {row["bound"] for row in found} == {"reported"}
    assert "vocals   3.00  drums   1.00  mean   2.00" in "\n".join(ablations.lines(figures))


def test_runs_are_packed_and_played_with_and_without_the_filter(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ROOT_VARIABLE, raising=False)
    monkeypatch.delenv(BAND_VARIABLE, raising=False)
    monkeypatch.setenv(ablations.RUNTIME_VARIABLE, ablations.PLAIN)
    ways = [ablations.Way("plain", "student_base"), ablations.Way("filtered", "student_base", filtered=True)]
    with ablations.own_models() as models:
        card = ablations.packed(runs, "student_base", models)
        ablations.packed(runs, "student_no_awareness", models)
        found = ablations.scored([*ways, ablations.Way("none", "student_no_awareness")], [Piece("demo clip")], 2.0, 1)
    assert card.wiener
    assert card.parameters < 1.2e6
    means = [found[way].mean.usdr_db for way in found]
    assert all(math.isfinite(mean) for mean in means)
    assert len(set(means)) == 3


def test_a_run_that_is_called_like_no_configuration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'student_bse'"):
        ablations.packed(tmp_path, "student_bse", tmp_path)


def test_the_best_validation_is_read_from_the_history(tmp_path: Path) -> None:
    assert math.isnan(ablations.validated(tmp_path))
    rows = [
        {"step": 100, "validation_db": -7.5},
        {"step": 200, "validation_db": -8.25},
        {"step": 300, "validation_db": -8.0},
    ]
    (tmp_path / "history.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert ablations.validated(tmp_path) == -8.25
