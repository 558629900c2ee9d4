"""A set of weights for tests."""

from __future__ import annotations

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


def card(**changes: object) -> Card:
    """The good card with some members changed. Raises WeightsError."""
    return decode_card(msgspec.json.encode(GOOD | changes), "the card")
