"""Weights that the tests of runtimes and plugins share."""

from __future__ import annotations

from pathlib import Path

import pytest
from trialset import FILTERED, LATENTS, SETS, pack_trial

from rtsep_models.weights.store import FOLDER_VARIABLE


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds all SETS, FILTERED and LATENTS. Not to be changed."""
    folder = tmp_path_factory.mktemp("models")
    for name in (*SETS, *FILTERED, *LATENTS):
        pack_trial(name, folder, int8=name == "two_rate")
    return folder


@pytest.fixture
def sets(packed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, found by name in this test."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(packed))
    return packed
