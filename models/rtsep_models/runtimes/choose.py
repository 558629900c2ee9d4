"""Which runtime plays a set of weights: measured here and now, or named by the user."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from rtsep.errors import RtsepError, SeparatorError, did_you_mean
from rtsep.kernelcache import use_kernel_cache
from rtsep.separators.api import RUNTIME_VARIABLE
from rtsep_models.runtimes.api import Runtime
from rtsep_models.runtimes.latent import LatentRuntime
from rtsep_models.split import Split
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.store import Weights

if TYPE_CHECKING:
    from rtsep_models.streaming.contract import StreamingModule

KINDS = ("compiled", "onnxruntime", "cuda", "mps", "onnxruntime-int8", "torch")
"""In order of preference where they are about as fast."""
MEASURING_S = 0.8
"""For all runtimes together, their loading apart."""
MEASURED_HOPS = 200
GAIN = 0.8
"""A less preferred runtime must take less than this share of the time: the choice should not hang on chance."""


def graph_names(kind: str, weights: Weights) -> tuple[str, str | None]:
    """Head's and trunk's file for a runtime of ONNX graphs; decoder's and encoder's where there is a latent."""
    variant = ".int8.onnx" if kind.endswith("int8") else ".onnx"
    if weights.card.domain == "latent":
        return f"decoder{variant}", f"encoder{variant}"
    trunk = f"trunk{variant}"
    return f"head{variant}", trunk if weights.has(trunk) else None


def has_kernels(weights: Weights) -> bool:
    """Whether `rtsep_models.compiled` can play its network."""
    card = weights.card
    pairs = card.configuration.get("detail", 0) % 2 == 0
    return card.architecture == "band" and pairs and not card.configuration.get("correction")


def candidates(weights: Weights) -> list[str]:
    """The runtimes worth measuring here. Torch on the CPU is two to five times slower than ONNX Runtime and takes seconds
    to import, so that it is one only where there are no graphs."""
    kinds = [kind for kind in ("onnxruntime", "onnxruntime-int8") if weights.has(graph_names(kind, weights)[0])]
    if has_kernels(weights):
        kinds.append("compiled")
    if find_spec("torch") is not None:
        if _has_cuda_driver():
            kinds.append("cuda")
        if sys.platform == "darwin" and platform.machine() == "arm64":
            kinds.append("mps")
        if not kinds:
            kinds.append("torch")
    return sorted(kinds, key=KINDS.index)


def usable(weights: Weights) -> tuple[str, ...]:
    """Every runtime that may work here, those that are not worth a try by themselves included, in order of preference."""
    torch = ["torch"] if find_spec("torch") is not None else []
    return tuple(sorted({*candidates(weights), *torch}, key=KINDS.index))


def _has_cuda_driver() -> bool:
    """Without importing torch."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def load(kind: str, weights: Weights) -> Runtime:
    """The network of `weights` in one of KINDS; a LatentRuntime where the card has a latent. Raises WeightsError, and
    whatever torch raises."""
    card = weights.card
    onnx = kind.startswith("onnxruntime")
    if card.latent is not None:
        split = card.latent.split(len(card.stems))
        runtimes = _graph_pair(kind, weights, split) if onnx else _network_pair(kind, weights)
        return LatentRuntime(*runtimes, split)
    if kind == "compiled":
        return _compiled(weights)
    if not onnx:
        # Each such import stands where it is needed: torch is optional and takes seconds.
        from rtsep_models.weights.network import load_network

        return _network(kind, load_network(weights), card.shape_in)
    from rtsep_models.runtimes.onnx import OnnxRuntime

    head, trunk = graph_names(kind, weights)
    trunk_path = weights.verified(trunk) if trunk else None
    return OnnxRuntime(weights.verified(head), trunk_path, card.stride, card.shape_in, card.shape_out, _label(kind))


def _compiled(weights: Weights) -> Runtime:
    if not has_kernels(weights):
        raise WeightsError(f"weights {weights.card.name!r} have no compiled kernels; choose another runtime")
    use_kernel_cache()  # before the kernels are defined
    from rtsep_models.compiled.runtime import CompiledRuntime

    return CompiledRuntime(weights)


