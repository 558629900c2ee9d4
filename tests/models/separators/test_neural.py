"""The plugin around a network: what any set of weights must do, on small ones with random weights."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch
from support import FLOAT32_SUM
from trialset import SETS

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio, Separator
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.streaming.stft import Istft, Stft
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import find

HOPS = 80
AGREEMENT = 1e-4
"""Streamed against offline, relative to the largest sample."""

pytestmark = pytest.mark.usefixtures("sets")
every_set = pytest.mark.parametrize("name", SETS)


@pytest.fixture
def separator(name: str, sets: Path, monkeypatch: pytest.MonkeyPatch) -> NeuralSeparator:
    """One of SETS, prepared on a runtime that chance has no part in."""
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime")
    separator = NeuralSeparator(name)
    separator.prepare(44100)
    return separator


def noise(separator: Separator, hops: int = HOPS, seed: int = 0, level: float = 0.3) -> Audio:
    """(C, whole hops)."""
    spec = separator.spec
    return np.random.default_rng(seed).uniform(-level, level, (spec.channels, hops * spec.hop)).astype(np.float32)


def feed(separator: Separator, signal: Audio) -> Audio:
    """(C, T) to stems (S, C, T)."""
    spec = separator.spec
    parts = []
    for start in range(0, signal.shape[1], spec.hop):
        out = np.full((len(spec.stems), spec.channels, spec.hop), np.nan, np.float32)
        separator.process(np.ascontiguousarray(signal[:, start : start + spec.hop]), out)
        parts.append(out)
    return np.concatenate(parts, axis=-1)


def offline(name: str, signal: Audio) -> Audio:
    """The network over the whole signal in torch, (C, T) to (S, C, T)."""
    weights = find(name)
    card, network = weights.card, load_network(weights)
    x = torch.from_numpy(signal)[None]
    with torch.no_grad():
        if card.domain == "waveform":
            return network(x)[0].numpy()
        frames = network(Stft(card.analysis, card.hop, card.synthesis)(x))
        return Istft(card.analysis, card.hop, card.synthesis, (len(card.stems), card.channels))(frames)[0].numpy()


@every_set
def test_streamed_equals_offline(name: str, separator: NeuralSeparator) -> None:
    signal = noise(separator)
    got, expected = feed(separator, signal), offline(name, signal)
    np.testing.assert_allclose(got[:-1], expected[:-1], atol=AGREEMENT * np.abs(expected).max())
    assert np.abs(got[:-1]).max() > 0.01


@every_set
def test_stems_add_up_to_the_delayed_input(separator: NeuralSeparator) -> None:
    signal, delay = noise(separator, level=1.0), separator.spec.delay
    total = feed(separator, signal).sum(axis=0)
    np.testing.assert_allclose(total[:, delay:], signal[:, :-delay], atol=FLOAT32_SUM)
    assert not total[:, :delay].any()


@every_set
def test_reset_forgets_to_the_bit(separator: NeuralSeparator) -> None:
    signal = noise(separator, 20)
    first = feed(separator, signal)
    feed(separator, noise(separator, 3, seed=1))
    separator.reset()
    np.testing.assert_array_equal(feed(separator, signal), first)
    with np.errstate(invalid="ignore"):
        feed(separator, np.full_like(signal, np.nan))
    separator.reset()
    np.testing.assert_array_equal(feed(separator, signal), first)


@every_set
@pytest.mark.parametrize("level", [0.0, 1e-41, 1e-20])
def test_silence_and_denormals_come_out_silent(level: float, separator: NeuralSeparator) -> None:
    feed(separator, noise(separator, level=1.0))
    signal = np.full_like(noise(separator, 30), level)
    stems = feed(separator, signal)[:, :, -separator.spec.hop :]
    assert not stems[:-1].any()
    np.testing.assert_array_equal(stems[-1], signal[:, : separator.spec.hop])


@every_set
def test_a_hop_allocates_nothing_beyond_views(separator: NeuralSeparator) -> None:
    signal, spec = noise(separator, 1), separator.spec
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), np.float32)
    for _ in range(20):
        separator.process(signal, out)
    tracemalloc.start()
    try:
        for _ in range(20):
            separator.process(signal, out)
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(50):
            separator.process(signal, out)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 50  # bytes: less than one for each hop
    assert peak - before < 4096


@every_set
def test_the_spec_is_read_without_the_weights_files(name: str, separator: NeuralSeparator) -> None:
    card = find(name).card
    assert separator.spec.name == name
    assert (separator.spec.hop, separator.spec.delay) == (card.hop, card.delay)
    assert NeuralSeparator(name).runtime == ""
    assert separator.runtime == "onnxruntime cpu float32"
    assert isinstance(separator, Separator)


@pytest.mark.parametrize("name", ["two_rate"])
def test_another_rate_is_refused(separator: NeuralSeparator) -> None:
    with pytest.raises(SeparatorError, match="not at 32000; resample"):
        separator.prepare(32000)


def test_weights_that_are_missing_are_told() -> None:
    with pytest.raises(WeightsError, match="no weights are called 'nobody'"):
        NeuralSeparator("nobody")
