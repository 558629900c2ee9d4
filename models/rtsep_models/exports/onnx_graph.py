"""A trained separator as one ONNX graph of one hop: samples and state in, stems and state out.

    x (1, C, hop), state_0 ... -> y (1, S, C, hop), state_0_next ...

Nothing is left to the host but to hand each state back: Fourier transforms and windows are in the graph, and the last stem
is what the others leave of the delayed input (of RAVE, it is a decode like the others). A trunk that runs every few hops
stands in an `If`, whose condition is state.
"""

from __future__ import annotations

import tempfile
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from rtsep_models.exports.fourier import factored
from rtsep_models.exports.separation import Frames, HeadStems, SpectrumSeparation, WaveformSeparation
from rtsep_models.exports.steps import FlatStep
from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.export import OPSET
from rtsep_models.runtimes.rewrite import rewritten
from rtsep_models.runtimes.slim import slim
from rtsep_models.runtimes.steps import steps_of
from rtsep_models.streaming.contract import StreamingModule
from rtsep_models.weights.card import Card


def separator_graph(network: StreamingModule, card: Card) -> onnx.ModelProto:
    """The graph, checked by ONNX. State is float32, as many tensors as the network makes convenient, all zeros at first."""
    hop = torch.zeros(1, card.channels, card.hop)
    if isinstance(network, Rave):
        network.settle()
        return _graph(network, "state_0", "y", x=hop)[0]
    steps = steps_of(network)
    if steps.trunk is None:
        kind = SpectrumSeparation if card.domain == "spectrum" else WaveformSeparation
        return _graph(kind(network, card), "state_0", "y", x=hop)[0]
    trunk, head = network.get_submodule("trunk"), network.get_submodule("head")
    frames_model, frames = _graph(Frames(card), "state_0", "frames", x=hop)
    trunk_model, context = _graph(trunk, "state_1", "known", frames=frames)
    head_model, _ = _graph(HeadStems(head, card), "state_2", "y", frames=frames, state_3_next=context, x=hop)
    return _joined(frames_model.graph, trunk_model.graph, head_model.graph, context, steps.stride)


def _graph(step: nn.Module, state: str, output: str, **inputs: Tensor) -> tuple[onnx.ModelProto, Tensor]:
    """One step as a graph, and what it makes of `inputs` from silence."""
    flat = FlatStep(step)
    single = rewritten(factored(flat)).eval()
    tensors = (*inputs.values(), torch.zeros(1, flat.size))
    with warnings.catch_warnings(), torch.no_grad(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")  # as in `rtsep_models.runtimes.export`
        torch.onnx.export(
            single,
            tensors,
            f"{folder}/step.onnx",
            dynamo=False,
            opset_version=OPSET,
            input_names=[*inputs, state],
            output_names=[output, f"{state}_next"],
        )
        model = slim(onnx.load(f"{folder}/step.onnx"))
        used = {name for node in model.graph.node for name in node.input}
        weights = [tensor for tensor in model.graph.initializer if tensor.name in used]
        del model.graph.initializer[:]
        model.graph.initializer.extend(weights)
        return model, single(*tensors)[0]


def _joined(
    frames: onnx.GraphProto, trunk: onnx.GraphProto, head: onnx.GraphProto, context: Tensor, stride: int
) -> onnx.ModelProto:
    """Frames every hop, the trunk every `stride` hops, the head every hop. state_3 is the context, state_4 the phase."""
    for prefix, graph in (("frames/", frames), ("trunk/", trunk), ("head/", head)):
        _prefix(graph, prefix)
    held = helper.make_tensor_value_info("state_3", TensorProto.FLOAT, tuple(context.shape))
    phase = helper.make_tensor_value_info("state_4", TensorProto.FLOAT, (1,))
    memory = trunk.input[1]
    then = helper.make_graph(trunk.node, "run", [], trunk.output, trunk.initializer)
    kept = [helper.make_node("Identity", [value.name], [f"{value.name}_kept"]) for value in (held, memory)]
    waits = helper.make_graph(kept, "wait", [], [_renamed(value, f"{value.name}_kept") for value in (held, memory)])
    nodes = [
        *frames.node,
        helper.make_node("Equal", ["state_4", "phase/0"], ["phase/due"]),
        helper.make_node("If", ["phase/due"], ["state_3_next", "state_1_next"], then_branch=then, else_branch=waits),
        helper.make_node("Add", ["state_4", "phase/1"], ["phase/after"]),
        helper.make_node("Mod", ["phase/after", "phase/stride"], ["state_4_next"], fmod=1),
        *head.node,
    ]
    constants = [
        numpy_helper.from_array(np.array([value], dtype=np.float32), f"phase/{name}")
        for name, value in (("0", 0), ("1", 1), ("stride", stride))
    ]
    graph = helper.make_graph(
        nodes,
        "separator",
        [*frames.input, memory, head.input[-1], held, phase],
        [
            *head.output[:1],
            *frames.output[1:],
            _renamed(memory, "state_1_next"),
            *head.output[1:],
            _renamed(held, "state_3_next"),
            _renamed(phase, "state_4_next"),
        ],
        [*frames.initializer, *head.initializer, *constants],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="rtsep")
    model.ir_version = 9  # that of opset 20
    onnx.checker.check_model(model, full_check=True)
    return model


def _renamed(value: onnx.ValueInfoProto, name: str) -> onnx.ValueInfoProto:
    copy = onnx.ValueInfoProto()
    copy.CopyFrom(value)
    copy.name = name
    return copy


def _prefix(graph: onnx.GraphProto, prefix: str) -> None:
    """Give all values but inputs and outputs a name of their own."""
    public = {value.name for value in (*graph.input, *graph.output)} | {""}
    for node in graph.node:
        node.name = ""  # optional, and must be unique
        for names in (node.input, node.output):
            names[:] = [name if name in public else prefix + name for name in names]
    for tensor in graph.initializer:
        tensor.name = prefix + tensor.name
