"""From weights on disk to a network in torch, without pickle."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.streaming.contract import Network
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.store import TENSORS, Weights, find

_STORED = (torch.float16, torch.float32)


def load_network(weights: Weights) -> Network:
    """The network of the card with its weights, float32, ready to evaluate. Raises WeightsError."""
    card = weights.card
    try:
        network = build(card.architecture, card.configuration)
    except ConfigError as error:
        raise WeightsError(f"the card in {weights.folder} describes no network that we have: {error}") from error
    fill(network, tensors_of(weights), str(weights.folder))
    return network.eval()


def tensors_of(weights: Weights) -> dict[str, Tensor]:
    """The tensors of a set, by name. Raises WeightsError."""
    return {name: tensor for file in weights.tensor_files() for name, tensor in read_tensors(file).items()}


def starting_tensors(start_from: str) -> dict[str, Tensor]:
    """Those that training begins with: of a file, or of the set of that name. Raises WeightsError."""
    return read_tensors(Path(start_from)) if is_file(start_from) else tensors_of(find(start_from))


def is_file(start_from: str) -> bool:
    """Whether training starts from a file, not from a set."""
    return start_from.endswith(TENSORS)


def read_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of one file, by name. Raises WeightsError."""
    try:
        return load_file(path)
    except (SafetensorError, OSError, ValueError) as error:
        raise WeightsError(f"{path} is no safetensors file, or damaged: {error}; install the set again") from error


def fill(network: Network, tensors: dict[str, Tensor], origin: str) -> None:
    """Put `tensors` into `network`, as float32. Raises WeightsError, naming `origin`, unless every one fits."""
    wanted = network.state_dict()
    missing, foreign = wanted.keys() - tensors.keys(), tensors.keys() - wanted.keys()
    if missing or foreign:
        raise WeightsError(
            f"{origin} holds the weights of another network: {len(missing)} tensors are missing {sorted(missing)[:2]}, "
            f"{len(foreign)} are foreign {sorted(foreign)[:2]}; install the set again"
        )
    for name, tensor in tensors.items():
        if tensor.shape != wanted[name].shape or tensor.dtype not in _STORED:
            raise WeightsError(
                f"{origin}: {name!r} is {tensor.dtype} {tuple(tensor.shape)}, needed is float {tuple(wanted[name].shape)}; "
                "install the set again"
            )
        if not tensor.isfinite().all():
            raise WeightsError(f"{origin}: {name!r} holds NaN or infinity; install the set again")
    network.load_state_dict({name: tensor.float() for name, tensor in tensors.items()})
