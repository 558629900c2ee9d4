"""How an autoencoder with partitions sounds on one song, and what its dimensions do; called in worker processes."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmarks.longrun import streamed
from rtsep.separators.api import Separator
from rtsep.separators.registry import create
from rtsep_models.evaluation.latents import envelope_correlation, log_spectral_distance_db
from rtsep_models.evaluation.material import Material, Piece
from rtsep_models.evaluation.scores import score
from rtsep_models.networks.rave import Rave
from rtsep_models.split import Split
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import find

WAYS = {"decoded": {}, "masked": {"masking": 1.0}}
"""What the plugin is set to, by the way it then plays."""
BENDS: dict[str, dict[str, float]] = {
    "scale_3": {"scale": 3.0},
    "scale_-3": {"scale": -3.0},
    "offset_2": {"offset": 2.0},
    "offset_-2": {"offset": -2.0},
    "set_2": {"set": 2.0, "hold": 1.0},
    "set_-2": {"set": -2.0, "hold": 1.0},
}
"""What the original demonstration did to its high-variance dimensions."""


def ready(name: str, sample_rate: int, settings: dict[str, float]) -> Separator:
    """Prepared, with these parameters. Raises SeparatorError."""
    separator = create(name)
    separator.prepare(sample_rate)
    for parameter, value in settings.items():
        separator.set_parameter(parameter, value)
    separator.reset()
    return separator


def played(name: str, mix: NDArray[np.float32], sample_rate: int, settings: dict[str, float]) -> NDArray[np.float32]:
    """Hop by hop: (C, T) to stems (S, C, T), aligned with it."""
    separator = ready(name, sample_rate, settings)
    spec = separator.spec
    padded = np.pad(mix, ((0, 0), (0, spec.delay + -(mix.shape[1] + spec.delay) % spec.hop)))
    return streamed(separator, padded)[..., spec.delay : spec.delay + mix.shape[1]]


def network_of(name: str) -> Rave:
    """In torch. Raises WeightsError."""
    network = load_network(find(name))
    assert isinstance(network, Rave)
    return network


@torch.inference_mode()
def reconstructed(name: str, mix: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What the whole latent decodes to, (C, T) aligned, and the latent itself, (N, Z). In torch, all at once."""
    network = network_of(name)
    padded = np.pad(mix, ((0, 0), (0, network.delay + -(mix.shape[1] + network.delay) % network.hop)))
    z = network.means(network.encoder(torch.from_numpy(padded)[None]))
    y: Tensor = network.decoder(z)
    return y[0, :, network.delay : network.delay + mix.shape[1]].numpy(), z[0].numpy()


def sound(name: str, piece: Piece, seconds: float) -> dict[str, Any]:
    """Every figure of one song."""
    torch.set_num_threads(1)
    song = piece.load(seconds)
    mix, rate = song.mix, song.sample_rate
    again, z = reconstructed(name, mix)
    truth = _separate(song)
    figures: dict[str, Any] = {
        "song": piece.name,
        "log_spectral_distance_db": log_spectral_distance_db(mix, again),
        "envelope_correlation_true": envelope_correlation(truth, rate),
        "deviation_of_shared": z[:, find_split(name).common].std(axis=0).tolist(),
    }
    for way, settings in WAYS.items():
        stems = played(name, mix, rate, settings)
        named = dict(zip(create(name).spec.stems, stems, strict=True))
        figures[way] = {
            "envelope_correlation": envelope_correlation(list(stems), rate),
            "score": msgspec.to_builtins(score(piece.name, rate, named, song.stems)),
        }
    return figures


def find_split(name: str) -> Split:
    """How the latent of these weights is divided."""
    card = find(name).card
    assert card.latent is not None
    return card.latent.split(len(card.stems))


def _separate(song: Material) -> list[NDArray[np.float32]]:
    return [stem for stem in song.stems.values() if stem.any()]


def bends(name: str, mix: NDArray[np.float32], sample_rate: int) -> dict[str, Any]:
    """What each high-variance dimension does to the sum of the stems: change of level, of brightness, and of the whole."""
    plain = played(name, mix, sample_rate, {}).sum(axis=0)
    told: dict[str, Any] = {}
    for k in range(find_split(name).shared):
        for bend, nodes in BENDS.items():
            heard = played(name, mix, sample_rate, {f"dim/{k}/{node}": value for node, value in nodes.items()})
            told[f"{k}/{bend}"] = compared(plain, heard.sum(axis=0), sample_rate)
    return told


def compared(plain: NDArray[np.float32], bent: NDArray[np.float32], sample_rate: int) -> dict[str, float]:
    """Of two sounds (C, T)."""
    levels = [10 * np.log10(np.mean(np.square(x, dtype=float)) + 1e-12) for x in (plain, bent)]
    centres = [_centre_hz(x, sample_rate) for x in (plain, bent)]
    return {
        "level_db": float(levels[1] - levels[0]),
        "brightness_octaves": float(np.log2(centres[1] / centres[0])),
        "log_spectral_distance_db": log_spectral_distance_db(plain, bent),
    }


def _centre_hz(x: NDArray[np.float32], sample_rate: int) -> float:
    """The spectrum's centre of energy."""
    power = np.abs(np.fft.rfft(x, axis=1)) ** 2
    return float((power * np.fft.rfftfreq(x.shape[1], 1 / sample_rate)).sum() / (power.sum() + 1e-12)) + 1.0
