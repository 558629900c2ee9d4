"""Loading TorchScript, and calling it. Such a file is code: only in a separator process or a probe."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep_models.exports.steps import quiet

LARGEST_MODEL = 4 << 30
"""Bytes, unpacked."""
WARM_UP_CALLS = 4
"""With each shape: TorchScript watches its first calls, then compiles, then runs."""


def load(path: Path, extra: dict[str, str] | None = None) -> torch.jit.ScriptModule:
    """A module on the CPU, for playing. `extra`: files inside it to read, by name. Raises SeparatorError.

    Sets torch to one thread in this process, and numbers that are all but zero to zero.
    """
    check_archive(path)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    try:
        with quiet():
            module = torch.jit.load(path, map_location="cpu", _extra_files=extra)
    except Exception as error:
        raise SeparatorError(
            f"{path.name} is no TorchScript that torch {torch.__version__} reads: {first_line(error)}"
        ) from error
    return module.eval()


def check_archive(path: Path) -> None:
    """Raise SeparatorError unless this is an archive of TorchScript that unpacks to something of reasonable size."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (OSError, zipfile.BadZipFile) as error:
        raise SeparatorError(
            f"{path.name} is no TorchScript file, or not whole ({first_line(error)}); get or export it again"
        ) from error
    size = sum(entry.file_size for entry in entries)
    if size > LARGEST_MODEL:
        raise SeparatorError(
            f"{path.name} would unpack to {size / 2**30:.1f} GiB, {LARGEST_MODEL >> 30} GiB is the limit; it is no model"
        )
    if not any("/code/" in entry.filename for entry in entries):
        raise SeparatorError(
            f"{path.name} is an archive without code, so no TorchScript (weights alone, perhaps); export it with torch.jit.save"
        )


def first_line(error: BaseException) -> str:
    """What went wrong, in one line: of TorchScript's tracebacks the last line, where the reason stands."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    told = [line for line in lines if line.startswith(("RuntimeError:", "builtins.", "torch.jit.Error:"))]
    return (told[-1] if told else lines[0])[:300]


def tensor(x: Audio) -> Tensor:
    """A copy: what a model does to its input is its own affair."""
    return torch.from_numpy(np.array(x, dtype=np.float32, order="C"))


def audio(y: object, what: str) -> Audio:
    """What a model returned, as an array. Raises SeparatorError if it is no tensor."""
    if not isinstance(y, Tensor):
        raise SeparatorError(
            f"{what} returned {type(y).__name__}, it must be one tensor; the file is wrong, export it again"
        )
    return y.detach().to(torch.float32).cpu().numpy()
