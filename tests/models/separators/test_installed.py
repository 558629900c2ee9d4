"""Installed weights are separators like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from rtsep.errors import SeparatorError
from rtsep.separators.registry import create, registered
from rtsep_models.weights.card import CARD_FILE
from rtsep_models.weights.store import FOLDER_VARIABLE


def test_installed_weights_play_by_their_name(sets: Path) -> None:
    assert {"two_rate", "waveform", "classic"} <= set(registered())
    separator = create("two_rate")
    separator.prepare(48000)
    out = np.full((4, 2, 32), np.nan, np.float32)
    separator.process(np.ones((2, 32), np.float32), out)
    assert np.isfinite(out).all()


def test_damaged_weights_are_told_when_created_and_hinder_nobody(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    shutil.copytree(sets / "two_rate", tmp_path / "two_rate")
    (tmp_path / "two_rate" / CARD_FILE).write_text("{}")
    assert create("classic").spec.name == "classic"
    with pytest.raises(SeparatorError, match="is no card of weights"):
        create("two_rate")


def test_a_package_that_registers_a_name_keeps_it(sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    shutil.copytree(sets / "two_rate", tmp_path / "classic")
    assert type(create("classic")).__name__ == "Classic"


def test_weights_that_vanished_since_are_told(sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    shutil.copytree(sets / "two_rate", tmp_path / "two_rate")
    point = registered()["two_rate"]
    shutil.rmtree(tmp_path / "two_rate")
    with pytest.raises(AttributeError):
        point.load()
