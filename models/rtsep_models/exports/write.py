"""From installed weights to files that other hosts play."""

from __future__ import annotations

from pathlib import Path

import msgspec
import onnx

from rtsep_models.exports.nn_protocol import ROWS, NnModule, scripted
from rtsep_models.exports.nn_rave import NnRave
from rtsep_models.exports.nn_separator import NnSeparator
from rtsep_models.exports.onnx_graph import separator_graph
from rtsep_models.exports.sidecar import sidecar
from rtsep_models.networks.rave import Rave
from rtsep_models.weights.card import CARD_FILE, Card, WeightsError
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import Weights


def nn_module(weights: Weights, streams: int = ROWS) -> NnModule:
    """What nn~ plays of `weights`, before it is TorchScript. Raises WeightsError."""
    network, card = load_network(weights), weights.card
    if isinstance(network, Rave):
        return NnRave(network, card, streams)
    return NnSeparator(network, card, streams)


def write_nn(weights: Weights, path: Path, streams: int = ROWS) -> None:
    """Write `path`, for nn~; a batch may have up to `streams` items. The card lies inside, for the licence.

    Raises WeightsError.
    """
    if path.suffix != ".ts":
        raise WeightsError(f"{path} must end in .ts: nn~ adds that to any other name; for ONNX give --format onnx")
    if not 1 <= streams <= ROWS:
        raise WeightsError(f"{streams} streams: must be 1..{ROWS}, the items that nn~ puts into a batch")
    script = scripted(nn_module(weights, streams))
    try:
        script.save(path, _extra_files={CARD_FILE: msgspec.json.encode(weights.card)})
    except RuntimeError as error:  # torch has no other for files
        raise WeightsError(f"{path} cannot be written: {str(error).splitlines()[0]}; check the path") from error


def write_onnx(weights: Weights, folder: Path) -> tuple[Path, Path]:
    """Write NAME.onnx and NAME.toml, which describes it, into `folder`; their paths. Raises WeightsError."""
    card: Card = weights.card
    model = separator_graph(load_network(weights), card)
    model.metadata_props.add(key=CARD_FILE, value=msgspec.json.encode(card).decode())
    graph, description = folder / f"{card.name}.onnx", folder / f"{card.name}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        onnx.save(model, graph)
        description.write_text(sidecar(card, model, graph.name))
    except OSError as error:
        raise WeightsError(f"{folder} cannot be written ({error.strerror}); check the path") from error
    return graph, description
