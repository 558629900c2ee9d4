"""Plays Neutone models. Separator process or probe. The protocol is the SDK's; no code of it is used."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep.spec import Parameter
from rtsep_models.foreign import torchscript
from rtsep_models.foreign.api import ANY_RATES, LEAST_HOP, Facts, osc_name

METADATA = "metadata.json"
CHANNELS = 2
"""Mono models convert by themselves, as in the makers' own plugin: the mean in, the same to both sides."""
ROWS = 4
"""Of parameters, whether used or not."""


class NeutoneCore:
    """One file. Parameters p1..p4 by the names that their makers gave them, 0..1."""

    def __init__(self, path: Path, rest: str = "") -> None:
        """Loads. Raises SeparatorError."""
        if rest:
            raise SeparatorError(f"{rest!r} behind a Neutone model means nothing; leave it out")
        extra = {METADATA: ""}
        self._module = torchscript.load(path, extra)
        try:
            said: dict[str, Any] = json.loads(extra[METADATA])
        except ValueError:
            raise SeparatorError(
                f"{path.name} has no {METADATA} inside, so it is no Neutone model; for nn~ it must be called {path.stem}.ts"
            ) from None
        if not hasattr(self._module, "set_daw_sample_rate_and_buffer_size"):
            raise SeparatorError(
                f"{path.name} is no real-time Neutone model, which alone can be played; export it as one"
            )
        rates = tuple(int(rate) for rate in said.get("native_sample_rates") or ()) or ANY_RATES
        self._hop = min(said.get("native_buffer_sizes") or (LEAST_HOP,))
        self._params = torch.zeros(ROWS, self._hop)
        self._rows: dict[str, int] = {}
        parameters = self._parameters(said.get("neutone_parameters") or {})
        delays = {rate: self._delay_at(rate) for rate in rates}
        delay = delays[rates[0]]
        self.facts = Facts(
            kind="Neutone",
            name=osc_name(str(said.get("model_name") or path.stem)),
            inputs=CHANNELS,
            outputs=CHANNELS,
            hop=self._hop,
            # What is late by a time, not by samples, is played at the first of its rates alone.
            sample_rates=tuple(rate for rate in rates if delays[rate] == delay),
            delay=delay,
            parameters=parameters,
            details={
                key: ", ".join(map(str, value)) if isinstance(value, list) else str(value)
                for key in (
                    "model_name",
                    "model_authors",
                    "model_version",
                    "model_short_description",
                    "sdk_version",
                    "tags",
                )
                if (value := said.get(key))
            }
            | {
                "channels": f"{'mono' if said.get('is_input_mono') else 'stereo'} to "
                f"{'mono' if said.get('is_output_mono') else 'stereo'}",
                "native buffer sizes": ", ".join(map(str, said.get("native_buffer_sizes") or ["any"])),
            },
        )

    def _parameters(self, said: dict[str, Any]) -> tuple[Parameter, ...]:
        found: list[Parameter] = []
        for row in range(ROWS):
            told = said.get(f"p{row + 1}")
            if not isinstance(told, dict) or str(told.get("used", True)).lower() in ("false", "0"):
                continue
            name = osc_name(str(told.get("name") or f"p{row + 1}"), list(self._rows))
            default = _unit(told)
            found.append(Parameter(name, "", 0.0, 1.0, default))
            self._rows[name] = row
            self._params[row] = default
        return tuple(found)

    def _set_up(self, sample_rate: int) -> None:
        try:
            with torch.inference_mode():
                self._module.set_daw_sample_rate_and_buffer_size(sample_rate, self._hop)
        except Exception as error:
            raise SeparatorError(
                f"refuses {sample_rate} Hz with blocks of {self._hop}: {torchscript.first_line(error)}; export it again"
            ) from error

    def _delay_at(self, sample_rate: int) -> int:
        self._set_up(sample_rate)
        with torch.inference_mode():
            return int(self._module.calc_buffering_delay_samples()) + int(self._module.calc_model_delay_samples())

    def prepare(self, sample_rate: int) -> None:
        """Set rate and block. Raises SeparatorError if it refuses."""
        self._set_up(sample_rate)
        self.reset()

    def run(self, x: Audio) -> Audio:
        """One hop; a copy of the model's own buffer, which it writes to again."""
        with torch.inference_mode():
            y = self._module(torchscript.tensor(x), self._params.clone() if self._rows else None)
        return np.array(torchscript.audio(y, "forward"))

    def reset(self) -> None:
        """As far as the model does."""
        with torch.inference_mode(), contextlib.suppress(Exception):
            self._module.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """From the next hop on."""
        self._params[self._rows[name]] = value


def _unit(told: dict[str, Any]) -> float:
    """A parameter's default within 0..1. The SDK writes it in the parameter's own range, older ones as text.

    >>> _unit({"default_value": "0.25"}), _unit({"default_value": 0.0, "min_value": -6.0, "max_value": 6.0})
    (0.25, 0.5)
    """
    try:
        least, most = float(told.get("min_value", 0.0)), float(told.get("max_value", 1.0))
        number = (float(str(told.get("default_value"))) - least) / (most - least)
    except (ValueError, ZeroDivisionError):
        return 0.0
    return min(1.0, max(0.0, number)) if np.isfinite(number) else 0.0
