"""What the tests of networks try with each: a little training, and its graph beside the network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from rtsep_models.runtimes.eager import TorchRuntime
from rtsep_models.runtimes.export import HEAD, export
from rtsep_models.runtimes.onnx import OnnxRuntime
from rtsep_models.streaming.contract import Network


def errors_in_training(network: Network, x: Tensor, target: Tensor, rate: float, steps: int = 30) -> list[float]:
    """Mean absolute errors of so many steps with one batch, in bfloat16."""
    network.train()
    optimiser = torch.optim.Adam(network.parameters(), rate)
    errors = []
    for _ in range(steps):
        with torch.autocast("cpu", torch.bfloat16):
            error = (network(x) - target).abs().mean()
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
        errors.append(error.item())
    return errors


def check_graph(network: Network, hops: Iterable[Tensor], folder: Path, rtol: float = 1e-4) -> None:
    """The graph exported to `folder` gives for these hops, one after the other, what the network gives, to 1e-5 and `rtol`."""
    hops = list(hops)
    with torch.no_grad():
        shape_in, shape_out = tuple(hops[0].shape), tuple(network(hops[0]).shape)
    export(network, shape_in, folder)
    graph, eager = OnnxRuntime(folder / HEAD, None, 1, shape_in, shape_out), TorchRuntime(network, shape_in)
    for hop in hops:
        x = np.ascontiguousarray(hop.numpy())
        np.testing.assert_allclose(graph.step(x), eager.step(x), atol=1e-5, rtol=rtol)
