"""A slimmed graph computes what it did before."""

from __future__ import annotations

from collections import Counter

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from rtsep_models.runtimes.slim import LARGE, halve, slim


def graph(nodes: list[onnx.NodeProto], shape: list[int], **constants: object) -> onnx.ModelProto:
    """A model from `x` of `shape` to `y`, whose shape the checker finds."""
    made = helper.make_graph(
        nodes,
        "test",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    return onnx.shape_inference.infer_shapes(model)


def run(model: onnx.ModelProto, shape: list[int]) -> np.ndarray:
    """`y` for noise."""
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    x = np.random.default_rng(0).normal(0.0, 3.0, shape).astype(np.float32)
    return np.asarray(session.run(["y"], {"x": x})[0])


def node(kind: str, inputs: str, output: str, **attributes: object) -> onnx.NodeProto:
    """`inputs` in one word each."""
    return helper.make_node(kind, inputs.split(), [output], **attributes)


CASES = {
    "renamed to the output": (
        [node("Transpose", "x", "a", perm=[1, 0, 2]), node("Unsqueeze", "a axes", "y")],
        [1, 6, 4],
        {"axes": np.array([0])},
        {"Reshape": 1},
    ),
    "renamed and back": (
        [
            node("Transpose", "x", "a", perm=[2, 1, 0]),
            node("Tanh", "a", "b"),
            node("Transpose", "b", "c", perm=[2, 1, 0]),
            node("Exp", "c", "y"),
        ],
        [6, 1, 1],
        {},
        {"Tanh": 1, "Exp": 1},
    ),
    "one origin under one name twice": (
        [
            node("Unsqueeze", "x axes", "a"),
            node("Unsqueeze", "x axes", "b"),
            node("Exp", "a", "c"),
            node("Tanh", "b", "d"),
            node("Add", "c d", "y"),
        ],
        [6, 4],
        {"axes": np.array([1])},
        {"Reshape": 1, "Exp": 1, "Tanh": 1, "Add": 1},
    ),
    "moved in earnest": ([node("Transpose", "x", "y", perm=[1, 0])], [6, 4], {}, {"Transpose": 1}),
    "softmax across": (
        [node("Softmax", "x", "y", axis=1)],
        [2, 5, 7],
        {},
        {"ReduceMax": 1, "Sub": 1, "Exp": 1, "ReduceSum": 1, "Div": 1},
    ),
    "softmax along": ([node("Softmax", "x", "y", axis=-1)], [2, 5, 7], {}, {"Softmax": 1}),
}


@pytest.mark.parametrize("case", CASES)
def test_less_is_left_and_it_computes_the_same(case: str) -> None:
    nodes, shape, constants, left = CASES[case]
    model = graph(nodes, shape, **constants)
    expected = run(model, shape)
    slimmed = slim(model)
    assert Counter(node.op_type for node in slimmed.graph.node) == left
    np.testing.assert_allclose(run(slimmed, shape), expected, rtol=1e-6)


def test_only_what_loses_nothing_is_stored_in_half_precision() -> None:
    generator = np.random.default_rng(0)
    rounded = generator.normal(size=(1, 2 * LARGE)).astype(np.float16).astype(np.float32)
    exact = generator.normal(size=(1, 2 * LARGE)).astype(np.float32)
    nodes = [node("Mul", "x rounded", "a"), node("Add", "a exact", "b"), node("Mul", "b little", "y")]
    model = graph(nodes, [3, 2 * LARGE], rounded=rounded, exact=exact, little=np.float32([0.5]))
    expected = run(model, [3, 2 * LARGE])
    halved = halve(model)
    kinds = {tensor.name: tensor.data_type for tensor in halved.graph.initializer}
    assert kinds == {"rounded_half": TensorProto.FLOAT16, "exact": TensorProto.FLOAT, "little": TensorProto.FLOAT}
    np.testing.assert_array_equal(run(halved, [3, 2 * LARGE]), expected)
