"""Makes a set of weights out of a trained network: files, graphs, card."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.api import Runtime
from rtsep_models.runtimes.cost import macs_per_hop
from rtsep_models.runtimes.eager import TorchRuntime
from rtsep_models.runtimes.export import HEAD, TRUNK, export
from rtsep_models.runtimes.onnx import OnnxRuntime
from rtsep_models.runtimes.steps import parts_of
from rtsep_models.streaming.contract import Network
from rtsep_models.weights.card import Card, FileEntry, WeightsError, write_card
from rtsep_models.weights.network import fill

AGREEMENT = 1e-3
"""Largest difference between graphs and network, relative to the largest value."""
SHARD = 15 << 20
"""Bytes; a file in the repository stays below 16 MiB."""


def pack(
    network: Network, card: Card, folder: Path, half: bool = True, graphs: bool = True, int8: bool = False
) -> Card:
    """Write the set into `folder` and return its card, in which cost, latency and files are filled in.

    `half` rounds the weights to half precision (the network's own too); `graphs` adds the ONNX graphs, `int8` their
    quantised variants. What another set left in `folder` is deleted. Raises WeightsError if the graphs came out wrong.
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
        _check_graphs(network, card, folder)
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


def _check_graphs(network: Network, card: Card, folder: Path) -> None:
    """Raise WeightsError unless the graphs do as the network does: exporters err."""
    threads = torch.get_num_threads()
    if isinstance(network, Rave):
        for name, part in parts_of(network).items():
            eager = TorchRuntime(part.network, part.shape)
            shape = eager.step(np.zeros(part.shape, np.float32)).shape
            eager.reset()
            _compare(OnnxRuntime(folder / f"{name}.onnx", None, 1, part.shape, shape), eager, part.shape, 4, folder)
    else:
        trunk = folder / TRUNK
        graphs = OnnxRuntime(
            folder / HEAD, trunk if trunk.exists() else None, card.stride, card.shape_in, card.shape_out
        )
        _compare(graphs, TorchRuntime(network, card.shape_in), card.shape_in, 2 * card.stride, folder)
    torch.set_num_threads(threads)


def _compare(graphs: Runtime, eager: Runtime, shape: tuple[int, ...], hops: int, folder: Path) -> None:
    generator = np.random.default_rng(0)
    for _ in range(hops):
        x = generator.normal(0.0, 1.0, shape).astype(np.float32)
        expected, got = eager.step(x), graphs.step(x)
        error = np.abs(got - expected).max() / np.abs(expected).max()
        if not error <= AGREEMENT:
            raise WeightsError(
                f"the graphs exported to {folder} differ from the network by {error:.1e}, more than {AGREEMENT:.0e}; "
                "rewrite what torch's exporter does not understand, or pack without graphs"
            )


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
