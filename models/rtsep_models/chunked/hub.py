"""Where torch's packages keep the weights that they downloaded, and what to say when something is not there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from rtsep.errors import SeparatorError


def checkpoints() -> Path:
    """The folder of torch.hub's downloads, as torch finds it; torch itself is not imported."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache"))
    home = Path(os.environ.get("TORCH_HOME", cache / "torch"))
    return home.expanduser() / "hub" / "checkpoints"


def need_package(name: str, package: str) -> None:
    """Raise SeparatorError unless `package`, which separator `name` needs, is installed."""
    if find_spec(package) is None:
        raise SeparatorError(f"separator {name!r} needs the package {package!r}; pip install 'rtsep[dj]'")


def need_weights(name: str, files: Mapping[str, str], command: str) -> None:
    """Raise SeparatorError unless something in torch.hub's folder matches each pattern, the key of the usual file's name.

    `command` downloads them.
    """
    missing = [file for pattern, file in files.items() if not any(checkpoints().glob(pattern))]
    if missing:
        raise SeparatorError(
            f"separator {name!r} lacks its weights: {', '.join(missing)} not in {checkpoints()}; download them once: {command}"
        )


def quoted(statements: str) -> str:
    """A shell command that runs Python statements.

    >>> quoted("import openunmix; openunmix.umxl()")
    'python -c "import openunmix; openunmix.umxl()"'
    """
    return f'python -c "{statements}"'
