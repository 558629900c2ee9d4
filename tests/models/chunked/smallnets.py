"""The true architectures of the packages at random weights, small, and what a package makes of a signal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import torch
from demucs.apply import BagOfModels, apply_model
from demucs.demucs import Demucs
from demucs.hdemucs import HDemucs
from demucs.htdemucs import HTDemucs
from numpy.typing import NDArray
from openunmix.model import OpenUnmix
from openunmix.model import Separator as UnmixSeparator

from rtsep.separators.builtin import FOUR_STEMS
from rtsep_models.chunked.adapter import ChunkedAdapter
from rtsep_models.separators import demucs, openunmix

SOURCES = ["drums", "bass", "other", "vocals"]
RATE = 44100
CHUNK = 17640
"""0.4 s."""
OVERLAP = 0.25
"""Of the package's own chunks; ours advance by the same 0.3 s."""
LENGTHS = "chunk=0.4,hop=0.3,fade=0.02,ahead=0.04"

Signal = NDArray[np.float32]


def htdemucs(segment: Fraction = Fraction(2, 5)) -> HTDemucs:
    return _seeded(lambda: HTDemucs(SOURCES, channels=8, t_layers=1, t_heads=2, segment=segment))  # pyright: ignore


def hdemucs() -> HDemucs:
    return _seeded(lambda: HDemucs(SOURCES, channels=8))


def time_demucs() -> Demucs:
    return _seeded(lambda: Demucs(SOURCES, channels=8))


def bag() -> BagOfModels:
    """Two networks, each of which speaks for some of the stems."""
    torch.manual_seed(1)
    other = HTDemucs(SOURCES, channels=8, t_layers=1, t_heads=2, segment=Fraction(2, 5))  # pyright: ignore
    return BagOfModels([htdemucs(), other], [[1.0, 0.0, 0.5, 1.0], [0.0, 1.0, 0.5, 0.0]]).eval()


def unmix() -> UnmixSeparator:
    def made() -> UnmixSeparator:
        targets = {stem: OpenUnmix(nb_bins=2049, nb_channels=2, hidden_size=16, max_bin=1487) for stem in FOUR_STEMS}
        return UnmixSeparator(targets, niter=1)

    return _seeded(made)


DEMUCS: dict[str, tuple[str, Callable[[], Any]]] = {
    "HTDemucs": ("htdemucs", htdemucs),
    "HDemucs": ("hdemucs", hdemucs),
    "a bag": ("htdemucs_ft", bag),
}


def demucs_separator(name: str, network: Any) -> ChunkedAdapter:
    return demucs.separator(name, lambda device: demucs.applied(network, device))


def unmix_separator(network: Any) -> ChunkedAdapter:
    return openunmix.separator("openunmix", lambda device: openunmix.applied(network, device))


def by_demucs(network: Any, mix: Signal) -> Signal:
    """The package's own chunks over a signal (C, T), our stems (S, C, T); the last is the rest."""
    with torch.inference_mode():
        tensor = torch.from_numpy(mix)[None]
        found = apply_model(network, tensor, shifts=0, overlap=OVERLAP, segment=CHUNK / RATE)[0].numpy()
    return in_our_order(found, SOURCES, mix)


def by_demucs_alone(network: Any, chunk: Signal) -> Signal:
    """The package's network on one chunk (C, T), our stems."""
    with torch.inference_mode():
        found = apply_model(network, torch.from_numpy(chunk)[None], shifts=0, split=False)[0].numpy()
    return in_our_order(found, SOURCES, chunk)


def by_unmix(network: Any, chunk: Signal) -> Signal:
    """The package's separator on one chunk."""
    with torch.inference_mode():
        found = network.eval()(torch.from_numpy(chunk)[None])[0].numpy()
    return in_our_order(found, list(network.target_models), chunk)


def in_our_order(found: Signal, sources: list[str], mix: Signal) -> Signal:
    stems = np.stack([found[sources.index(stem)] for stem in FOUR_STEMS])
    stems[-1] = mix - stems[:-1].sum(axis=0)
    return stems


def _seeded(make: Callable[[], Any]) -> Any:
    torch.manual_seed(0)
    return make().eval()
