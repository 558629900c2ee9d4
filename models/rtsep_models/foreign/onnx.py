"""Plays ONNX graphs that a TOML describes. Separator process or probe.

samples -> the last frame, windowed -> graph (-> graph ...) -> windowed, overlap-add -> stems
                                    `-> graph, graph ... : one for each stem
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep.separators.windows import asymmetric_windows
from rtsep.spec import Parameter
from rtsep_models.foreign.api import Facts, osc_name
from rtsep_models.foreign.onnx_description import Description
from rtsep_models.foreign.onnx_stage import shared, stages_of
from rtsep_models.foreign.windows import window
from rtsep_models.separators.lines import Line, OverlapAdd


class OnnxCore:
    """The graphs of one TOML, for one stream."""

    def __init__(self, path: Path, whole: Description) -> None:
        """`whole` is what stands in `path`. Loads. Raises SeparatorError."""
        self._stems = [osc_name(stem) for stem in whole.own_stems]
        self._stages = stages_of(path.parent, whole, lambda _: whole.length)
        self._whole = whole
        self._hop = whole.hop
        heard = whole.synthesis_length or whole.length
        if heard % whole.hop:
            raise SeparatorError(
                f"{path.name}: frames of {heard} are no whole number of hops of {whole.hop}; change one"
            )
        self._analysis, self._synthesis = windows_of(whole)
        self._heard = len(self._synthesis)
        self._line = Line(whole.channels, whole.length, whole.hop)
        self._overlap = OverlapAdd((len(self._stems), whole.channels), self._heard, whole.hop)
        self._out = np.zeros((len(self._stems), whole.channels, whole.hop), dtype=np.float32)
        self._knobs = {osc_name(name): knob for name, knob in whole.parameters.items()}
        self.facts = Facts(
            kind="ONNX",
            name=osc_name(whole.name),
            inputs=whole.channels,
            outputs=len(self._stems) * whole.channels,
            hop=whole.hop,
            sample_rates=whole.sample_rates,
            stems=tuple(self._stems),
            delay=self._heard - whole.hop if whole.delay is None else whole.delay,
            residual=whole.residual,
            parameters=tuple(
                Parameter(name, knob.unit, knob.minimum, knob.maximum, knob.default, knob.law)
                for name, knob in self._knobs.items()
            ),
            details=details_of(whole),
        )

    def prepare(self, sample_rate: int) -> None:
        """The same at every rate."""

    def run(self, x: Audio) -> Audio:
        """One hop."""
        self._line.push(x)
        frame = self._line.last(len(self._analysis)) * self._analysis
        made = self._made(frame)[: len(self._stems), :, -self._heard :]
        self._overlap.add(np.ascontiguousarray(made * self._synthesis, dtype=np.float32), self._out)
        return self._out.reshape(-1, self._hop)

    def _made(self, frame: Audio) -> Audio:
        """Frames of stems, perhaps the residual's too."""
        if self._whole.shared:
            mixture = np.fft.rfft(frame, axis=-1).astype(np.complex64)[:, None]
            stems = shared(self._whole, self._stages, mixture)[:, :, 0]
            return np.fft.irfft(stems, self._whole.length, axis=-1).astype(np.float32)
        if self._whole.single:
            return np.concatenate([stage.run(frame) for stage in self._stages])
        for stage in self._stages[:-1]:
            frame = stage.run(frame)[0]
        return self._stages[-1].run(frame)

    def reset(self) -> None:
        """States and frames."""
        self._line.reset()
        self._overlap.reset()
        for stage in self._stages:
            stage.session.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """In every graph that has it."""
        for stage in self._stages:
            stage.session.set(self._knobs[name].input, value)


def details_of(whole: Description, views: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """For people: each graph, what it sees (`views` by file), and how stems come out of what graphs give."""
    told = {}
    for graph in whole.graphs:
        bins = f"{graph.bins} bins" if graph.bins else ""
        states = f"{len(graph.state)} states" if graph.state else ""
        parts = (f"{graph.domain} to {graph.gives}", bins, states, views.get(graph.model, ""))
        told[f"graph {graph.model}"] = ", ".join(filter(None, parts))
    if whole.ratio is not None:
        told["shares"] = f"of the mixture, by magnitudes to the power of {whole.ratio:g}"
    elif whole.wiener:
        told["shares"] = f"of the mixture, by a multichannel Wiener filter, rounds: {whole.wiener}"
    return told


def windows_of(whole: Description) -> tuple[Audio, Audio]:
    """Analysis over a frame, synthesis over what is heard of it. A pair of real windows is scaled to add up to 1; frames
    without windows are added as they are, for some networks are trained so. Raises SeparatorError if they cannot add up."""
    length, hop = whole.length, whole.hop
    heard = whole.synthesis_length or length
    if whole.window == "asymmetric":
        return asymmetric_windows(length, hop, whole.synthesis_length)
    analysis, synthesis = window(whole.window, length), window(whole.synthesis or whole.window, heard)
    if whole.window == "none" and whole.synthesis in (None, "none"):
        return analysis, synthesis
    product = (analysis[-heard:] * synthesis).reshape(-1, hop).sum(axis=0)
    if product.min() <= 1e-6:
        raise SeparatorError(f"{whole.name}: windows of {length} with hop {hop} leave gaps; choose a shorter hop")
    return analysis, (synthesis / np.tile(product, heard // hop)).astype(np.float32)
