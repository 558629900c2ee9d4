"""Makes an exported graph of fixed shapes smaller and quicker, without changing what it computes."""

from __future__ import annotations

import tempfile
from math import prod

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper, shape_inference

LARGE = 256
"""Constants of more elements are stored in half precision."""
_RESHAPES = {"Reshape", "Squeeze", "Unsqueeze", "Flatten", "Identity"}


def slim(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with plain steps for what ONNX Runtime does slowly, and one Reshape for whatever only renames axes:
    transpositions that move axes of length 1 are such, and a graph of one hop is full of them.

    Of the flagship's time it takes off a tenth.
    """
    _spell_out_softmax(model.graph)
    model = shape_inference.infer_shapes(_folded(model), data_prop=True)
    graph = model.graph
    shapes = _shapes(graph)
    outputs = {value.name for value in graph.output}
    source = {}
    for node in graph.node:
        if _only_renames(node, shapes):
            origin = node.input[0]
            source[node.output[0]] = source.get(origin, origin)
    kept: list[onnx.NodeProto] = []
    reshaped: dict[tuple[str, tuple[int, ...]], str] = {}
    for node in graph.node:
        if node.output[0] in source:
            if node.output[0] in outputs:
                kept.append(_reshape(graph, source[node.output[0]], shapes[node.output[0]], node.output[0]))
            continue
        for index, name in enumerate(node.input):
            if name not in source:
                continue
            origin, shape = source[name], shapes[name]
            if shapes[origin] == shape:
                node.input[index] = origin
                continue
            if (origin, shape) not in reshaped:
                reshaped[origin, shape] = name
                kept.append(_reshape(graph, origin, shape, name))
            node.input[index] = reshaped[origin, shape]
        kept.append(node)
    del graph.node[:]
    graph.node.extend(kept)
    del graph.value_info[:]
    onnx.checker.check_model(model)
    return model


def _spell_out_softmax(graph: onnx.GraphProto) -> None:
    """Over any axis but the last ONNX Runtime transposes there and back: eight times as long as these steps."""
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        axis = next((a.i for a in node.attribute if a.name == "axis"), -1)
        if node.op_type != "Softmax" or axis == -1:
            nodes.append(node)
            continue
        x, y = node.input[0], node.output[0]
        axes, top, low, raised, total = (f"{y}_{part}" for part in ("axes", "top", "low", "raised", "total"))
        graph.initializer.append(numpy_helper.from_array(np.array([axis], dtype=np.int64), axes))
        nodes += [
            helper.make_node("ReduceMax", [x, axes], [top], keepdims=1),
            helper.make_node("Sub", [x, top], [low]),
            helper.make_node("Exp", [low], [raised]),
            helper.make_node("ReduceSum", [raised, axes], [total], keepdims=1),
            helper.make_node("Div", [raised, total], [y]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)


def _folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Constants computed, by ONNX Runtime, which can write down what it makes of a graph."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        options.optimized_model_filepath = f"{folder}/folded.onnx"
        onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)


def _shapes(graph: onnx.GraphProto) -> dict[str, tuple[int, ...]]:
    """Every value's shape, as far as it is known to be fixed."""
    found = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    for value in (*graph.input, *graph.output, *graph.value_info):
        kind = value.type.tensor_type
        if kind.HasField("shape") and all(axis.HasField("dim_value") for axis in kind.shape.dim):
            found[value.name] = tuple(axis.dim_value for axis in kind.shape.dim)
    return found


def _only_renames(node: onnx.NodeProto, shapes: dict[str, tuple[int, ...]]) -> bool:
    """Whether the output holds the input's numbers in their order, under another shape that is known."""
    if not node.input or not {node.output[0], node.input[0]} <= shapes.keys():
        return False
    before, after = shapes[node.input[0]], shapes[node.output[0]]
    if node.op_type in _RESHAPES or node.op_type == "Expand":
        return prod(before) == prod(after)
    if node.op_type == "Transpose":
        order = next(a.ints for a in node.attribute if a.name == "perm")
        long = [axis for axis in order if before[axis] != 1]
        return long == sorted(long)
    return False


def _reshape(graph: onnx.GraphProto, origin: str, shape: tuple[int, ...], name: str) -> onnx.NodeProto:
    target = f"{name}_shape"
    graph.initializer.append(numpy_helper.from_array(np.array(shape, dtype=np.int64), target))
    return helper.make_node("Reshape", [origin, target], [name], name=f"{name}_reshape")


def halve(model: onnx.ModelProto) -> onnx.ModelProto:
    """Stores in half precision whatever large constants lose nothing by it, as weights that were rounded before; ONNX
    Runtime turns them back at load and computes in single precision."""
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != onnx.TensorProto.FLOAT or prod(tensor.dims) <= LARGE:
            continue
        name, value = tensor.name, numpy_helper.to_array(tensor)
        half = value.astype(np.float16)
        if not np.array_equal(half.astype(np.float32), value):
            continue
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=onnx.TensorProto.FLOAT, name=f"{name}_cast"))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model
