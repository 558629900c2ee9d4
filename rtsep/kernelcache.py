"""Where compiled kernels are kept on disk, so that a second start compiles nothing.

Numba recompiles a cached function when its own source file changes, but not when a function it inlines, or a record
layout it reads, does. A stale callback would write to the wrong addresses, so each state of the sources has a folder of
its own. Numba must never be left to look for a place itself: its own choice knows nothing of those states.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import platformdirs

from rtsep.errors import ConfigError

_PACKAGE = Path(__file__).parent
_SOURCES = ("spec.py", "shared/*.py", "realtime/*.py", "separators/**/*.py")
_NETWORKS, _NETWORK_SOURCES = "rtsep_models", ("cues.py", "compiled/*.py", "separators/*.py")
"""Of the package beside this one, where it is installed."""
_KEEP = 4


def places() -> list[Path]:
    """Where folders of kernels may lie, best first: `NUMBA_CACHE_DIR`, the user's cache folder, the temporary one."""
    wished = os.environ.get("NUMBA_CACHE_DIR")
    found = [Path(wished).absolute()] if wished else []
    users = platformdirs.user_cache_path("rtsep")
    if users.is_absolute():  # not so for a user without a home
        found.append(users)
    temporary = _temporary()
    return [*found, temporary] if temporary else found


def _temporary() -> Path | None:
    try:
        return Path(tempfile.gettempdir()) / f"rtsep-{_user()}"
    except FileNotFoundError:  # there is none that can be written
        return None


def _user() -> int:
    """As in a file's `st_uid`: 0 for everybody on Windows, where each has a temporary folder of his own."""
    return getattr(os, "getuid", int)()


def works(place: Path) -> bool:
    """Whether this process can keep kernels there. Leaves the empty folder, if it does."""
    try:
        if place == _temporary():
            _make_private(place)
        folder = place / _state()
        folder.mkdir(parents=True, exist_ok=True)
        for each in (folder, *(inner for inner in folder.iterdir() if inner.is_dir())):  # some may be root's
            tempfile.TemporaryFile(dir=each).close()
    except OSError:
        return False
    return True


def _make_private(folder: Path) -> None:
    """Ours alone, where anybody may have been before us: what is loaded from there is run. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != _user():
        raise PermissionError(f"{folder} is somebody else's")
    folder.chmod(0o700)


def _state() -> str:
    """The folder's name for the sources as they are."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.read_bytes())
    return f"kernels-{digest.hexdigest()[:16]}"


def _sources() -> Iterator[Path]:
    for pattern in _SOURCES:
        yield from sorted(_PACKAGE.glob(pattern))
    found = find_spec(_NETWORKS)  # does not import it
    for place in (found and found.submodule_search_locations) or ():
        for pattern in _NETWORK_SOURCES:
            yield from sorted(Path(place).glob(pattern))


def cache_folder() -> Path:
    """The folder for the sources as they are, in the first place that works. Made. Raises ConfigError if none does."""
    tried = places()
    place = next(filter(works, tried), None)
    if place is None:
        raise ConfigError(
            f"compiled code can be kept nowhere: not writable are {', '.join(map(str, tried)) or 'the home folder'}; "
            "set NUMBA_CACHE_DIR to a folder that you may write to"
        )
    return place / _state()


def use_kernel_cache() -> None:
    """Point numba there. Before the first kernel is defined; importing `rtsep.realtime` does it. Raises ConfigError."""
    from numba.core import config

    settings: Any = config

    folder = cache_folder()
    if str(folder) == settings.CACHE_DIR:
        return
    settings.CACHE_DIR = str(folder)
    with contextlib.suppress(OSError):  # another process may be clearing away at the same time
        if not any(folder.iterdir()):
            _clear_away(folder)


def _clear_away(new: Path) -> None:
    """Remove the oldest folders beside the new one."""
    older = sorted(set(new.parent.glob("kernels-*")) - {new}, key=lambda path: path.stat().st_mtime)
    for path in older[: -(_KEEP - 1)]:
        shutil.rmtree(path, ignore_errors=True)
