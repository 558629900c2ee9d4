"""The TOML beside an exported graph: `rtsep_models.foreign.onnx_reading` reads it."""

from __future__ import annotations

import json

import onnx

from rtsep_models.weights.card import Card


def sidecar(card: Card, model: onnx.ModelProto, file: str) -> str:
    """What a host must know of `file`, which holds `model`."""
    states = [value.name for value in model.graph.input if value.name != "x"]
    lines = [
        f"# {card.name} {card.version}, exported by rtsep. Licence: {card.licence}",
        f"model = {json.dumps(file)}",
        f"name = {json.dumps(card.name)}",
        f"stems = {json.dumps(card.stems)}",
        f"sample_rates = {json.dumps(card.sample_rates)}",
        f"channels = {card.channels}",
        f"hop = {card.hop}",
        f"delay = {card.latent.delay if card.latent else card.delay}",
        'input = "x"',
        'input_axes = "B C T"',
        'outputs = ["y"]',
        'output_axes = "B S C T"',
        "",
        "[state] # input = output that it becomes; zeros at first",
        *(f"{name} = {json.dumps(name + '_next')}" for name in states),
    ]
    return "\n".join(lines) + "\n"
