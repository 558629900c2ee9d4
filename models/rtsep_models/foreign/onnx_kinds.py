"""Which of the two ways of hosting ONNX graphs a TOML asks for."""

from __future__ import annotations

from pathlib import Path

from rtsep.errors import SeparatorError
from rtsep_models.foreign.api import Core
from rtsep_models.foreign.onnx import OnnxCore
from rtsep_models.foreign.onnx_chunks import ChunkedCore
from rtsep_models.foreign.onnx_reading import read


def open_description(path: Path, rest: str = "", for_files: bool = False) -> Core:
    """Loads, `for_files` in longer hops. Raises SeparatorError."""
    if rest:
        raise SeparatorError(f"{rest!r} behind a TOML means nothing; leave it out")
    whole = read(path)
    return OnnxCore(path, whole) if whole.chunked is None else ChunkedCore(path, whole, whole.chunked, for_files)