def _label(kind: str) -> str:
    return "int8" if kind.endswith("int8") else "float32"


def _graph_pair(kind: str, weights: Weights, split: Split) -> tuple[Runtime, Runtime]:
    """Encoder and decoder as graphs."""
    from rtsep_models.runtimes.onnx import OnnxRuntime

    card = weights.card
    decoder, encoder = (weights.verified(name) for name in graph_names(kind, weights) if name)
    between = (1, 1, split.stems, split.size)
    return (
        OnnxRuntime(encoder, None, 1, card.shape_in, (1, 1, 2 * split.size), _label(kind)),
        OnnxRuntime(decoder, None, 1, between, card.shape_out, _label(kind)),
    )


def _network_pair(kind: str, weights: Weights) -> tuple[Runtime, Runtime]:
    """Encoder and decoder in torch."""
    from rtsep_models.networks.rave import Rave
    from rtsep_models.runtimes.steps import parts_of
    from rtsep_models.weights.network import load_network

    network = load_network(weights)
    if not isinstance(network, Rave):
        raise WeightsError(
            f"the card in {weights.folder} speaks of a latent that its network lacks; install the set again"
        )
    parts = parts_of(network)
    return _network(kind, *parts["encoder"]), _network(kind, *parts["decoder"])


def _network(kind: str, network: StreamingModule, shape: tuple[int, ...]) -> Runtime:
    """A network in torch."""
    if kind == "cuda":
        from rtsep_models.runtimes.cuda import CudaRuntime

        return CudaRuntime(network, shape)
    from rtsep_models.runtimes.eager import TorchRuntime

    return TorchRuntime(network, shape, "cpu" if kind == "torch" else kind)


def p99_s(runtime: Runtime, shape: tuple[int, ...], limit_s: float) -> float:
    """p99 of the time of one hop of noise, s; leaves the runtime reset."""
    x = np.random.default_rng(0).normal(0.0, 1.0, shape).astype(np.float32)
    times: list[float] = []
    end = time.perf_counter() + limit_s
    while len(times) < 2 or (time.perf_counter() < end and len(times) < MEASURED_HOPS):
        begin = time.perf_counter()
        runtime.step(x)
        times.append(time.perf_counter() - begin)
    runtime.reset()
    return float(np.percentile(times, 99))


def choose(weights: Weights) -> Runtime:
    """The runtime that RTSEP_RUNTIME names, else the one with the shortest p99 here.

    Raises SeparatorError if there is none, or if the one named is unknown or does not work.
    """
    named = [name.strip() for name in os.environ.get(RUNTIME_VARIABLE, "").split(",") if name.strip()]
    for name in named:
        if name not in KINDS:
            hint = did_you_mean(name, KINDS)
            raise SeparatorError(f"{RUNTIME_VARIABLE} is {name!r}, it must be one of {', '.join(KINDS)}; {hint}")
    kinds = named or candidates(weights)
    if not kinds:
        raise SeparatorError(
            f"weights {weights.card.name!r} have neither graphs nor kernels, and torch is not installed; "
            "pip install 'rtsep[train]'"
        )
    best: tuple[float, Runtime] | None = None
    failures: list[SeparatorError] = []
    for kind in kinds:
        try:
            runtime = _loaded(kind, weights)
            if named or len(kinds) == 1:
                return runtime
            took = p99_s(runtime, weights.card.shape_in, MEASURING_S / len(kinds))
        except SeparatorError as error:
            failures.append(error)
            continue
        if best is None or took < GAIN * best[0]:
            best = took, runtime
    if best is None:
        raise failures[0]
    return best[1]


def _loaded(kind: str, weights: Weights) -> Runtime:
    """As `load`, with every failure as a SeparatorError."""
    try:
        return load(kind, weights)
    except RtsepError:
        raise
    except Exception as error:
        raise SeparatorError(
            f"weights {weights.card.name!r} do not run on {kind}: {type(error).__name__}: {error}; "
            f"name another runtime in {RUNTIME_VARIABLE}"
        ) from error
