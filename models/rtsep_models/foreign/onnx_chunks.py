"""ONNX graphs that see seconds at a time, ahead too, hosted as chunks. Separator process or probe.

chunk    [ past ........................ | hop | fade | ahead ]
graph A  [ 512 frames ........................................ ]
graph B            [ 128 frames, perhaps of another length ... ]     each sees the newest that it has room for
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rtsep.separators.api import Audio
from rtsep_models.chunked.api import ChunkGeometry
from rtsep_models.chunked.host import ChunkedSeparator
from rtsep_models.foreign.api import Facts, osc_name
from rtsep_models.foreign.axes import Array
from rtsep_models.foreign.onnx import details_of
from rtsep_models.foreign.onnx_description import Chunks, Description, Graph
from rtsep_models.foreign.onnx_frames import Frames
from rtsep_models.foreign.onnx_stage import Stage, shared, stages_of

View = Frames | int
"""Of the end of a chunk: frames, or samples."""
FILE_HOP_S = 2.5
"""Longest hop for files: there compute counts, not latency. As long as fits at 96 kHz."""


@dataclass(frozen=True)
class Part:
    """Graphs that see the same of a chunk."""

    view: View
    stages: list[Stage]
    whole: Description

    @property
    def stems(self) -> list[int]:
        """Those that are heard of what the graphs make, as they stand in `Description.own_stems`."""
        own = self.whole.own_stems
        if not self.whole.single:
            return list(range(len(own)))
        return [own.index(stage.graph.stem) for stage in self.stages if stage.graph.stem in own]

    def heard(self, mix: Audio, begin: int, end: int) -> Audio:
        """A chunk (C, T) to its samples from `begin` to `end`: (S, C, end - begin)."""
        before = mix.shape[1] - samples_of(self.view)
        seen, begin, end = mix[:, before:], begin - before, end - before
        if isinstance(self.view, int):
            made = np.concatenate([stage.run(seen) for stage in self.stages])[..., begin:end]
        else:
            mixture = self.view.analysed(seen)
            made = self.view.synthesised(self._spectra(mixture, self.view.heard(begin, end)), begin, end)
        return made[: len(self.stems)]

    def _spectra(self, mixture: Array, part: slice) -> Array:
        if self.whole.shared:
            return shared(self.whole, self.stages, mixture, part)
        return np.concatenate([stage.spectra(mixture, part) for stage in self.stages])


class OnnxChunks:
    """A `ChunkModel`: one graph for each stem, or one for all."""

    def __init__(self, folder: Path, whole: Description, chunks: Chunks, for_files: bool = False) -> None:
        """`chunks` is what stands in `whole`. Raises SeparatorError if the lengths do not fit together."""
        self._folder, self._whole, self._chunks = folder, whole, chunks
        lengths = [samples_of(view_of(whole, chunks, graph)) for graph in whole.graphs]
        hop = file_hop(chunks, min(lengths), whole.sample_rates[0]) if for_files else chunks.hop
        ChunkGeometry.within(min(lengths), hop, chunks.fade, chunks.ahead)  # the shortest holds all that is heard
        self.geometry = ChunkGeometry.within(max(lengths), hop, chunks.fade, chunks.ahead)
        self.name = osc_name(whole.name)
        self.stems, self.channels, self.sample_rate = whole.stems, whole.channels, whole.sample_rates[0]

    def load(self) -> None:
        """Open the graphs. Raises SeparatorError."""
        parts: dict[View, list[Stage]] = {}
        for stage in stages_of(self._folder, self._whole, self._length):
            parts.setdefault(view_of(self._whole, self._chunks, stage.graph), []).append(stage)
        self._parts = [Part(view, stages, self._whole) for view, stages in parts.items()]

    def separate(self, mix: Audio) -> Audio:
        """(C, T) to (S - 1, C, T), of which only what will be heard is made."""
        geometry = self.geometry
        begin, end = geometry.past, geometry.past + geometry.hop + geometry.fade
        out = np.zeros((len(self._whole.own_stems), *mix.shape), dtype=np.float32)
        for part in self._parts:
            out[part.stems, :, begin:end] = part.heard(mix, begin, end)
        return out

    def _length(self, graph: Graph) -> int:
        view = view_of(self._whole, self._chunks, graph)
        return view if isinstance(view, int) else view.length


def view_of(whole: Description, chunks: Chunks, graph: Graph) -> View:
    """What a graph sees of a chunk."""
    count = graph.frames or chunks.frames
    if graph.domain == "waveform":
        return count
    # Without windows such frames would not fade into each other.
    shape = "hann" if whole.window == "none" else whole.window
    return Frames(graph.frame or whole.length, whole.hop, count, chunks.padding, shape)


def samples_of(view: View) -> int:
    """Samples at the end of a chunk."""
    return view if isinstance(view, int) else view.samples


def told(view: View) -> str:
    """For people."""
    if isinstance(view, int):
        return f"{view} samples"
    return f"{view.count} frames of {view.length} samples, hop {view.hop}"


def file_hop(chunks: Chunks, length: int, sample_rate: int) -> int:
    """A hop for files: long, but so that as much is known before what is heard as behind it.

    >>> file_hop(Chunks(frames=512, hop=8379, fade=1764, ahead=11025), 261120, 44100)
    110250
    """
    return max(chunks.hop, min(round(FILE_HOP_S * sample_rate), length - 2 * (chunks.fade + chunks.ahead)))


class ChunkedCore:
    """Such a model as a core: hop by hop, overlapped."""

    def __init__(self, path: Path, whole: Description, chunks: Chunks, for_files: bool = False) -> None:
        """Raises SeparatorError."""
        model = OnnxChunks(path.parent, whole, chunks, for_files)
        self._separator = ChunkedSeparator(model)
        geometry, channels = model.geometry, whole.channels
        self._out = np.zeros((len(whole.stems), channels, geometry.hop), dtype=np.float32)
        self.facts = Facts(
            kind="ONNX",
            name=model.name,
            inputs=channels,
            outputs=len(whole.own_stems) * channels,
            hop=geometry.hop,
            file_hop=OnnxChunks(path.parent, whole, chunks, for_files=True).geometry.hop,
            sample_rates=(model.sample_rate,),
            stems=tuple(osc_name(stem) for stem in whole.own_stems),
            delay=geometry.delay,
            residual=whole.residual,
            details=details_of(whole, {graph.model: told(view_of(whole, chunks, graph)) for graph in whole.graphs})
            | {"chunk": f"{geometry.length} samples, {geometry.hop} at a time, {geometry.ahead} ahead"},
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
