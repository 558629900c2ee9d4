"""The TOML beside ONNX graphs: what a host must know of them. docs/foreign-models.md explains every key."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from rtsep.spec import MAX_HOP

Count = Annotated[int, msgspec.Meta(ge=1, le=1 << 24)]
Window = Literal["none", "hann", "sqrt_hann", "asymmetric"]


class Knob(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A parameter that is an input of a graph."""

    input: str
    minimum: float = 0.0
    maximum: float = 1.0
    default: float = 0.0
    unit: str = ""
    law: Literal["linear", "decibel", "log", "toggle"] = "linear"


class Graph(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One ONNX file and how it is fed."""

    model: str
    """File, relative to the TOML."""
    stem: str = ""
    """The only stem that it makes, beside other graphs that make others; empty: it makes all, or is one of a series."""
    domain: Literal["waveform", "magnitude", "complex"] = "waveform"
    """What it takes: samples of a frame, magnitudes, or real and imaginary parts."""
    gives: Literal["signal", "mask"] = "signal"
    """The same of the stems, or what to multiply that of the mixture by."""
    input: str = ""
    """Name of the input; empty: the only one that is no state, constant or parameter."""
    outputs: tuple[str, ...] = ()
    """Names, one for each stem; empty: the first that is no state."""
    input_axes: str = ""
    """Of the input, as letters: B batch, C channels, N frames, F bins, T samples, R real and imaginary; (C R) is one axis."""
    output_axes: str = ""
    """The same of each output; S stems."""
    bins: Count | None = None
    """Lowest bins that the graph sees; above them masks are as `above` says, spectra 0. None: all."""
    frame: Count | None = None
    """Samples of a frame of this graph alone, if chunked; None: as the others."""
    frames: Count | None = None
    """Frames that this graph alone takes at a time, if chunked; None: as the others. It sees the end of each chunk."""
    gain: Annotated[float, msgspec.Meta(gt=0.0, le=16.0)] = 1.0
    """What it gives is multiplied by that."""
    state: dict[str, str] = {}
    """Inputs that are state, with the outputs that they become; zeros at first."""
    shapes: dict[str, tuple[int, ...]] = {}
    """Of inputs, where the graph leaves them open."""
    constants: dict[str, float | list[float]] = {}
    """Inputs that never change."""


class Chunks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For graphs that see seconds at a time, ahead too: the *dj* tier."""

    frames: Count
    """Frames that a graph takes at a time; of waveforms: samples."""
    padding: Literal["zeros", "reflect", "none"] = "zeros"
    """Half a frame before and behind a chunk, so that frames are centred: silence, or the chunk mirrored; `frames` span
    `Description.hop` * (`frames` - 1) samples. "none": only whole frames of the chunk, which is a frame longer."""
    hop: Annotated[int, msgspec.Meta(ge=1, le=MAX_HOP)] = 8192
    """Samples by which each chunk goes further: what a chunk costs is spread over so many. Files take longer ones."""
    fade: Annotated[int, msgspec.Meta(ge=0)] = 1024
    """Samples of the crossfade from one chunk to the next."""
    ahead: Annotated[int, msgspec.Meta(ge=0)] = 8192
    """Samples that a chunk sees behind what is heard of it."""


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file. With one graph, its keys may stand at the top."""

    name: str
    stems: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    sample_rates: Annotated[tuple[Count, ...], msgspec.Meta(min_length=1)]
    channels: Annotated[int, msgspec.Meta(ge=1, le=8)] = 2
    hop: Count
    frame: Count | None = None
    """Samples of a frame; None: a hop."""
    window: Window = "none"
    synthesis: Window | None = None
    """None: as `window`."""
    synthesis_length: Count | None = None
    """Samples at the end of a frame that are heard; None: all."""
    delay: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Samples; None: that of the windows."""
    residual: str = ""
    """A last stem of this name takes what the others leave of the input, so that all add up to it."""
    ratio: Annotated[float, msgspec.Meta(gt=0.0, le=8.0)] | None = None
    """What graphs give is heard as a share of the mixture: a stem's magnitude to this power, by that of all stems."""
    wiener: Annotated[int, msgspec.Meta(ge=0, le=4)] = 0
    """The same by a multichannel Wiener filter over a chunk, estimated anew so many times."""
    above: Literal["zero", "mean"] = "zero"
    """What masks and ratios are above the bins that graphs see: 0, or their mean below."""
    parameters: dict[str, Knob] = {}
    chunked: Chunks | None = None
    graphs: tuple[Graph, ...] = ()

    @property
    def length(self) -> int:
        """Samples of a frame."""
        return self.frame or self.hop

    @property
    def own_stems(self) -> tuple[str, ...]:
        """Stems that are heard as graphs make them."""
        return tuple(stem for stem in self.stems if stem != self.residual)

    @property
    def shared(self) -> bool:
        """Whether stems are shares of the mixture, so that what a graph makes of the residual counts too."""
        return self.ratio is not None or self.wiener > 0

    @property
    def single(self) -> bool:
        """Whether each graph makes one stem."""
        return all(graph.stem for graph in self.graphs)

    @property
    def made_stems(self) -> tuple[str, ...]:
        """Of graphs that make one each, in the order of `stems`."""
        makers = {graph.stem for graph in self.graphs}
        return tuple(stem for stem in self.stems if stem in makers)
