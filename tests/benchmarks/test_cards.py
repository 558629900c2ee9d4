"""Cards of the shipped weights say what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from trialset import card

cards = pytest.importorskip("benchmarks.cards", reason="the benchmarks are part of the repository, not of the wheel")
report = pytest.importorskip("benchmarks.report")

from rtsep_models.weights.card import CARD_FILE, read_card, write_card  # noqa: E402
from rtsep_models.weights.store import PACKAGED  # noqa: E402


def test_the_shipped_cards_show_the_committed_scores() -> None:
    for name, scores in cards.scores(report.RESULTS).items():
        if (PACKAGED / name / CARD_FILE).is_file():
            assert read_card(PACKAGED / name).scores == scores, "run python -m benchmarks.table"


def test_a_card_takes_the_scores_of_its_name_and_keeps_the_rest(tmp_path: Path) -> None:
    stem = {"usdr_db": 5.1234, "museval_db": None}
    muted = {"vocals_left_db": -12.345}
    total = {"stems": {"vocals": stem}, "mean": stem, "vocals_muted": muted}
    entry = {"total": total, "band": {"mean": stem}}
    figures = {"songs": {"band": ["one", "two"]}, "separators": {"trial": entry, "classic": entry}}
    (tmp_path / "quality.json").write_text(json.dumps({"figures": figures}))
    (tmp_path / "trial").mkdir()
    write_card(tmp_path / "trial", card())
    assert cards.fill(tmp_path, tmp_path) == ["trial"]
    written = read_card(tmp_path / "trial")
    assert written.scores["stems"] == {"vocals": {"usdr_db": 5.12, "museval_db": None}}
    assert written.scores["songs"] == {"band": 2}
    assert written.files == card().files


def test_without_results_cards_stay_as_they_are(tmp_path: Path) -> None:
    assert cards.fill(tmp_path, tmp_path) == []
