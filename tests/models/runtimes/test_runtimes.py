"""All runtimes compute the same, hop by hop, as the network does over a whole signal."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch
from trialset import COMPILED, SETS, pack_trial

from rtsep_models.runtimes.api import Array, Runtime
from rtsep_models.runtimes.choose import load
from rtsep_models.runtimes.state import SMALLEST, FlatState
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import FOLDER_VARIABLE, Weights, find

AGREEMENT = 1e-4
"""Largest difference allowed, relative to the largest value."""
INT8_ERROR = 0.05
"""RMS error of the quantised network, relative to the RMS value."""
HOPS = 43

exact = pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for name in SETS for kind in ("onnxruntime", "torch")] + [("compiled", name) for name in COMPILED],
)
every_set = pytest.mark.parametrize("name", SETS)


@pytest.fixture
def weights(name: str, sets: Path) -> Weights:
    """One of SETS."""
    return find(name)


def hops(weights: Weights, count: int = HOPS, seed: int = 0) -> Array:
    """Noise, (hops, one hop's shape)."""
    return np.random.default_rng(seed).normal(0.0, 1.0, (count, *weights.card.shape_in)).astype(np.float32)


def run(runtime: Runtime, signal: Array) -> Array:
    """What comes out, hop by hop."""
    return np.stack([runtime.step(x).copy() for x in signal])


def whole(weights: Weights, signal: Array) -> Array:
    """What the network makes of the whole signal at once, cut into hops."""
    network = load_network(weights)
    with torch.no_grad():
        if weights.card.domain == "spectrum":
            return np.moveaxis(network(torch.from_numpy(signal[:, 0, 0])[None]).numpy()[:, :, None], 0, 1)[:, :, :]
        x = torch.from_numpy(np.concatenate([*signal], axis=-1))
        y = network(x).numpy()
    return np.stack(np.split(y, len(signal), axis=-1))


@exact
def test_steps_equal_the_whole(kind: str, weights: Weights) -> None:
    signal = hops(weights)
    expected, got = whole(weights, signal), run(load(kind, weights), signal)
    assert got.shape[1:] == weights.card.shape_out
    np.testing.assert_allclose(got.reshape(expected.shape), expected, atol=AGREEMENT * np.abs(expected).max())


@exact
@pytest.mark.parametrize("before", [1, 2, 3, 4, 5])
def test_reset_equals_a_fresh_start_to_the_bit_at_every_phase(kind: str, before: int, weights: Weights) -> None:
    runtime, signal = load(kind, weights), hops(weights, 9)
    first = run(runtime, signal)
    runtime.reset()
    run(runtime, hops(weights, before, seed=1))
    runtime.reset()
    np.testing.assert_array_equal(run(runtime, signal), first)
    np.testing.assert_array_equal(run(load(kind, weights), signal), first)


@exact
def test_reset_recovers_from_nan(kind: str, weights: Weights) -> None:
    runtime, signal = load(kind, weights), hops(weights, 9)
    first = run(runtime, signal)
    assert np.isnan(run(runtime, np.full_like(signal, np.nan))).any()
    runtime.reset()
    np.testing.assert_array_equal(run(runtime, signal), first)


@pytest.mark.parametrize("name", ["two_rate"])
def test_the_trunk_runs_every_stride_hops_beginning_with_the_first(weights: Weights) -> None:
    # What only the trunk heard shows four hops long: a loud frame at hop 4 changes hops 4 to 7 and on, one at hop 5 not
    # the trunk, so that hops 6 and 7 stay as they were.
    signal = hops(weights, 12)
    quiet = run(load("onnxruntime", weights), signal)
    for loud, changed in ((4, [4, 5, 6, 7, 8, 9, 10, 11]), (5, [5])):
        louder = signal.copy()
        louder[loud] *= 30.0
        differs = (run(load("onnxruntime", weights), louder) != quiet).reshape(12, -1).any(axis=1)
        assert np.flatnonzero(differs).tolist() == changed


@pytest.mark.parametrize("name", ["two_rate"])
def test_int8_is_close(weights: Weights) -> None:
    signal = hops(weights)
    exact, close = (run(load(kind, weights), signal) for kind in ("onnxruntime", "onnxruntime-int8"))
    error = np.sqrt(np.mean((close - exact) ** 2) / np.mean(exact**2))
    assert 0.0 < error < INT8_ERROR


@pytest.mark.parametrize(
    ("kind", "name"), [("onnxruntime", name) for name in SETS] + [("compiled", name) for name in COMPILED]
)
def test_nothing_is_allocated_per_hop(kind: str, weights: Weights) -> None:
    runtime, signal = load(kind, weights), hops(weights, 20)
    run(runtime, signal)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        for x in signal:
            runtime.step(x)
        grown = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert grown < runtime.step(signal[0]).nbytes


@exact
def test_the_input_is_left_untouched(kind: str, weights: Weights) -> None:
    runtime, x = load(kind, weights), hops(weights, 1)[0]
    kept = x.copy()
    runtime.step(x)
    np.testing.assert_array_equal(x, kept)


def test_kernels_play_weights_of_single_precision_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack_trial("two_rate", tmp_path, half=False)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    weights = find("two_rate")
    signal = hops(weights)
    expected, got = (run(load(kind, weights), signal) for kind in ("onnxruntime", "compiled"))
    np.testing.assert_allclose(got, expected, atol=AGREEMENT * np.abs(expected).max())


def test_denormals_leave_the_state_and_nothing_else_does() -> None:
    state = FlatState([(2, 3), (), (1, 1, 4)])
    state.views[0][:] = [[1e-41, -1e-38, 2 * SMALLEST], [0.0, -1.0, np.inf]]
    state.views[2][0, 0, 0] = -1e-41
    state.flush()
    np.testing.assert_array_equal(state.views[0], np.array([[0, 0, 2 * SMALLEST], [0, -1, np.inf]], np.float32))
    assert not state.views[2].any()


@pytest.mark.gpu
@every_set
def test_a_cuda_graph_agrees(weights: Weights) -> None:
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    signal = hops(weights)
    runtime = load("cuda", weights)
    expected, got = run(load("onnxruntime", weights), signal), run(runtime, signal)
    np.testing.assert_allclose(got, expected, atol=10 * AGREEMENT * np.abs(expected).max())
    runtime.reset()
    np.testing.assert_array_equal(run(runtime, signal), got)
