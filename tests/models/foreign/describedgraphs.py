"""Graphs for a description, of exactly the shapes that it asks for: with known gains, or random weights."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rtsep_models.foreign.axes import parsed as axes_of
from rtsep_models.foreign.onnx_description import Description, Graph
from rtsep_models.foreign.onnx_reading import parsed
from rtsep_models.foreign.onnx_stage import INPUT_AXES

GAINS = (0.6, 0.3, 0.2, 0.5, 0.4)
"""Of the stems, in the order of the description."""
SMALL = {
    "hop = 1024": "hop = 64",
    "hop = 441": "hop = 27",
    "frames = 132300": "frames = 4000",
    "frames = 512": "frames = 64",
}
SMALL |= {
    "frames = 256": "frames = 64",
    "frames = 128": "frames = 48",
    "bins = 1024": "bins = 64",
    "bins = 2048": "bins = 128",
}
SMALL |= {"hop = 8379": "hop = 600", "fade = 1764": "fade = 100", "ahead = 11025": "ahead = 700"}
SMALL |= {"frame = 4096": "frame = 256", "frame = 6144": "frame = 384", "frame = 16384": "frame = 1024"}


def small(text: str) -> str:
    """A description with every length a sixteenth or so of what it was: probes hear a hundred hops."""
    return re.sub("|".join(map(re.escape, SMALL)), lambda found: SMALL[found[0]], text)


def built(folder: Path, text: str, random: bool = False) -> Path:
    """The TOML, and its graphs beside it. Known gains: each graph gives what it takes, times its stem's of GAINS."""
    path = folder / "described.toml"
    path.write_text(text)
    whole = parsed(path.name, text.encode())
    for index, graph in enumerate(whole.graphs):
        onnx.save(_model(whole, graph, np.random.default_rng(index) if random else None), folder / graph.model)
    return path


def _model(whole: Description, graph: Graph, random: np.random.Generator | None) -> onnx.ModelProto:
    shape = _shape(whole, graph)
    outputs = graph.outputs or ("y",)
    stems = (graph.stem,) if graph.stem else whole.stems
    inner = helper.make_tensor_value_info(graph.input or "x", TensorProto.FLOAT, shape)
    outer = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in outputs]
    nodes, constants = [], []
    for stem, output in zip(stems, outputs, strict=True):
        gain = np.float32(GAINS[whole.stems.index(stem)])
        if random is None:
            constants.append(numpy_helper.from_array(gain, f"{output}.gain"))
            nodes.append(helper.make_node("Mul", [inner.name, f"{output}.gain"], [output]))
            continue
        kernel = random.normal(0.0, 1.0, (shape[1], shape[1], *([3] * (len(shape) - 2)))) / math.sqrt(9 * shape[1])
        constants.append(numpy_helper.from_array(kernel.astype(np.float32), f"{output}.kernel"))
        padding = [1] * 2 * (len(shape) - 2)
        nodes += [
            helper.make_node("Conv", [inner.name, f"{output}.kernel"], [f"{output}.level"], pads=padding),
            helper.make_node("Sigmoid", [f"{output}.level"], [f"{output}.mask"]),
            helper.make_node("Mul", [inner.name, f"{output}.mask"], [output]),
        ]
    made = helper.make_graph(nodes, "net", [inner], outer, constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    return model


def _shape(whole: Description, graph: Graph) -> list[int]:
    """Of the input, from the axes that the description gives it."""
    assert whole.chunked is not None
    frames = graph.frames or whole.chunked.frames
    bins = graph.bins or (graph.frame or whole.length) // 2 + 1
    sizes = {"B": 1, "C": whole.channels, "R": 2, "F": bins, "N": frames, "T": frames}
    axes = axes_of(graph.input_axes or INPUT_AXES[graph.domain])
    return [math.prod(sizes[letter] for letter in group) for group in axes]
