"""ONNX Runtime on the CPU: one thread, no spinning, all inputs, outputs and states bound to fixed memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from rtsep_models.runtimes.api import Array
from rtsep_models.runtimes.state import FlatState
from rtsep_models.weights.card import WeightsError

WARM_UP = 8
"""Runs at load: the first ones plan and allocate memory."""


def session_options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.log_severity_level = 3
    return options


class _Graph:
    """One exported graph. Its state has two homes: each run reads one and writes the other."""

    def __init__(self, path: Path, inputs: dict[str, Array], shape: tuple[int, ...] | None = None) -> None:
        """`inputs` by name; the graph's other inputs are its state. `shape`: of `y`, if known. Raises WeightsError."""
        try:
            self._session = onnxruntime.InferenceSession(path, session_options(), providers=["CPUExecutionProvider"])
        except Exception as error:  # its errors share no base class
            raise WeightsError(f"{path} cannot be loaded by ONNX Runtime: {error}; install the set again") from error
        given = {node.name: node for node in self._session.get_inputs()}
        outputs = {node.name: node for node in self._session.get_outputs()}
        states = [name for name in given if name.startswith("state_")]
        for name, array in inputs.items():
            self._check(path, name, given[name].shape if name in given else None, array.shape)
        for name in states:
            after = f"{name}_next"
            self._check(path, after, outputs[after].shape if after in outputs else None, given[name].shape)
        if given.keys() - inputs.keys() - set(states) or "y" not in outputs:
            raise WeightsError(
                f"{path}: inputs {list(given)} and outputs {list(outputs)} are foreign; install the set again"
            )
        self._check(path, "y", outputs["y"].shape, outputs["y"].shape if shape is None else shape)
        self.y = np.zeros(outputs["y"].shape, dtype=np.float32)
        self._homes = [FlatState([tuple(given[name].shape) for name in states]) for _ in range(2)]
        self._bindings = [
            self._bind(inputs, dict(zip(states, a.views, strict=True)), dict(zip(states, b.views, strict=True)))
            for a, b in (self._homes, self._homes[::-1])
        ]
        self._now = 0

    @staticmethod
    def _check(path: Path, name: str, found: object, wanted: object) -> None:
        if found is None or list(found) != list(wanted):  # type: ignore[call-overload]
            raise WeightsError(f"{path}: {name!r} has shape {found}, needed is {wanted}; install the set again")

    def _bind(
        self, inputs: dict[str, Array], before: dict[str, Array], after: dict[str, Array]
    ) -> onnxruntime.IOBinding:
        binding = self._session.io_binding()
        for name, array in (inputs | before).items():
            binding.bind_input(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)
        for name, array in ({"y": self.y} | {f"{name}_next": array for name, array in after.items()}).items():
            binding.bind_output(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)
        return binding

    def run(self) -> None:
        """Inputs and state to `y` and the next state."""
        self._session.run_with_iobinding(self._bindings[self._now])
        self._now = 1 - self._now
        self._homes[self._now].flush()

    def reset(self) -> None:
        for home in self._homes:
            home.reset()
        self._now = 0


class OnnxRuntime:
    """A network as exported by `rtsep_models.runtimes.export`. Needs no torch."""

    def __init__(
        self,
        head: Path,
        trunk: Path | None,
        stride: int,
        shape_in: tuple[int, ...],
        shape_out: tuple[int, ...],
        label: str = "float32",
    ) -> None:
        """Shapes are those of one hop. Warms up. Raises WeightsError if a file is not what it should be."""
        self.name = f"onnxruntime cpu {label}"
        self._x = np.zeros(shape_in, dtype=np.float32)
        self._trunk = None if trunk is None else _Graph(trunk, {"x": self._x})
        context = {} if self._trunk is None else {"context": self._trunk.y}
        self._head = _Graph(head, {"x": self._x} | context, shape_out)
        self._stride = stride
        self._phase = 0
        for _ in range(WARM_UP):
            self.step(self._x)
        self.reset()

    def step(self, x: Array) -> Array:
        """One hop. Allocates nothing of its own."""
        np.copyto(self._x, x)
        if self._trunk is not None and self._phase == 0:
            self._trunk.run()
        self._phase = (self._phase + 1) % self._stride
        self._head.run()
        return self._head.y

    def reset(self) -> None:
        """Zero the state; the trunk runs with the next hop."""
        self._head.reset()
        if self._trunk is not None:
            self._trunk.reset()
            self._trunk.y.fill(0.0)
        self._phase = 0
