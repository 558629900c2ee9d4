"""A network as ONNX graphs of one hop each, with its state as named inputs `state_0 ...` and outputs `state_0_next ...`.

`head.onnx` runs every hop: `x` (and `context`) to `y`. A two-rate network has `trunk.onnx` besides, which runs every
`stride` hops: `x` to `y`, the head's next context. One with a latent has `encoder.onnx` and `decoder.onnx` instead, between
which the latent is played. Batch of one, float32, whatever the weights are stored in.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.rewrite import rewritten
from rtsep_models.runtimes.slim import halve, slim
from rtsep_models.runtimes.steps import parts_of, steps_of
from rtsep_models.streaming.contract import StreamingModule

OPSET = 20
HEAD, TRUNK = "head.onnx", "trunk.onnx"


def export(
    network: StreamingModule, shape: tuple[int, ...], folder: Path, half: bool = False, int8: bool = False
) -> list[str]:
    """Write the graphs of `network` into `folder`; their file names. `shape`: of one hop of input, `Card.shape_in`.

    `half` stores in half precision the weights that lose nothing by it; `int8` adds `NAME.int8.onnx`, with products in 8
    bits. Its scales are those of whole tensors: ONNX Runtime knows no others for the batched products of the bands.
    """
    written = []
    for name, model in _models(network, shape).items():
        if int8:
            written.append(name.replace(".onnx", ".int8.onnx"))
            with _quiet():
                quantize_dynamic(model, folder / written[-1], weight_type=QuantType.QInt8)
        written.append(name)
        onnx.save(halve(model) if half else model, folder / name)
    return written


def _models(network: StreamingModule, shape: tuple[int, ...]) -> dict[str, onnx.ModelProto]:
    """The graphs by file name."""
    if isinstance(network, Rave):
        return {f"{name}.onnx": _models(part.network, part.shape)[HEAD] for name, part in parts_of(network).items()}
    steps = steps_of(network)
    x = torch.zeros(shape)
    state = tuple(tensor.float().cpu() for tensor in steps.state)
    if steps.trunk is None:
        return {HEAD: _graph(steps.head, {"x": x}, state)}
    with torch.no_grad():
        context = steps.trunk.float().cpu()(x, *state)[0]
    return {
        TRUNK: _graph(steps.trunk, {"x": x}, state),
        HEAD: _graph(steps.head, {"x": x, "context": context}, ()),
    }


@contextmanager
def _quiet() -> Iterator[None]:
    """The quantiser advises on the root logger."""
    logger, level = logging.getLogger(), logging.getLogger().level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _graph(step: nn.Module, inputs: dict[str, Tensor], state: tuple[Tensor, ...]) -> onnx.ModelProto:
    """One step as a graph."""
    names = [f"state_{index}" for index in range(len(state))]
    with warnings.catch_warnings(), torch.no_grad(), tempfile.TemporaryDirectory() as folder:
        # Shapes are fixed on purpose, which the tracer doubts. The exporter built on torch.export, which this one is
        # deprecated for, gives the same graph with a tenth more nodes and takes eight times as long.
        warnings.simplefilter("ignore")
        path = f"{folder}/step.onnx"
        torch.onnx.export(
            rewritten(step),
            (*inputs.values(), *state),
            path,
            dynamo=False,
            opset_version=OPSET,
            input_names=[*inputs, *names],
            output_names=["y", *(f"{name}_next" for name in names)],
        )
        return slim(onnx.load(path))
