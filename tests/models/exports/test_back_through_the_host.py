"""What we export, played by our own host as any other file: as the separator that it came from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rtsep.separators.api import Audio, Separator
from rtsep_models.exports.write import write_nn, write_onnx
from rtsep_models.foreign.files import FILES
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.weights.store import Weights, find

AGREEMENT = 5e-6
RATE = 44100


@pytest.fixture(params=["nn", "onnx"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The shipped stage, exported."""
    stage: Weights = find("stage")
    if request.param == "onnx":
        return write_onnx(stage, tmp_path)[1]
    write_nn(stage, tmp_path / "stage.ts", 1)
    return tmp_path / "stage.ts"


def play(separator: Separator, signal: Audio, **knobs: float) -> Audio:
    """(C, T) to (S, C, T)."""
    separator.prepare(RATE)
    for name, value in knobs.items():
        separator.set_parameter(name, value)
    hop, stems = separator.spec.hop, len(separator.spec.stems)
    y = np.zeros((stems, *signal.shape), np.float32)
    for start in range(0, signal.shape[1], hop):
        out = np.zeros((stems, len(signal), hop), np.float32)
        separator.process(np.ascontiguousarray(signal[:, start : start + hop]), out)
        y[..., start : start + hop] = out
    return y


def test_a_file_of_ours_is_the_separator_that_it_came_from(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # where a host keeps what it found out about files
    native, back = NeuralSeparator("stage"), FILES.open(str(file))
    for fact in ("stems", "channels", "hop", "delay"):
        assert getattr(back.spec, fact) == getattr(native.spec, fact), fact
    assert set(back.spec.sample_rates) == {44100, 48000}
    signal = np.random.default_rng(0).uniform(-0.5, 0.5, (2, 60 * native.spec.hop)).astype(np.float32)
    expected = play(native, signal, wiener=0.0)  # the filter does not travel
    np.testing.assert_allclose(play(back, signal), expected, atol=AGREEMENT)
    assert np.abs(expected).max() > 0.1
