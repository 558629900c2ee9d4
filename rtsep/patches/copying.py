"""Copying the patches out of the installed package."""

from __future__ import annotations

import shutil
from pathlib import Path

from rtsep.errors import ConfigError

KINDS = ("max", "pd", "openstagecontrol", "touchosc")
"""What can be copied, each a folder of the package."""
PACKAGE = Path(__file__).parent


def copy_out(target: Path, kinds: tuple[str, ...] = KINDS, replace: bool = False) -> list[Path]:
    """Copy folders of patches into `target`, which is made if need be: the Max package as `rtsep`, others as `rtsep-KIND`.

    Returns the folders made. Raises ConfigError, before anything is copied, if a kind is unknown or a folder exists and
    `replace` is false; also if the target cannot be written.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise ConfigError(f"there are no patches for {kind!r}; choose from {', '.join(KINDS)}")
    wanted = [(source(kind), target / ("rtsep" if kind == "max" else f"rtsep-{kind}")) for kind in kinds]
    for _, folder in wanted:
        if folder.exists() and not replace:
            raise ConfigError(f"{folder} is there already; move it away, or replace it with --replace")
    try:
        for origin, folder in wanted:
            if folder.exists():
                shutil.rmtree(folder)
            shutil.copytree(origin, folder)
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}; name another folder") from None
    return [folder for _, folder in wanted]


def source(kind: str) -> Path:
    """Where a kind's files lie in the package; Max wants its package as a folder named after it."""
    return PACKAGE / "max" / "rtsep" if kind == "max" else PACKAGE / kind
