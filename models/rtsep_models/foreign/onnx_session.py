"""One ONNX graph with its state, its constants and its parameters. Separator process or probe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from rtsep.errors import SeparatorError
from rtsep_models.foreign.axes import Array
from rtsep_models.foreign.onnx_description import Graph
from rtsep_models.runtimes.onnx import session_options

TYPES = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
}


class OnnxSession:
    """Runs once a hop."""

    def __init__(self, path: Path, graph: Graph, knobs: dict[str, float]) -> None:
        """`knobs`: inputs that are parameters, with their values now. Raises SeparatorError."""
        self._name = graph.model
        try:
            self._session = onnxruntime.InferenceSession(path, session_options(), providers=["CPUExecutionProvider"])
        except Exception as error:  # its errors share no base class
            raise SeparatorError(f"{graph.model} cannot be loaded by ONNX Runtime: {str(error)[:300]}") from error
        self._inputs = {node.name: node for node in self._session.get_inputs()}
        there = [node.name for node in self._session.get_outputs()]
        self._graph = graph
        self._feeds: dict[str, Any] = {}
        mine = {
            name: value for name, value in knobs.items() if name in self._inputs
        }  # of a series each graph has its own
        for name, value in {**graph.constants, **mine}.items():
            self._feeds[name] = self._filled(name, value)
        self._check("state", list(graph.state), list(self._inputs))
        self._check("state", list(graph.state.values()), there)
        free = [name for name in self._inputs if name not in graph.state and name not in self._feeds]
        self.input = graph.input or (free[0] if len(free) == 1 else "")
        self._check("input", [self.input], free)
        rest = [name for name in free if name != self.input]
        if rest:
            raise SeparatorError(
                f"{self._name}: input {rest[0]!r} is neither state, constant nor parameter; say which in the TOML"
            )
        self.outputs = graph.outputs or tuple(name for name in there if name not in graph.state.values())[:1]
        self._check("outputs", list(self.outputs), there)
        self.type = self._type(self.input)
        self.reset()

    def _check(self, key: str, names: list[str], there: list[str]) -> None:
        unknown = [name for name in names if name not in there]
        if unknown or (not names and key == "outputs"):
            raise SeparatorError(
                f"{self._name}: {key} {(unknown or [''])[0]!r} is not in the graph, which has {', '.join(there)}; correct it"
            )

    def _type(self, name: str) -> Any:
        kind = self._inputs[name].type
        if kind not in TYPES:
            raise SeparatorError(
                f"{self._name}: input {name!r} is {kind}, which is not supported; export it as float32"
            )
        return TYPES[kind]

    def _shape(self, name: str) -> list[int]:
        given = self._graph.shapes.get(name)
        shape = list(given) if given is not None else list(self._inputs[name].shape)
        # An axis of any length at the front is the batch.
        shape[:1] = [size if isinstance(size, int) else 1 for size in shape[:1]]
        if any(not isinstance(size, int) for size in shape):
            raise SeparatorError(
                f"{self._name}: {name!r} has the open shape {shape}; say it in the TOML: shapes.{name} = [...]"
            )
        return shape

    def _filled(self, name: str, value: float | list[float]) -> Any:
        self._check("constants and parameters:", [name], list(self._inputs))
        try:
            return np.broadcast_to(np.asarray(value, dtype=self._type(name)), self._shape(name)).copy()
        except ValueError:
            raise SeparatorError(
                f"{self._name}: {name!r} has shape {self._shape(name)}, {value} does not fit"
            ) from None

    def reset(self) -> None:
        """State as at first."""
        self._feeds |= {name: np.zeros(self._shape(name), dtype=self._type(name)) for name in self._graph.state}

    def set(self, name: str, value: float) -> None:
        """A parameter's input."""
        if name in self._feeds:
            self._feeds[name].fill(value)

    def _fits(self, shape: tuple[int, ...]) -> None:
        wanted = self._inputs[self.input].shape
        same = len(wanted) == len(shape) and all(
            not isinstance(size, int) or size == mine for size, mine in zip(wanted, shape, strict=True)
        )
        if not same:
            raise SeparatorError(
                f"{self._name}: {self.input!r} takes the shape {list(wanted)}, the TOML makes {list(shape)} of a sound; "
                "correct its frame, frames, bins, channels or input_axes"
            )

    def run(self, x: Array) -> list[Array]:
        """Input to outputs; the state advances. Raises SeparatorError for a shape that the graph does not take."""
        self._fits(x.shape)
        wanted = [*self.outputs, *self._graph.state.values()]
        got: list[Any] = self._session.run(  # type: ignore[assignment] # tensors alone
            wanted, self._feeds | {self.input: x.astype(self.type, copy=False)}
        )
        states = got[len(self.outputs) :]
        for name, after in zip(self._graph.state, states, strict=True):
            if np.shape(after) != self._feeds[name].shape:
                raise SeparatorError(
                    f"{self._name}: state {name!r} grew to {np.shape(after)}; a state must keep its shape"
                )
            self._feeds[name] = after
        return [np.asarray(y, dtype=np.float32) for y in got[: len(self.outputs)]]
