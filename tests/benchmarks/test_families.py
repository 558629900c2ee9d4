"""The benchmark of families: what it counts, what it compares on equal terms, what it keeps of an earlier run."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from trialset import pack_trial

families = pytest.importorskip(
    "benchmarks.families", reason="the benchmarks are part of the repository, not of the wheel"
)
live = pytest.importorskip("benchmarks.familieslive")
table = pytest.importorskip("benchmarks.table")

from rtsep_models.weights.store import FOLDER_VARIABLE  # noqa: E402

CLEAN = {"late_hops": 0, "missed_positions": 0, "hop_us": {"p50": 900.0, "p99.9": 2000.0}, "hop_share": {"p99.9": 0.2}}
LATE = CLEAN | {"late_hops": 3}
MISSED = CLEAN | {"missed_positions": 64}
CROSSED = {"fade_frames": 960, "click_ratio": 1.0, "dead_frames": 0, "missed_positions": 0}


def entry(usdr_db: float, audio_s: float | None, rows: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """A separator as the benchmark writes it."""
    stem = {"usdr_db": usdr_db, "museval_db": usdr_db - 1.0, "usdr_gain_db": 5.0}
    return {
        "latency_ms": 23.22,
        "training": audio_s and {"steps": 600, "audio_s": audio_s},
        "total": {"stems": {"vocals": stem}, "mean": stem},
        "live": rows,
        "keeps_time": live.keeps_time(rows),
        "flat_out": {"hop_us": {"p50": 800.0, "p99.9": 1200.0}},
        "switch": CROSSED,
        "stream_offline_error_db": -110.0,
    } | changes


def verdicts(tmp_path: Path, entries: dict[str, Any]) -> dict[str, Any]:
    report = families.Report("families", argparse.Namespace(json=tmp_path / "families.json"))
    families.judge(report, entries)
    report.close()
    return {row["name"]: row for row in json.loads((tmp_path / "families.json").read_text())["acceptance"]}


@pytest.mark.parametrize(
    ("rows", "keeps"),
    [
        ([CLEAN], True),
        ([LATE, CLEAN], True),
        ([LATE, MISSED], False),
        ([MISSED], False),
        ([{"failed": "no weights"}], False),
        ([], False),
    ],
)
def test_a_family_keeps_time_if_one_run_was_clean(rows: list[dict[str, Any]], keeps: bool) -> None:
    assert live.keeps_time(rows) == keeps


@pytest.mark.parametrize(
    "change",
    [{"failed": "too slow"}, {"fade_frames": 0}, {"dead_frames": 9}, {"missed_positions": 64}, {"click_ratio": 1.6}],
)
def test_a_switch_without_crossfade_or_with_a_gap_or_a_click_does_not_count(change: dict[str, Any]) -> None:
    assert live.changed_over(CROSSED)
    assert not live.changed_over(CROSSED | change)


def test_the_field_is_counted_and_references_are_not(tmp_path: Path) -> None:
    entries = {name: entry(2.0, 14400.0, [CLEAN]) for name in families.FIELD}
    entries |= {name: entry(3.0, None, [CLEAN]) for name in families.REFERENCES}
    entries["wavenet"] |= {"live": [LATE], "keeps_time": False, "switch": {"failed": "it is too slow"}}
    entries["bsrnn"] |= {"stream_offline_error_db": -70.0}
    found = verdicts(tmp_path, entries)
    assert found["families_running_live"]["value"] == len(families.FIELD) - 1
    assert found["families_switched_live"]["value"] == len(families.FIELD) - 1
    assert found["families_stream_offline_error_db"]["value"] == -70.0
    assert not found["families_stream_offline_error_db"]["holds"]
    assert found["wavenet_late_hops"]["value"] == 3
    assert found["stage_usdr_db"]["bound"] == "reported"


def test_the_flagship_is_held_against_those_that_heard_as_much(tmp_path: Path) -> None:
    entries = {
        "bsrnn": entry(2.5, 14400.0, [CLEAN]),
        "rt_stt": entry(1.0, 14400.0, [CLEAN]),
        "hs_tasnet": entry(4.0, 99999.0, [CLEAN]),
        "monitor": entry(9.0, 14400.0, [CLEAN]),
    }
    assert "flagship_over_best_family_db" not in verdicts(tmp_path, entries)
    found = verdicts(tmp_path, entries | {"equal_monitor": entry(3.0, 14400.0, [CLEAN])})
    assert found["flagship_over_best_family_db"]["value"] == 0.5
    found = verdicts(tmp_path, entries | {"equal_monitor": entry(2.0, 14400.0, [CLEAN])})
    assert not found["flagship_over_best_family_db"]["holds"]


def test_what_was_not_measured_is_not_judged(tmp_path: Path) -> None:
    assert verdicts(tmp_path, {"bsrnn": {"latency_ms": 23.2}}) == {}


def test_of_an_earlier_run_all_is_kept_but_what_other_weights_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    pack_trial("waveform", tmp_path, graphs=False)
    first = families.begun(["waveform", "classic"], {"bsrnn": entry(2.0, 14400.0, [CLEAN])})
    assert list(first) == ["bsrnn", "classic", "waveform"]
    measured = {name: known | {"stream_offline_error_db": -100.0} for name, known in first.items()}
    assert families.begun(["waveform", "classic"], measured) == measured
    shutil.rmtree(tmp_path / "waveform")
    pack_trial("waveform", tmp_path, graphs=False, half=False)
    again = families.begun(["waveform", "classic"], measured)
    assert "stream_offline_error_db" not in again["waveform"]
    assert again["classic"] == measured["classic"]


def test_levels_of_other_excerpts_are_not_put_beside_earlier_ones() -> None:
    now = {"songs": {"album": ["francium", "sodium"]}, "excerpt_s": 20.0}
    assert families.same_songs({}, now) == families.same_songs(now, now) == now
    for other in ({"excerpt_s": 10.0}, {"songs": {"album": ["sodium"]}}):
        with pytest.raises(SystemExit, match="name the same ones"):
            families.same_songs(now | other, now)


def test_networks_and_no_others_are_streamed_against_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    pack_trial("filtered", tmp_path)
    groups = families.songs_of(argparse.Namespace(album=tmp_path / "absent", band=None))
    found = dict(families.streaming(["filtered", "classic"], groups, argparse.Namespace(seconds=1.0)))
    assert found.keys() == {"filtered"}
    assert found["filtered"]["stream_offline_error_db"] < -80.0


def test_the_page_shows_the_committed_figures() -> None:
    page = table.FAMILIES.read_text()
    for name in table.PAGE_TABLES:
        assert all(marker in page for marker in table.markers(name)), name
    assert table.whole(page, table.RESULTS, table.PAGE_TABLES) == page, "run python -m benchmarks.table"


def test_a_row_tells_cost_time_kept_levels_and_what_was_heard(tmp_path: Path) -> None:
    entries = {
        "bsrnn": entry(2.5, 14400.0, [CLEAN], parameters=1_100_000, mac_per_s=4e8),
        "wavenet": entry(1.5, 98400.0, [CLEAN | {"late_hops": 5}, LATE]),
        "equal_monitor": entry(2.7, 14400.0, [CLEAN]),
        "classic": {"latency_ms": 5.8},
    }
    (tmp_path / "families.json").write_text(json.dumps({"figures": {"separators": entries}}))
    bsrnn, wavenet, _, classic = table.families(tmp_path)[2:]
    assert bsrnn == (
        "| `bsrnn` | 23.2 ms | 1.10 M | 0.40 G | 0.90 / 2.00 | 0.80 / 1.20 | yes "
        "| 2.50 |  |  |  | 2.50 | 5.00 | 1.50 |  |  |  | 1.50 | 600 steps, 4.0 h |"
    )
    assert "| 3 late hops |" in wavenet
    assert wavenet.endswith("| 600 steps, 27.3 h (more) |")
    assert classic.startswith("| `classic` | 5.8 ms |")
    assert {row.count("|") for row in table.families(tmp_path)} == {bsrnn.count("|")}


def test_an_answer_is_a_row_and_its_question_stands_once(tmp_path: Path) -> None:
    rows = {"one": {"run": "a", "vocals": 1.25, "mean": 2.0}, "two": {"run": "b", "mean": 1.0}}
    figures = {"questions": {"trial": {"asks": "Does it help?", "rows": rows}}}
    (tmp_path / "ablations.json").write_text(json.dumps({"figures": figures}))
    assert table.ablations(tmp_path)[2:] == [
        "| Does it help? | one | 1.25 |  |  |  | 2.00 |",
        "|  | two |  |  |  |  | 1.00 |",
    ]
