"""All generated files."""

from __future__ import annotations

import shutil
from pathlib import Path

from rtsep.patches.generate import document, pdhelp, pdosc, pdpages, stagecontrol, touchosc
from rtsep.patches.generate.layout import CONNECTION, PAGES
from rtsep.patches.generate.maxpackage import package

FOLDERS = ("max", "pd", "openstagecontrol", "touchosc")
"""Of generated files, within `rtsep/patches`."""


def patches() -> dict[str, bytes]:
    """Every file in `rtsep/patches`, by its path there."""
    files = {f"max/rtsep/{path}": content for path, content in package().items()}
    files |= {f"pd/rtsep.{page.name}.pd": pdpages.patch(page) for page in PAGES.values()}
    files |= {
        f"pd/rtsep.{CONNECTION}.pd": pdosc.osc(),
        "pd/example.pd": pdhelp.example(),
        "pd/readme.md": pdhelp.readme(),
    }
    files |= {f"openstagecontrol/{path}": content for path, content in stagecontrol.files().items()}
    return files | {f"touchosc/{path}": content for path, content in touchosc.files().items()}


def write(folder: Path, docs: Path) -> None:
    """Write everything: patches into `folder`, in place of what was generated there before, osc.md into `docs`."""
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    for path, content in patches().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "osc.md").write_bytes(document.osc_page())
