"""ONNX graphs that see seconds at a time, ahead too, hosted as chunks. Separator process or probe."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep_models.chunked.api import ChunkGeometry
from rtsep_models.chunked.host import ChunkedSeparator
from rtsep_models.foreign.api import Facts, osc_name
from rtsep_models.foreign.onnx import window
from rtsep_models.foreign.onnx_description import Description
from rtsep_models.foreign.onnx_stage import Stage


class OnnxChunks:
    """A `ChunkModel`: one graph for each stem, or one for all."""

    def __init__(self, folder: Path, whole: Description) -> None:
        """Raises SeparatorError if the lengths do not fit together."""
        if whole.chunked is None or whole.parameters or any(graph.state for graph in whole.graphs):
            raise SeparatorError(f"{whole.name}: a chunked model has no states and no parameters; leave them out")
        chunks, self._whole, self._folder = whole.chunked, whole, folder
        self._samples = all(graph.domain == "waveform" for graph in whole.graphs)
        length = chunks.frames if self._samples else whole.hop * (chunks.frames - 1)
        self.name = osc_name(whole.name)
        self.stems, self.channels, self.sample_rate = whole.stems, whole.channels, whole.sample_rates[0]
        self.geometry = ChunkGeometry.within(length, chunks.hop, chunks.fade, chunks.ahead)
        self._window = window("hann" if whole.window == "none" else whole.window, whole.length)

    def load(self) -> None:
        """Open the graphs. Raises SeparatorError."""
        shape = msgspec.structs.replace(self._whole, frame=self.geometry.length) if self._samples else self._whole
        single = all(graph.stem for graph in shape.graphs)
        if not single and len(shape.graphs) > 1:
            raise SeparatorError(f"{self.name}: chunked graphs stand side by side; give each its stem")
        count = 1 if single else len(shape.own_stems)
        made = {graph.stem: Stage(self._folder, graph, shape, count) for graph in shape.graphs}
        self._stages = [made[stem] for stem in shape.own_stems] if single else list(made.values())

    def separate(self, mix: Audio) -> Audio:
        """(C, T) to (S - 1, C, T)."""
        if self._samples:
            return np.concatenate([stage.run(mix) for stage in self._stages])
        frame, hop, size = self._whole.length, self._whole.hop, mix.shape[1]
        padded = np.pad(mix, ((0, 0), (frame // 2, frame // 2)))
        views = np.lib.stride_tricks.sliding_window_view(padded, frame, axis=1)[:, ::hop]
        spectra = np.fft.rfft(views * self._window, axis=-1).astype(np.complex64)
        stems = np.concatenate([stage.spectra(spectra) for stage in self._stages])
        frames = np.fft.irfft(stems, frame, axis=-1) * self._window
        out, weight = np.zeros((len(stems), *padded.shape)), np.zeros(padded.shape[1])
        for index in range(frames.shape[2]):
            place = slice(index * hop, index * hop + frame)
            out[..., place] += frames[:, :, index]
            weight[place] += self._window**2
        return (out / np.maximum(weight, 1e-6))[..., frame // 2 : frame // 2 + size].astype(np.float32)


class ChunkedCore:
    """Such a model as a core: hop by hop, overlapped."""

    def __init__(self, path: Path, whole: Description) -> None:
        """Raises SeparatorError."""
        model = OnnxChunks(path.parent, whole)
        self._separator = ChunkedSeparator(model)
        geometry, channels = model.geometry, whole.channels
        self._out = np.zeros((len(whole.stems), channels, geometry.hop), dtype=np.float32)
        self.facts = Facts(
            kind="ONNX",
            name=model.name,
            inputs=channels,
            outputs=len(whole.own_stems) * channels,
            hop=geometry.hop,
            sample_rates=(model.sample_rate,),
            stems=tuple(osc_name(stem) for stem in whole.own_stems),
            delay=geometry.delay,
            residual=whole.residual,
            details={"chunk": f"{geometry.length} samples, {geometry.hop} at a time, {geometry.ahead} ahead"},
        )

    def prepare(self, sample_rate: int) -> None:
        """Load. Raises SeparatorError."""
        self._separator.prepare(sample_rate)

    def run(self, x: Audio) -> Audio:
        """One hop."""
        self._separator.process(x, self._out)
        return self._out[:-1].reshape(-1, self._out.shape[-1])

    def reset(self) -> None:
        """Forget the past."""
        self._separator.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """None."""
