"""Plays TorchScript for nn~ (RAVE and others). Separator process or probe."""

from __future__ import annotations

import contextlib
from pathlib import Path

import torch
from torch import Tensor

from rtsep.separators.api import Audio
from rtsep.separators.dims import Dims, dim_parameters
from rtsep_models.foreign import nn_file, torchscript
from rtsep_models.foreign.api import Facts, osc_name
from rtsep_models.foreign.names import stems_of_labels
from rtsep_models.foreign.nn_attributes import Attributes

MOST_DIMS = 40
"""Dimensions of a latent that have knobs: four each, beside those of attributes."""
STATE = (".pad", ".cache")
"""How the names of buffers end that hold the past; a host resets a model by zeroing them."""


class NnCore:
    """One method of one file, or `encode` and `decode` with the latent in between: dimensions as in `Dims`."""

    def __init__(self, path: Path, rest: str = "") -> None:
        """`rest`: the method and the rate, as `:forward@44100`. Loads. Raises SeparatorError."""
        wanted, rate = nn_file.parse_choice(rest)
        self._module = torchscript.load(path)
        methods = nn_file.methods_of(self._module)
        chosen = nn_file.choose(methods, wanted)
        rates, doubt = nn_file.rates_of(self._module, rate)
        latent = chosen == nn_file.LATENT
        first, last = (methods["encode"], methods["decode"]) if latent else (methods[chosen], methods[chosen])
        self._calls = [getattr(self._module, method.name) for method in dict.fromkeys((first, last))]
        self._ratio = first.out_ratio
        self._dims = Dims(min(first.outputs, MOST_DIMS)) if latent else None
        channels = 1 if first.inputs == 1 else first.inputs
        stems = stems_of_labels(last.labels, channels) if last.outputs > first.inputs else ()
        names = nn_file.attributes_of(self._module)
        self._attributes = Attributes(self._module, names, self._stems_of_any(methods, channels))
        knobs = tuple(self._attributes.parameters)
        if self._dims is not None:
            knobs += tuple(knob for k in range(self._dims.scope.shape[1]) for knob in dim_parameters(k))
        self.facts = Facts(
            kind="nn~",
            name=osc_name(path.stem),
            inputs=first.inputs,
            outputs=last.outputs,
            hop=nn_file.hop_of(methods),
            sample_rates=rates,
            stems=stems,
            parameters=knobs,
            details={
                "plays": chosen,
                **{f"method {name}": str(method) for name, method in methods.items()},
                **({"attributes": " ".join(names)} if names else {}),
            },
            doubts=(doubt,) if doubt else (),
        )

    @staticmethod
    def _stems_of_any(methods: dict[str, nn_file.Method], channels: int) -> tuple[str, ...]:
        separate = methods.get("separate")
        return stems_of_labels(separate.labels, channels) if separate else ()

    @property
    def scope(self) -> Audio | None:
        """The latent as `rtsep.separators.api` has it."""
        return None if self._dims is None else self._dims.scope

    def prepare(self, sample_rate: int) -> None:
        """Tell the model its rate, if it wants to know."""
        if hasattr(self._module, "set_sample_rate"):
            with torch.inference_mode(), contextlib.suppress(Exception):  # it has one of its own
                self._module.set_sample_rate(sample_rate)

    def run(self, x: Audio) -> Audio:
        """One hop."""
        with torch.inference_mode():
            y: object = torchscript.tensor(x)[None]
            for index, call in enumerate(self._calls):
                y = call(y)
                if index < len(self._calls) - 1:
                    y = self._bent(y)
        flat = torchscript.audio(y, "the method")
        return flat[0] if flat.ndim == 3 and flat.shape[0] == 1 else flat

    def _bent(self, z: object) -> Tensor:
        """A latent (1, Z, n) with its first dimensions played, each stretch of n in turn."""
        values = torchscript.audio(z, "encode").copy()
        if self._dims is not None:
            count = self._dims.scope.shape[1]
            for step in range(values.shape[2]):
                values[0, :count, step] = self._dims.play(values[0, :count, step])
        return torch.from_numpy(values)

    def reset(self) -> None:
        """Zero what the names of nn~'s caches say is the past."""
        with torch.inference_mode():
            for name, buffer in self._module.named_buffers():
                if name.endswith(STATE):
                    buffer.zero_()
        if self._dims is not None:
            self._dims.scope[:] = 0.0

    def set_parameter(self, name: str, value: float) -> None:
        """Of an attribute, or of a dimension."""
        if name in self._attributes.elements:
            with torch.inference_mode():
                self._attributes.set(name, value)
        elif self._dims is not None:
            self._dims.set_parameter(name, value)
