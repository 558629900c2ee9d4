"""A batch knows trained separators by their weights, not by their name alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from rtsep.host.batch.job import Settings
from rtsep.host.batch.manifest import made_by
from rtsep_models.weights.card import read_card, write_card
from rtsep_models.weights.store import FOLDER_VARIABLE


def test_other_weights_of_the_same_name_are_another_maker(
    tmp_path: Path, sets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(separator="two_rate")
    before = made_by(settings)
    shutil.copytree(sets / "two_rate", tmp_path / "two_rate")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert made_by(settings) == before
    card = read_card(tmp_path / "two_rate")
    files = {name: msgspec.structs.replace(entry, sha256="0" * 64) for name, entry in card.files.items()}
    write_card(tmp_path / "two_rate", msgspec.structs.replace(card, files=files))
    assert made_by(settings) != before
