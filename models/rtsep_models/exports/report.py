"""What `rtsep models export` prints: what the files offer and what they cost on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

import numpy as np
import onnxruntime
import torch

from rtsep_models.exports.steps import quiet
from rtsep_models.weights.card import Card

BLOCKS = (1, 16)
"""Of so many hops: the shortest, and about what nn~ takes by default."""
WARM_UP = 4
"""Calls at each length, in which TorchScript looks at what it is given and makes itself quicker."""
RUNS = 32
"""Of which a trunk that runs every few hops has its share."""


def nn_lines(path: Path, card: Card) -> list[str]:
    """A line for the file and one for each method, on one thread of this machine."""
    with quiet():
        module = torch.jit.load(path)
    lines = [f"{path}: {path.stat().st_size / 2**20:.1f} MiB, nn~ at {_rates(card)}"]
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for method in module.get_methods():
            inputs, in_ratio, outputs, out_ratio = getattr(module, f"{method}_params").tolist()
            costs = []
            for hops in BLOCKS:
                length = hops * card.hop
                x = 0.1 * torch.randn(1, inputs, length // in_ratio)
                costs.append(_cost(lambda x=x, method=method: getattr(module, method)(x), length, card))
            pace = "" if in_ratio == out_ratio else f", one for {max(in_ratio, out_ratio)}"
            shape = f"{inputs} to {outputs} signals{pace}"
            lines.append(f"  {method:<9} {shape}; " + "; ".join(costs))
    finally:
        torch.set_num_threads(threads)
    attributes = module.get_attributes()
    if attributes:
        lines.append(f"  attributes {' '.join(attributes)}")
    return lines


def onnx_lines(path: Path, description: Path, card: Card) -> list[str]:
    """The same for a graph."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    names = [node.name for node in session.get_outputs()]
    feed = {node.name: np.zeros(node.shape, dtype=np.float32) for node in session.get_inputs()}
    feed["x"] += np.random.default_rng(0).normal(0.0, 0.1, feed["x"].shape)

    def hop() -> None:
        found = dict(zip(names, session.run(None, feed), strict=True))
        feed.update({name: found[f"{name}_next"] for name in feed if name != "x"})

    return [
        f"{path}: {path.stat().st_size / 2**20:.1f} MiB, {len(feed) - 1} states; {description}",
        f"  {_cost(hop, card.hop, card)}",
    ]


def _rates(card: Card) -> str:
    return " or ".join(f"{rate / 1000:g} kHz" for rate in card.sample_rates)


def _cost(run: Callable[[], object], length: int, card: Card) -> str:
    """Mean time of a call against the time that its block lasts at the highest sample rate.

    Of the processor's time, not the clock's: other programs that run meanwhile are no part of what it costs.
    """
    times = []
    with torch.inference_mode():
        for _ in range(WARM_UP + RUNS):
            begin = time.thread_time()
            run()
            times.append(time.thread_time() - begin)
    took_ms, due_ms = 1e3 * fmean(times[WARM_UP:]), 1e3 * length / max(card.sample_rates)
    return f"{length} samples in {took_ms:.2f} ms of {due_ms:.2f}, {took_ms / due_ms:.0%}"
