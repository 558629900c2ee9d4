"""Ten minutes hop by hop, against the network over whole stretches of the signal: drift, and growth of the state."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from rtsep.lab.hopcost import prepared
from rtsep.separators.api import Separator
from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.stft import Istft, Stft
from rtsep_models.weights.card import Card
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import find

STRETCH_HOPS = 2048
MINUTE_S = 60


class Offline:
    """The network of the weights called `name` in torch, with torch's own transforms: no plugin, no exported graph.

    The signal goes through in stretches of thousands of hops, each in one piece, the state carried from one to the
    next: ten minutes at once would not fit into memory.
    """

    def __init__(self, name: str) -> None:
        weights = find(name)
        self.card: Card = weights.card
        network = load_network(weights)
        stages: list[StreamingModule] = [network]
        if self.card.domain == "spectrum":
            lengths = self.card.analysis, self.card.hop, self.card.synthesis
            shape = (len(self.card.stems), self.card.channels)
            stages = [Stft(*lengths, self.card.channels), network, Istft(*lengths, shape)]
        self._stages = stages
        self._states: list[State] = [stage.initial_state(1) for stage in stages]
        self._past = np.zeros((self.card.channels, self.card.delay), dtype=np.float32)
        self.largest = np.zeros(len(network.initial_state(1)))
        """Magnitude of the largest number in each tensor of the network's state, as far as heard, between stretches."""

    @property
    def stretch(self) -> int:
        """Samples that `run` takes a whole number of."""
        return STRETCH_HOPS * self.card.hop

    @torch.inference_mode()
    def run(self, mix: NDArray[np.float32]) -> NDArray[np.float32]:
        """(C, T) to (S, C, T), late by the card's delay; the last stem is what the others leave of the mix."""
        parts = [self._forward(mix[:, at : at + self.stretch]) for at in range(0, mix.shape[1], self.stretch)]
        stems = np.concatenate(parts, axis=-1)
        line = np.concatenate([self._past, mix], axis=1)
        self._past = line[:, mix.shape[1] :]
        stems[-1] = line[:, : mix.shape[1]] - stems[:-1].sum(axis=0)
        return stems

    def _forward(self, mix: NDArray[np.float32]) -> NDArray[np.float32]:
        x: Tensor = torch.from_numpy(np.ascontiguousarray(mix))[None]
        for index, stage in enumerate(self._stages):
            x, self._states[index] = stage.stream(x, self._states[index])
        state = self._states[len(self._stages) // 2]
        self.largest = np.maximum(self.largest, [float(tensor.abs().max()) for tensor in state])
        return x[0].numpy()


def streamed(separator: Separator, mix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Hop by hop: (C, T), whole hops, to (S, C, T)."""
    hop = separator.spec.hop
    out = np.zeros((len(separator.spec.stems), *mix.shape), dtype=np.float32)
    piece = np.zeros((*out.shape[:2], hop), dtype=np.float32)
    for at in range(0, mix.shape[1], hop):
        separator.process(np.ascontiguousarray(mix[:, at : at + hop]), piece)
        out[..., at : at + hop] = piece
    return out


def error_db(heard: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """Energy of the difference against the energy of what was expected."""
    wrong = np.sum(np.square(heard - expected, dtype=np.float64))
    return float(10 * np.log10(max(wrong, 1e-30) / np.sum(np.square(expected, dtype=np.float64))))


def without_filter(separator: Separator) -> None:
    """Switch off a Wiener filter, which is no network, if it has one."""
    if any(knob.name == "wiener" for knob in separator.spec.parameters):
        separator.set_parameter("wiener", 0.0)


def excerpt_error_db(name: str, mix: NDArray[np.float32], sample_rate: int) -> float:
    """The plugin hop by hop against the network over the whole of `mix` (C, T). A Wiener filter, which is no network, is off."""
    torch.set_num_threads(1)
    separator, offline = prepared(name, sample_rate), Offline(name)
    without_filter(separator)
    whole = mix[:, : mix.shape[1] // offline.card.hop * offline.card.hop]
    return error_db(streamed(separator, whole), offline.run(whole))


def drift(name: str, song: NDArray[np.float32], sample_rate: int, minutes: int) -> dict[str, Any]:
    """Error of each minute in dB of the stems' energy, the largest number in each tensor of the state; `song` (C, T) plays in
    a loop.
    """
    torch.set_num_threads(1)
    separator, offline = prepared(name, sample_rate), Offline(name)
    without_filter(separator)
    length = max(1, round(MINUTE_S * sample_rate / offline.stretch)) * offline.stretch
    errors, states = [], []
    for minute in range(minutes):
        mix = song[:, np.arange(minute * length, (minute + 1) * length) % song.shape[1]]
        expected = offline.run(mix)
        errors.append(error_db(streamed(separator, mix), expected))
        states.append(offline.largest)
        offline.largest = np.zeros_like(offline.largest)
    return {
        "runtime": getattr(separator, "runtime", ""),
        "minute_s": length / sample_rate,
        "error_db": errors,
        "largest_state": [state.tolist() for state in states],
    }


def growth(states: list[list[float]]) -> float:
    """By how much the largest number of any tensor grew from the first half of the minutes to the second."""
    half = len(states) // 2
    first, second = np.max(states[:half] or states, axis=0), np.max(states[half:], axis=0)
    return float(np.max(second[first > 0] / first[first > 0]))
