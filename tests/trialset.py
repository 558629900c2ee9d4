"""Sets of weights for tests: small networks with random weights, packed as trained ones are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from rtsep_models.weights.card import Card, decode_card

GOOD: dict[str, Any] = {
    "name": "trial",
    "version": "1",
    "tier": "stage",
    "architecture": "band",
    "configuration": {"stride": 4},
    "analysis": 2048,
    "synthesis": 256,
    "hop": 128,
    "delay": 128,
    "stride": 4,
    "licence": "CC-BY-4.0",
    "training": {"steps": 10, "audio_s": 80.0, "commit": "0" * 7, "sources": [{"name": "album", "licence": "CC0"}]},
    "latency_ms": 5.8,
    "parameters": 1000,
    "mac_per_s": 1e9,
    "files": {"head.onnx": {"sha256": "0" * 64, "size": 10}},
}
BAND = {"layout": [[2, 8], [4, 8], [8, 4], [32, 1]], "width": 16, "hidden": 12, "song": 20, "fresh": 8, "head": 16}
SETS: dict[str, dict[str, Any]] = {
    "two_rate": {"configuration": BAND | {"stride": 4}, "stride": 4, "synthesis": 64, "delay": 32},
    "one_rate": {"configuration": BAND | {"stride": 1, "correction": True}, "stride": 1, "synthesis": 128, "delay": 96},
    "cues": {
        "configuration": BAND | {"stride": 2, "detail": 6, "layers": 1},
        "stride": 2,
        "synthesis": 64,
        "delay": 32,
    },
    "no_song": {
        "configuration": BAND | {"stride": 4, "song": 0, "layout": [[2, 1]] * 11 + [[4, 3]]},
        "stride": 4,
        "synthesis": 64,
        "delay": 32,
    },
    "waveform": {
        "architecture": "hs_tasnet",
        "configuration": {"window": 64, "hop": 32, "bases": 24, "width": 20},
        "domain": "waveform",
        "stride": 1,
        "analysis": 64,
        "synthesis": 64,
        "delay": 32,
    },
}
"""Two rates and one, with and without cues, few groups of bands and more than ten, windows of two hops and of four, spectra
and waveforms."""
COMPILED = "two_rate", "cues", "no_song"
"""Those that there are kernels for."""
FILTERED = {"filtered": SETS["one_rate"] | {"wiener": True}}
"""Sets with a filter behind the network."""
LATENTS: dict[str, dict[str, Any]] = {
    "latent_trial": {
        "architecture": "rave",
        "configuration": {"private": 3, "shared": 2, "widths": [6, 8], "strides": [2], "dilations": [[1], [1, 2]]},
        "domain": "latent",
        "latent": {"private": 3, "shared": 2, "delay": 48},
        "stride": 1,
        "analysis": 256,
        "synthesis": 96,
        "delay": 64,
        "hop": 32,
    },
}
"""Sets with a latent to play."""


def card(**changes: object) -> Card:
    """The good card with some members changed. Raises WeightsError."""
    return decode_card(msgspec.json.encode(GOOD | changes), "the card")


def trial_card(name: str) -> Card:
    """The card of one of SETS, FILTERED or LATENTS, without files."""
    return card(**{"name": name, "analysis": 256, "hop": 32, "files": {}} | (SETS | FILTERED | LATENTS)[name])


def pack_trial(name: str, folder: Path, **options: bool) -> Card:
    """One of SETS, FILTERED or LATENTS with random weights in `folder / name`; its card."""
    # Here, not above: the tests of cards and downloads have no use for torch.
    import torch

    from rtsep_models.networks import build
    from rtsep_models.weights.pack import pack

    blank = trial_card(name)
    torch.manual_seed(0)
    network = build(blank.architecture, blank.configuration)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter *= 1.5  # fresh networks hardly touch what they hear
    return pack(network, blank, folder / name, **options)
