"""One graph in a chain of frames: a frame of samples in, a frame of each stem out."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rtsep_models.foreign.axes import Array, arranged, taken
from rtsep_models.foreign.onnx_description import Description, Graph
from rtsep_models.foreign.onnx_session import OnnxSession

INPUT_AXES = {"waveform": "BCT", "magnitude": "BCNF", "complex": "BCRNF"}
"""Where the TOML does not say; of outputs with S before C, if one output has several stems."""


class Stage:
    """(C, T) to (S, C, T), through a Fourier transform if the graph wants spectra."""

    def __init__(self, folder: Path, graph: Graph, whole: Description, stems: int) -> None:
        """`stems`: S. Raises SeparatorError."""
        knobs = {knob.input: knob.default for knob in whole.parameters.values()}
        self.session = OnnxSession(folder / graph.model, graph, knobs)
        self._graph = graph
        self._length, self._heard = whole.length, whole.synthesis_length or whole.length
        self._stems, self._channels = stems, whole.channels
        self._bins = min(graph.bins or self._length, self._length // 2 + 1)
        axes = INPUT_AXES[graph.domain]
        self._in = graph.input_axes or axes
        several = stems > 1 and len(self.session.outputs) == 1
        self._out = graph.output_axes or (axes.replace("C", "SC") if several else axes)

    def run(self, frame: Array) -> Array:
        """One frame; (S, C, T) of T samples, or of the last that are heard, if the graph gives no more."""
        if self._graph.domain == "waveform":
            return self._waveform(frame)
        spectrum = np.fft.rfft(frame, axis=-1).astype(np.complex64)
        made = self.spectra(spectrum[:, None])[:, :, 0]
        return np.fft.irfft(made, self._length, axis=-1).astype(np.float32)

    def spectra(self, spectra: Array) -> Array:
        """(C, N, F) to (S, C, N, F), complex; nothing above the bins that the graph sees."""
        made = np.zeros((self._stems, *spectra.shape), dtype=np.complex64)
        made[..., : self._bins] = self._low(spectra[..., : self._bins])
        return made

    def _waveform(self, frame: Array) -> Array:
        outputs = self.session.run(arranged(frame, "CT", self._in))
        rows = self._stems * self._channels // len(outputs)
        length = self._length if outputs[0].size == rows * self._length else self._heard
        y = self._together(outputs, {"C": self._channels, "T": length}, "CT")
        return y * frame[:, -length:] if self._graph.gives == "mask" else y

    def _low(self, low: Array) -> Array:
        sizes = {"C": self._channels, "N": low.shape[1], "F": self._bins, "R": 2}
        mask = self._graph.gives == "mask"
        if self._graph.domain == "magnitude":
            size = np.abs(low)
            y = self._together(self.session.run(arranged(size, "CNF", self._in)), sizes, "CNF")
            phase = low if mask else np.divide(low, size, out=np.zeros_like(low), where=size > 0.0)
            return y * phase
        pairs = np.ascontiguousarray(low).view(np.float32).reshape(*low.shape, 2)
        y = self._together(self.session.run(arranged(pairs, "CNFR", self._in)), sizes, "CNFR")
        made = np.ascontiguousarray(y).view(np.complex64)[..., 0]
        return made * low if mask else made

    def _together(self, outputs: list[Array], sizes: dict[str, int], axes: str) -> Array:
        """All outputs as (S, ...)."""
        if len(outputs) == self._stems:
            return np.stack([taken(y, self._out, sizes, axes) for y in outputs])
        return taken(outputs[0], self._out, sizes | {"S": self._stems}, f"S{axes}")
