"""A separator as one graph: samples and state in, stems and state out, and nothing else to know."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn
from trialset import SETS, card

from rtsep.separators.api import Audio
from rtsep_models.exports.fourier import FactoredIstft, FactoredStft
from rtsep_models.exports.nn_separator import NnSeparator
from rtsep_models.exports.onnx_graph import separator_graph
from rtsep_models.exports.write import write_onnx
from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.layers import Gru
from rtsep_models.streaming.stft import Istft, Stft
from rtsep_models.weights.store import find

AGREEMENT = 2e-6


def play(session: onnxruntime.InferenceSession, signal: Audio, hop: int) -> Audio:
    """(2, T) to (S, 2, T), hop by hop, from zeros; each state is given back under its own name."""
    state = {node.name: np.zeros(node.shape, np.float32) for node in session.get_inputs() if node.name != "x"}
    names, parts = [node.name for node in session.get_outputs()], []
    for start in range(0, signal.shape[1], hop):
        x = np.ascontiguousarray(signal[None, :, start : start + hop])
        found = dict(zip(names, session.run(None, {"x": x} | state), strict=True))
        state = {name: found[f"{name}_next"] for name in state}
        parts.append(found["y"][0])
    return np.concatenate(parts, axis=2)


def noise(length: int) -> Audio:
    return np.random.default_rng(0).uniform(-0.5, 0.5, (2, length)).astype(np.float32)


@pytest.mark.parametrize("name", SETS)
def test_the_graph_equals_the_live_plugin(
    name: str, sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime")
    graph, _ = write_onnx(find(name), tmp_path / "graphs")
    separator, signal = NeuralSeparator(name), noise(40 * 32)
    separator.prepare(44100)
    expected = np.zeros((4, 2, signal.shape[1]), np.float32)
    for start in range(0, signal.shape[1], 32):
        out = np.zeros((4, 2, 32), np.float32)
        separator.process(np.ascontiguousarray(signal[:, start : start + 32]), out)
        expected[:, :, start : start + 32] = out
    np.testing.assert_allclose(play(onnxruntime.InferenceSession(graph), signal, 32), expected, atol=AGREEMENT)
    assert np.abs(expected).max() > 0.01


def test_rave_as_a_graph_equals_the_network() -> None:
    torch.manual_seed(1)
    rave = Rave(private=3, shared=2, widths=(6, 7, 8), strides=(2, 2), dilations=((1,), (2,), (1, 3))).eval()
    rave.settle()
    described = card(architecture="rave", configuration={}, domain="waveform", hop=64, delay=48)
    session = onnxruntime.InferenceSession(separator_graph(rave, described).SerializeToString())
    signal = noise(20 * 64)
    with torch.no_grad():
        expected = rave(torch.from_numpy(signal)[None])[0].numpy()
    np.testing.assert_allclose(play(session, signal, 64), expected, atol=AGREEMENT)


class Masks(StreamingModule):
    """Frames (B, N, C, F, 2) to stems' frames (B, N, S, C, F, 2): a network of one rate that masks, as small as can be."""

    def __init__(self, stems: int, bins: int) -> None:
        super().__init__()
        self.memory, self.out, self.stems = Gru(bins, 8), nn.Linear(8, stems * bins), stems

    def initial_state(self, batch: int) -> State:
        return self.memory.initial_state(batch)

    def stream(self, x: torch.Tensor, state: State) -> tuple[torch.Tensor, State]:
        y, after = self.memory.stream(x.square().sum(dim=(2, 4)), state)
        masks = self.out(y).unflatten(2, (self.stems, 1, -1, 1)).sigmoid()
        return masks * x[:, :, None], after


def test_a_network_of_one_rate_over_frames_is_exported_either_way() -> None:
    torch.manual_seed(1)
    network, described = Masks(4, 129).eval(), card(analysis=256, synthesis=64, hop=32, delay=32, stride=1)
    signal, (stft, istft) = noise(20 * 32), (Stft(256, 32, 64), Istft(256, 32, 64, (3, 2)))
    x = torch.from_numpy(signal)[None]
    with torch.no_grad():
        expected = istft(network(stft(x))[:, :, :3])[0].numpy()
        by_nn = NnSeparator(network, described, 1).separate(x)[0].numpy().reshape(4, 2, -1)
    session = onnxruntime.InferenceSession(separator_graph(network, described).SerializeToString())
    for got in (by_nn, play(session, signal, 32)):
        np.testing.assert_allclose(got[:3], expected, atol=AGREEMENT)
        np.testing.assert_allclose(got.sum(axis=0)[:, 32:], signal[:, :-32], atol=1e-5)


def test_the_card_travels_in_the_graph(sets: Path, tmp_path: Path) -> None:
    graph, _ = write_onnx(find("two_rate"), tmp_path)
    properties = {entry.key: entry.value for entry in onnx.load(graph).metadata_props}
    assert '"licence":"CC-BY-4.0"' in properties["card.json"]


@pytest.mark.parametrize(("analysis", "hop", "synthesis"), [(2048, 128, 256), (100, 10, 20), (96, 3, 6), (27, 3, 6)])
def test_factored_transforms_are_the_transforms(analysis: int, hop: int, synthesis: int) -> None:
    stft, istft = Stft(analysis, hop, synthesis), Istft(analysis, hop, synthesis, (3, 2))
    x, past = torch.randn(2, 2, hop), (torch.randn_like(stft.initial_state(2)[0]),)
    expected, after = stft.stream(x, past)
    frames, (left,) = FactoredStft(stft).stream(x, past)
    torch.testing.assert_close(frames, expected, atol=1e-6 * analysis, rtol=0.0)
    assert torch.equal(left, after[0])
    spectra = torch.randn(2, 1, 3, 2, analysis // 2 + 1, 2)
    torch.testing.assert_close(FactoredIstft(istft).samples(spectra), istft.samples(spectra), atol=1e-6, rtol=0.0)
