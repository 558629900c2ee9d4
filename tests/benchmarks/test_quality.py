"""The quality benchmark: what it asks of the flagships, and that it says so when something is missing."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rtsep_models.evaluation.leakage import Leakage
from rtsep_models.evaluation.scores import StemScore
from rtsep_models.evaluation.summary import Summary

quality = pytest.importorskip(
    "benchmarks.quality", reason="the benchmarks are part of the repository, not of the wheel"
)


def summary(mean: float, worst: float = 1.0) -> Summary:
    stems = {"vocals": StemScore(worst, worst, 0.0, 0.0)}
    return Summary(1, 10.0, stems, StemScore(mean, mean, 0.0, 0.0), Leakage(-12.0, 9.0))


HEARD_S = {"monitor": 100.0, "hs_tasnet": 7.0, "equal_monitor": 7.0}


def entry(name: str, found: Summary) -> dict[str, Any]:
    training = {"training": {"audio_s": HEARD_S[name]}} if name in HEARD_S else {}
    return {"total": msgspec.to_builtins(found), **training}


def verdicts(tmp_path: Path, means: dict[str, Summary]) -> dict[str, Any]:
    report = quality.Report("quality", argparse.Namespace(json=tmp_path / "quality.json"))
    quality.judge(report, {name: entry(name, found) for name, found in means.items()})
    report.close()
    return {entry["name"]: entry for entry in json.loads((tmp_path / "quality.json").read_text())["acceptance"]}


def test_the_flagships_are_held_against_the_peer_the_baselines_and_each_other(tmp_path: Path) -> None:
    levels = {
        "stage": 5.5,
        "monitor": 6.0,
        "hs_tasnet": 3.5,
        "equal_monitor": 5.0,
        "nmf": 1.0,
        "fastica": 0.5,
        "classic": 2.0,
    }
    found = verdicts(tmp_path, {name: summary(level) for name, level in levels.items()})
    assert found["monitor_over_hs_tasnet_db"]["value"] == 1.5
    assert found["stage_under_monitor_db"]["value"] == 0.5
    assert found["stage_over_best_baseline_db"]["value"] == 3.5
    assert found["monitor_over_best_baseline_db"]["value"] == 4.0
    assert all(entry["holds"] for entry in found.values())


def test_falling_short_is_said(tmp_path: Path) -> None:
    levels = {"monitor": 5.0, "hs_tasnet": 4.5, "equal_monitor": 4.7, "classic": 2.0}
    means = {"stage": summary(4.0, -0.1)} | {name: summary(level) for name, level in levels.items()}
    found = verdicts(tmp_path, means)
    for name in ("monitor_over_hs_tasnet_db", "stage_under_monitor_db", "stage_over_best_baseline_db"):
        assert not found[name]["holds"], name
    assert found["stage_worst_stem_db"]["value"] == -0.1
    assert not found["stage_worst_stem_db"]["holds"]


def test_the_peer_is_not_held_against_a_flagship_that_heard_more(tmp_path: Path) -> None:
    found = verdicts(tmp_path, {"monitor": summary(6.0), "hs_tasnet": summary(3.0)})
    assert "monitor_over_hs_tasnet_db" not in found


def test_what_is_missing_is_not_judged(tmp_path: Path) -> None:
    assert set(verdicts(tmp_path, {"classic": summary(2.0)})) == {"classic_usdr_db"}
    there, missing = quality.present(["classic", "no_such_separator"])
    assert there == ["classic"]
    assert "no_such_separator" in missing["no_such_separator"]


def test_an_earlier_run_speaks_for_what_is_not_scored_anew(tmp_path: Path) -> None:
    songs, path = {"clip": ["demo clip"]}, tmp_path / "earlier.json"
    figures = {"songs": songs, "separators": {name: entry(name, summary(2.0)) for name in ("stage", "hs_tasnet")}}
    path.write_text(json.dumps({"stamp": {"commit": "abc"}, "options": {"seconds": 3.0}, "figures": figures}))
    found = quality.kept(path, ["stage"], songs, 3.0)
    assert found == {"hs_tasnet": {"commit": "abc"} | figures["separators"]["hs_tasnet"]}
    for others, seconds in ((songs, 4.0), ({"clip": ["another"]}, 3.0)):
        with pytest.raises(SystemExit, match=r"earlier\.json scored other songs"):
            quality.kept(path, ["stage"], others, seconds)


def test_without_data_the_clip_inside_the_package_is_scored(tmp_path: Path) -> None:
    groups = quality.material(tmp_path / "absent", None, quick=True)
    assert [piece.name for pieces in groups.values() for piece in pieces] == ["demo clip"]
    options = argparse.Namespace(seconds=1.0, processes=1)
    scores = quality.scored(["passthrough"], groups, options)
    assert scores["passthrough"]["clip"][0].stems["vocals"].usdr_db == 0.0
