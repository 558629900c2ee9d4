"""The TOML beside ONNX graphs: what a host must know of them. docs/foreign-models.md explains every key."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from rtsep.errors import SeparatorError

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
    """Lowest bins that the graph sees; above it a mask is 0. None: all."""
    state: dict[str, str] = {}
    """Inputs that are state, with the outputs that they become; zeros at first."""
    shapes: dict[str, tuple[int, ...]] = {}
    """Of inputs, where the graph leaves them open."""
    constants: dict[str, float | list[float]] = {}
    """Inputs that never change."""


class Chunks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For graphs that see seconds at a time, ahead too: the *dj* tier."""

    frames: Count
    """Frames that the graph takes at a time; they span `hop` * (`frames` - 1) samples. Of waveforms: samples."""
    hop: Annotated[int, msgspec.Meta(ge=1, le=8192)] = 8192
    """Samples by which each chunk goes further: what a chunk costs is spread over so many."""
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
    parameters: dict[str, Knob] = {}
    chunked: Chunks | None = None
    graphs: tuple[Graph, ...] = ()

    @property
    def length(self) -> int:
        """Samples of a frame."""
        return self.frame or self.hop

    @property
    def own_stems(self) -> tuple[str, ...]:
        """Stems that the graphs make."""
        return tuple(stem for stem in self.stems if stem != self.residual)


GRAPH_KEYS = frozenset(Graph.__struct_fields__)


def read(path: Path) -> Description:
    """What a TOML says. Raises SeparatorError naming the key."""
    try:
        raw = msgspec.toml.decode(path.read_bytes())
    except OSError as error:
        raise SeparatorError(f"{path} cannot be read: {error.strerror}; check the path") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SeparatorError(f"{path.name}: {error}") from None
    alone = {key: raw.pop(key) for key in list(raw) if key in GRAPH_KEYS and key != "stem"}
    if alone:
        raw.setdefault("graphs", []).append(alone)
    try:
        found = msgspec.convert(raw, Description)
    except msgspec.ValidationError as error:
        raise SeparatorError(f"{path.name}: {error}; docs/foreign-models.md lists the keys") from None
    _check(path.name, found)
    return found


def _check(name: str, found: Description) -> None:
    if not found.graphs:
        raise SeparatorError(f'{name}: no graph; give model = "FILE.onnx", or [[graphs]] with one each')
    if found.residual and found.stems[-1] != found.residual:
        raise SeparatorError(f"{name}: residual {found.residual!r} must be the last of stems {list(found.stems)}")
    if not found.own_stems:
        raise SeparatorError(f"{name}: the residual is the only stem; name what the graph makes")
    if found.chunked is not None and found.delay is not None:
        raise SeparatorError(f"{name}: delay is that of the chunks, fade + ahead; leave it out")
    if found.chunked is not None and not found.residual:
        raise SeparatorError(f"{name}: a chunked model needs a residual, the last of its stems; name it")
    if found.length < found.hop:
        raise SeparatorError(f"{name}: frame {found.frame} is shorter than hop {found.hop}; lengthen it")
    single = [graph.stem for graph in found.graphs if graph.stem]
    if single and sorted(single) != sorted(found.own_stems):
        raise SeparatorError(
            f"{name}: graphs make the stems {single}, stems are {list(found.own_stems)}; they must agree"
        )


def files_of(path: Path) -> list[Path]:
    """The TOML and every graph that it names. Raises SeparatorError if one is missing."""
    paths = [path, *(path.parent / graph.model for graph in read(path).graphs)]
    missing = [graph for graph in paths if not graph.is_file()]
    if missing:
        raise SeparatorError(f"{path.name} names {missing[0].name}, which is not there; put it beside the TOML")
    return paths


def digest(paths: list[Path]) -> str:
    """SHA-256 of the contents, in order."""
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as source:
            total.update(hashlib.file_digest(source, "sha256").digest())
    return total.hexdigest()
