"""Makes a set of weights out of a trained network: files, graphs, card."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import torch
from safetensors.torch import save_file
from torch import Tensor

from rtsep_models.runtimes.cost import macs_per_hop
from rtsep_models.runtimes.export import export
from rtsep_models.streaming.contract import StreamingModule
from rtsep_models.weights.card import Card, FileEntry, write_card
from rtsep_models.weights.network import fill

SHARD = 15 << 20
"""Bytes; a file in the repository stays below 16 MiB."""


def pack(
    network: StreamingModule, card: Card, folder: Path, half: bool = True, graphs: bool = True, int8: bool = False
) -> Card:
    """Write the set into `folder` and return its card, in which cost, latency and files are filled in.

    `half` rounds the weights to half precision (the network's own too); `graphs` adds the ONNX graphs, `int8` their
    quantised variants. What another set left in `folder` is deleted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*"):
        if path.suffix in (".safetensors", ".onnx"):
            path.unlink()
    network.float().cpu().eval()
    stored = torch.float16 if half else torch.float32
    tensors = {name: tensor.to(stored).contiguous() for name, tensor in network.state_dict().items()}
    fill(network, tensors, "the network to be packed")
    shards = _shards(tensors)
    names = ["network.safetensors"] if len(shards) == 1 else [f"network-{i}.safetensors" for i in range(len(shards))]
    for name, shard in zip(names, shards, strict=True):
        save_file(shard, folder / name)
    if graphs:
        names += export(network, card.shape_in, folder, half, int8)
    rate = card.sample_rates[0]
    filled = msgspec.structs.replace(
        card,
        latency_ms=1e3 * (card.hop + card.delay) / rate,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
        mac_per_s=macs_per_hop(network, card.shape_in) * rate / card.hop,
        files={name: _entry(folder / name) for name in names},
    )
    write_card(folder, filled)
    return filled


def _shards(tensors: dict[str, Tensor]) -> list[dict[str, Tensor]]:
    """The tensors in files of at most `SHARD` bytes each, unless a single one is larger."""
    shards: list[dict[str, Tensor]] = [{}]
    size = 0
    for name, tensor in tensors.items():
        if size + tensor.nbytes > SHARD and shards[-1]:
            shards.append({})
            size = 0
        shards[-1][name] = tensor
        size += tensor.nbytes
    return shards


def _entry(path: Path) -> FileEntry:
    raw = path.read_bytes()
    return FileEntry(hashlib.sha256(raw).hexdigest(), len(raw))
