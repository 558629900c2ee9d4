"""What plays files of other people's: the entry points of the group `rtsep.separator_files`. Imports no torch."""

from __future__ import annotations

from pathlib import Path

from rtsep.errors import SeparatorError
from rtsep.separators.api import Separator
from rtsep.separators.files import split_name
from rtsep_models.foreign import sandbox
from rtsep_models.foreign.separator import ForeignSeparator


class ForeignFiles:
    """TorchScript for nn~, Neutone models, TOML that describes ONNX graphs."""

    def known(self, name: str) -> bool:
        """Whether the file has been examined as it is now."""
        return sandbox.known(described(name))

    def open(self, name: str) -> Separator:
        """A separator that will load the file in its own process. Raises SeparatorError if it may not play."""
        whole = described(name)
        return ForeignSeparator(whole, sandbox.examined(whole))


def described(name: str) -> str:
    """Of an ONNX graph the TOML beside it, of anything else the name. Raises SeparatorError if a graph has none."""
    path, _ = split_name(name)
    if path.suffix.lower() != ".onnx":
        return name
    toml = path.with_suffix(".toml")
    if path.is_file() and not toml.is_file():
        raise SeparatorError(
            f"{path.name} needs {toml.name} beside it, which says rate, hop, stems and states; see docs/foreign-models.md"
        )
    return str(Path(toml))


FILES = ForeignFiles()
