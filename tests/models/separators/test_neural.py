"""The plugin around a network: what any set of weights must do, on small ones with random weights."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch
from support import FLOAT32_SUM
from torch import Tensor
from trialset import FILTERED, SETS

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio, Separator
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.separators.wiener import WienerFilter
from rtsep_models.streaming.stft import Istft, Stft
from rtsep_models.weights.card import Card, WeightsError
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import find

HOPS = 80
AGREEMENT = 1e-4
"""Streamed against offline, relative to the largest sample."""

pytestmark = pytest.mark.usefixtures("sets")
every_set = pytest.mark.parametrize("name", [*SETS, *FILTERED])
with_filter = pytest.mark.parametrize("name", FILTERED)


@pytest.fixture
def separator(name: str, sets: Path, monkeypatch: pytest.MonkeyPatch) -> NeuralSeparator:
    """One of SETS or FILTERED, prepared on a runtime that chance has no part in."""
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
    """The network over the whole signal in torch, then the filter if there is one, (C, T) to (S, C, T)."""
    weights = find(name)
    card, network = weights.card, load_network(weights)
    x = torch.from_numpy(signal)[None]
    with torch.no_grad():
        if card.domain == "waveform":
            return network(x)[0].numpy()
        mixture = Stft(card.analysis, card.hop, card.synthesis)(x)
        frames = network(mixture)
        if card.wiener:
            frames = through_filter(card, mixture, frames)
        return Istft(card.analysis, card.hop, card.synthesis, (len(card.stems), card.channels))(frames)[0].numpy()


def through_filter(card: Card, mixture: Tensor, frames: Tensor) -> Tensor:
    """The mixture's frames (1, N, C, F, 2) and the network's (1, N, S, C, F, 2) to the filtered ones."""
    wiener = WienerFilter(card, 44100)
    pairs = zip(mixture.numpy().swapaxes(0, 1), frames.numpy().swapaxes(0, 1), strict=True)
    hops = [torch.from_numpy(wiener.step(x[None].copy(), y[None].copy()).copy()) for x, y in pairs]
    return torch.cat(hops, dim=1)


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


@with_filter
def test_the_filter_is_switched_within_a_window_and_without_a_jump(separator: NeuralSeparator) -> None:
    """Frames of both kinds overlap: what is left begins as the one and ends as the other."""
    signal, spec = noise(separator), separator.spec
    switch, settled = 40 * spec.hop, 40 * spec.hop + spec.delay
    with_it = feed(separator, signal)
    separator.reset()
    separator.set_parameter("wiener", 0.0)
    without = feed(separator, signal)
    separator.reset()
    separator.set_parameter("wiener", 1.0)
    before = feed(separator, signal[:, :switch])
    separator.set_parameter("wiener", 0.0)
    switched = np.concatenate([before, feed(separator, signal[:, switch:])], axis=-1)
    np.testing.assert_array_equal(switched[..., :switch], with_it[..., :switch])
    np.testing.assert_allclose(switched[..., settled:], without[..., settled:], atol=FLOAT32_SUM)
    apart = np.abs(with_it - without).max()
    assert apart > 0.01
    assert np.abs(switched - with_it)[..., switch : switch + 2].max() < 0.05 * apart
    assert np.abs(switched - without)[..., settled - 2 : settled].max() < 0.05 * apart


@with_filter
def test_the_filter_follows_while_it_is_not_heard(separator: NeuralSeparator) -> None:
    signal, spec = noise(separator), separator.spec
    start = 40 * spec.hop
    heard = feed(separator, signal)[..., start + spec.delay :]
    separator.reset()
    separator.set_parameter("wiener", 0.0)
    feed(separator, signal[:, :start])
    separator.set_parameter("wiener", 1.0)
    late = feed(separator, signal[:, start:])[..., spec.delay :]
    np.testing.assert_allclose(late, heard, atol=FLOAT32_SUM)


@with_filter
def test_a_reset_leaves_the_filter_switched_as_it_was(separator: NeuralSeparator) -> None:
    signal = noise(separator, 20)
    separator.set_parameter("wiener", 0.0)
    without = feed(separator, signal)
    separator.reset()
    np.testing.assert_array_equal(feed(separator, signal), without)


def test_only_sets_with_a_filter_have_its_knob_and_they_are_another_version() -> None:
    plain, filtered = NeuralSeparator("one_rate"), NeuralSeparator("filtered")
    assert plain.spec.parameters == ()
    assert [(knob.name, knob.law, knob.default) for knob in filtered.spec.parameters] == [("wiener", "toggle", 1.0)]
    assert plain.version != filtered.version


@pytest.mark.parametrize("name", ["two_rate"])
def test_another_rate_is_refused(separator: NeuralSeparator) -> None:
    with pytest.raises(SeparatorError, match="not at 32000; resample"):
        separator.prepare(32000)


def test_weights_that_are_missing_are_told() -> None:
    with pytest.raises(WeightsError, match="no weights are called 'nobody'"):
        NeuralSeparator("nobody")
