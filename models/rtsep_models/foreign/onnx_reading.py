"""Reads the TOML beside ONNX graphs, and finds what cannot be meant before anything is loaded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from rtsep.errors import SeparatorError
from rtsep_models.foreign.onnx_description import Description, Graph

GRAPH_KEYS = frozenset(Graph.__struct_fields__)


def read(path: Path) -> Description:
    """What a TOML says. Raises SeparatorError naming the key."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SeparatorError(f"{path} cannot be read: {error.strerror}; check the path") from None
    return parsed(path.name, raw)


def parsed(name: str, text: bytes) -> Description:
    """The same of a TOML's text; `name` is what errors call it. Raises SeparatorError."""
    try:
        raw = msgspec.toml.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SeparatorError(f"{name}: {error}") from None
    alone = {key: raw.pop(key) for key in list(raw) if key in GRAPH_KEYS and key not in ("stem", "frame")}
    if alone:
        raw.setdefault("graphs", []).append(alone)
    try:
        found = msgspec.convert(raw, Description)
    except msgspec.ValidationError as error:
        raise SeparatorError(f"{name}: {error}; docs/foreign-models.md lists the keys") from None
    for problem in (_of_stems(found), _of_shares(found), _of_chunks(found)):
        if problem:
            raise SeparatorError(f"{name}: {problem}")
    return found


def _of_stems(found: Description) -> str:
    if not found.graphs:
        return 'no graph; give model = "FILE.onnx", or [[graphs]] with one each'
    if found.residual and found.stems[-1] != found.residual:
        return f"residual {found.residual!r} must be the last of stems {list(found.stems)}"
    if not found.own_stems:
        return "the residual is the only stem; name what the graph makes"
    if found.length < found.hop:
        return f"frame {found.frame} is shorter than hop {found.hop}; lengthen it"
    single = sorted(graph.stem for graph in found.graphs if graph.stem)
    if found.residual in single and not found.shared:
        return (
            f"{found.residual!r} takes what the others leave, so its graph would not be heard: "
            "leave that out, or give it a stem that is not the residual"
        )
    if single and single not in (sorted(found.own_stems), sorted(found.stems)):
        return f"graphs make the stems {single}, stems are {list(found.own_stems)}; they must agree"
    return ""


def _of_shares(found: Description) -> str:
    masks = any(graph.gives == "mask" for graph in found.graphs)
    if found.above == "mean" and (found.wiener or not (masks or found.shared)):
        return 'above = "mean" goes with masks or a ratio; leave it out'
    if not found.shared:
        return ""
    if found.ratio is not None and found.wiener:
        return "ratio and wiener are two ways of the same; choose one"
    if found.wiener and found.chunked is None:
        return "wiener looks at many frames at once; it needs [chunked]"
    if masks or any(graph.domain == "waveform" for graph in found.graphs):
        return 'shares of the mixture are of spectra; graphs must give a signal, with domain "magnitude" or "complex"'
    if not found.single and len(found.graphs) > 1:
        return "shares of the mixture are those of graphs side by side; give each its stem"
    if len({(graph.frame, graph.frames, graph.bins) for graph in found.graphs}) > 1:
        return "shares of the mixture need the same frame, frames and bins for every graph; make them agree"
    return ""


def _of_chunks(found: Description) -> str:
    if found.chunked is None:
        alone = [graph.model for graph in found.graphs if graph.frame or graph.frames]
        return f"frame and frames of {alone[0]} alone go with [chunked]; leave them out" if alone else ""
    if found.delay is not None:
        return "delay is that of the chunks, fade + ahead; leave it out"
    if not found.residual:
        return "a chunked model needs a residual, the last of its stems; name it"
    if found.parameters or any(graph.state for graph in found.graphs):
        return "a chunked model has no states and no parameters; leave them out"
    if not found.single and len(found.graphs) > 1:
        return "chunked graphs stand side by side; give each its stem"
    return ""


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
