"""One graph: samples or spectra of the mixture in, those of its stems out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from rtsep.errors import SeparatorError
from rtsep_models.foreign.axes import Array, arranged, taken
from rtsep_models.foreign.onnx_description import Description, Graph
from rtsep_models.foreign.onnx_session import OnnxSession
from rtsep_models.foreign.shares import extended, ratios, wiener

INPUT_AXES = {"waveform": "BCT", "magnitude": "BCNF", "complex": "BCRNF"}
"""Where the TOML does not say; of outputs with S before C, if one output has several stems."""
EVERY = slice(None)


class Stage:
    """(C, T) to (S, C, T), or spectra (C, N, F) to (S, C, N, F)."""

    def __init__(self, folder: Path, graph: Graph, whole: Description, counts: Sequence[int], length: int) -> None:
        """`counts`: how many stems it may make. `length`: samples of a frame, or of a chunk if it takes samples.

        Raises SeparatorError.
        """
        knobs = {knob.input: knob.default for knob in whole.parameters.values()}
        self.session = OnnxSession(folder / graph.model, graph, knobs)
        self.graph = graph
        self._counts, self._above = counts, whole.above
        self._length, self._heard = length, whole.synthesis_length or length
        self._channels = whole.channels
        self.bins = min(graph.bins or length, length // 2 + 1)
        self._axes = INPUT_AXES[graph.domain]
        if len(self.session.outputs) > 1 and len(self.session.outputs) not in counts:
            raise SeparatorError(
                f"{graph.model}: {len(self.session.outputs)} outputs for {counts[0]} stems; name one for each, or one for all"
            )

    def run(self, frame: Array) -> Array:
        """One frame; (S, C, T) of T samples, or of the last that are heard, if the graph gives no more."""
        if self.graph.domain == "waveform":
            return self._waveform(frame)
        spectrum = np.fft.rfft(frame, axis=-1).astype(np.complex64)
        made = self.spectra(spectrum[:, None])[:, :, 0]
        return np.fft.irfft(made, self._length, axis=-1).astype(np.float32)

    def spectra(self, spectra: Array, part: slice = EVERY) -> Array:
        """(C, N, F) to (S, C, `part` of N, F), complex."""
        low = spectra[..., : self.bins]
        given = (self._complex(low) if self.graph.domain == "complex" else self._magnitudes(low))[:, :, part]
        if self.graph.gives == "mask":
            return extended(given, spectra.shape[-1], self._above) * spectra[:, part]
        if self.graph.domain == "magnitude":
            given = given * phases(low[:, part])
        return extended(given, spectra.shape[-1], "zero")

    def _waveform(self, frame: Array) -> Array:
        outputs = self._ask(frame, "CT")
        whole = (count * self._channels * self._length // len(outputs) for count in self._counts)
        length = self._length if outputs[0].size in whole else self._heard
        y = self._together(outputs, {"C": self._channels, "T": length}, "CT")
        return y * frame[:, -length:] if self.graph.gives == "mask" else y

    def _magnitudes(self, low: Array) -> Array:
        return self._together(self._ask(np.abs(low), "CNF"), dict(zip("CNF", low.shape, strict=True)), "CNF")

    def _complex(self, low: Array) -> Array:
        pairs = np.ascontiguousarray(low).view(np.float32).reshape(*low.shape, 2)
        y = self._together(self._ask(pairs, "CNFR"), dict(zip("CNFR", pairs.shape, strict=True)), "CNFR")
        return np.ascontiguousarray(y).view(np.complex64)[..., 0]

    def _ask(self, array: Array, axes: str) -> list[Array]:
        outputs = self.session.run(arranged(array, axes, self.graph.input_axes or self._axes))
        gain = self.graph.gain
        return outputs if gain == 1.0 else [np.float32(gain) * y for y in outputs]

    def _together(self, outputs: list[Array], sizes: dict[str, int], axes: str) -> Array:
        """All outputs as (S, ...)."""
        said = self.graph.output_axes
        if len(outputs) > 1:
            return np.stack([taken(y, said or self._axes, sizes, axes) for y in outputs])
        found = outputs[0].size // math.prod(sizes[letter] for letter in axes)
        count = found if found in self._counts else self._counts[0]
        have = said or (self._axes.replace("C", "SC") if count > 1 else self._axes)
        return taken(outputs[0], have, sizes | {"S": count}, f"S{axes}")


def stages_of(folder: Path, whole: Description, length: Callable[[Graph], int]) -> list[Stage]:
    """All graphs, loaded: in the order of the stems that they make, or one after the other. Raises SeparatorError.

    `length`: samples of a frame, or of a chunk if the graph takes samples.
    """
    graphs = list(whole.graphs)
    if whole.single:
        graphs.sort(key=lambda graph: whole.stems.index(graph.stem))
    several = (len(whole.own_stems), len(whole.stems))
    counts = [several if not whole.single and graph is graphs[-1] else (1,) for graph in graphs]
    return [Stage(folder, graph, whole, count, length(graph)) for graph, count in zip(graphs, counts, strict=True)]


def phases(spectra: Array) -> Array:
    """Numbers of magnitude 1, or 0 where there is nothing."""
    size = np.abs(spectra)
    return np.divide(spectra, size, out=np.zeros_like(spectra), where=size > 0.0)


def shared(whole: Description, stages: Sequence[Stage], mixture: Array, part: slice = EVERY) -> Array:
    """Spectra of stems (S, C, `part` of N, F) as shares of the mixture's (C, N, F)."""
    bins = stages[0].bins
    if whole.ratio is not None:
        stems = np.concatenate([stage.spectra(mixture, part)[..., :bins] for stage in stages])
        return extended(ratios(stems, whole.ratio), mixture.shape[-1], whole.above) * mixture[:, part]
    stems = np.concatenate([stage.spectra(mixture)[..., :bins] for stage in stages])
    return extended(wiener(stems, mixture[..., :bins], whole.wiener)[:, :, part], mixture.shape[-1], "zero")
