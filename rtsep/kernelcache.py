"""Where compiled kernels are kept on disk, so that a second start compiles nothing.

Numba recompiles a cached function when its own source file changes, but not when a function it inlines, or a record
layout it reads, does. A stale callback would write to the wrong addresses, so each state of the sources has a folder of
its own. It also serves installations whose package folder cannot be written.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import platformdirs

_PACKAGE = Path(__file__).parent
_SOURCES = ("spec.py", "shared/layout.py", "realtime/*.py", "separators/**/*.py")
_KEEP = 4


def cache_folder() -> Path:
    """The folder for the sources as they are; `NUMBA_CACHE_DIR` replaces the user's cache folder as its parent."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(_PACKAGE.glob(pattern)):
            digest.update(path.read_bytes())
    base = os.environ.get("NUMBA_CACHE_DIR") or platformdirs.user_cache_path("rtsep")
    return Path(base) / f"kernels-{digest.hexdigest()[:16]}"


def use_kernel_cache() -> None:
    """Point numba there. Before the first kernel is defined; importing `rtsep.realtime` does it."""
    from numba.core import config

    settings: Any = config

    folder = cache_folder()
    if str(folder) == settings.CACHE_DIR:
        return
    settings.CACHE_DIR = str(folder)
    if not folder.exists():
        older = sorted(folder.parent.glob("kernels-*"), key=lambda path: path.stat().st_mtime)
        for path in older[: -(_KEEP - 1)]:
            shutil.rmtree(path, ignore_errors=True)
