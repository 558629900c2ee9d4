"""What `rtsep bench --apply` found best for this machine, where `rtsep run` begins: below every file and option.

The file is a configuration like any other, in the user's folder, and may be edited or deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from rtsep.errors import ConfigError
from rtsep.host.config import read_keys
from rtsep.separators.registry import registered

HEAD = """\
# Written by 'rtsep bench --apply'. 'rtsep run' begins with this; options, --config files and sessions override it.
# {said}
"""


@dataclass(frozen=True)
class MachineFile:
    """`keys`: what it says of the configuration, no more. `said`: its origin, in words."""

    keys: dict[str, Any]
    said: str


def machine_path() -> Path:
    """Where it stands, whether there or not."""
    return platformdirs.user_config_path("rtsep") / "machine.toml"


def write_machine(separator: str, block: int, said: str) -> Path:
    """Write it; the block is for devices that leave it open. Raises ConfigError."""
    path = machine_path()
    keys = f'separator = "{separator}"\n[device]\nusual_block = {block}\n'
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD.format(said=said) + keys, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; check the folder's permissions") from None
    return path


def read_machine() -> MachineFile | None:
    """What it says; None where there is none. A separator that is no longer installed is left out. Raises ConfigError."""
    path = machine_path()
    if not path.exists():
        return None
    keys = read_keys(path)
    if keys.get("separator") not in registered():
        keys.pop("separator", None)
    device = keys.get("device", {})
    words = (keys.get("separator", ""), f"{device['usual_block']} frames" if "usual_block" in device else "")
    return MachineFile(keys, f"{', '.join(filter(None, words)) or 'nothing'} ({path.name}, of 'rtsep bench --apply')")
