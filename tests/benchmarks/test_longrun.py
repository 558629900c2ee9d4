"""The benchmark of long streams: its reference is the plugin's network by another way, and it notices growth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from trialset import SETS, pack_trial

longrun = pytest.importorskip(
    "benchmarks.longrun", reason="the benchmarks are part of the repository, not of the wheel"
)

from rtsep_models.runtimes.choose import RUNTIME_VARIABLE  # noqa: E402
from rtsep_models.weights.store import FOLDER_VARIABLE  # noqa: E402

RATE = 44100
ERROR_DB = -80.0


@pytest.mark.parametrize("name", SETS)
def test_the_plugin_hop_by_hop_and_torch_in_stretches_agree(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack_trial(name, tmp_path, graphs=False)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv(RUNTIME_VARIABLE, "torch")
    monkeypatch.setattr(longrun, "STRETCH_HOPS", 64)
    monkeypatch.setattr(longrun, "MINUTE_S", 0.15)
    song = 0.1 * np.random.default_rng(0).standard_normal((2, RATE), dtype=np.float32)
    found = longrun.drift(name, song, RATE, 2)
    assert max(found["error_db"]) < ERROR_DB


def test_a_state_that_grows_is_noticed() -> None:
    assert longrun.growth([[1.0, 0.5], [1.0, 0.5], [1.0, 2.0], [1.0, 1.0]]) == 4.0
    assert longrun.growth([[1.0, 0.0], [0.5, 0.0]]) == 0.5
